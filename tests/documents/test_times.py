from datetime import UTC, datetime

import pytest

from app.documents.clock import zone_of
from app.documents.times import Moment, parse_iso, read_times
from app.domain import Precision, Span, ZoneKind


def times(line: str) -> list[Moment]:
    return read_times(line, Span(0, len(line)))


@pytest.mark.parametrize(
    "line",
    [
        "On September 8, 2021 the mayor spoke.",
        "8 October 2021 was a Friday",
        "The attacks of September 11, 2001",
        "Berlin, 8 September 2021",
        "October 2021",
        "Updated 5",
        "Updated 3 hours ago",
        "1:56 pm",
        "Sept 31, 2021",
        "31/31/2021",
        "Sep 8, 2021 25:00",
        "Sep 8, 2021 13:00 pm",
        "Sep 8, 0021",
        "Sep 8, 2021 Sep 9, 2021",
        "Updated",
        "2021",
        "Posted on Mar 4, 2019 at 6:05 am " + "x" * 200,
    ],
)
def test_prose_and_impossible_times_are_not_read(line: str) -> None:
    assert times(line) == []


def test_a_line_with_two_times() -> None:
    line = "Posted on Mar 4, 2019 at 6:05 am Updated at 2:48 pm"
    posted, updated = times(line)
    assert (posted.kind, posted.span.of(line)) == (ZoneKind.PUBLISHED, "Mar 4, 2019 at 6:05 am")
    assert (updated.kind, updated.span.of(line)) == (ZoneKind.UPDATED, "2:48 pm")
    assert posted.time is not None
    assert updated.time is not None
    assert posted.time.local == datetime(2019, 3, 4, 6, 5)
    assert updated.time.local == datetime(2019, 3, 4, 14, 48)
    assert (posted.time.precision, posted.time.instant) == (Precision.MINUTE, None)
    assert updated.time.printed == "2:48 pm"


@pytest.mark.parametrize(
    ("line", "local"),
    [
        ("Last updated on 8 September 2021 at 07.12", "2021-09-08T07:12"),
        ("Sept. 8, 2021", "2021-09-08T00:00"),
        ("Wednesday, 8th September 2021", "2021-09-08T00:00"),
        ("Published: 2021-09-08 07:12:30", "2021-09-08T07:12:30"),
        ("(Published 8 September 2021)", "2021-09-08T00:00"),
        ("Posted 7:12 p.m., September 8, 2021", "2021-09-08T19:12"),
        ("September 8, 2021 | 12am", "2021-09-08T00:00"),
        ("Publié le 8 septembre 2021 à 7h12", "2021-09-08T07:12"),
        ("Veröffentlicht am 08.09.2021, 07:12 Uhr", "2021-09-08T07:12"),
    ],
)
def test_forms(line: str, local: str) -> None:
    (moment,) = times(line)
    assert moment.time is not None
    assert moment.time.local == datetime.fromisoformat(local)
    assert moment.time.instant is None
    assert moment.time.printed == moment.span.of(line)


@pytest.mark.parametrize(
    ("line", "month", "day"),
    [("08/09/2021", 8, 9), ("25/12/2021", 12, 25), ("08-09-2021", 8, 9), ("08.09.2021", 9, 8)],
)
def test_month_first_unless_impossible_or_written_with_full_stops(
    line: str, month: int, day: int
) -> None:
    (moment,) = times(line)
    assert moment.time is not None
    assert moment.time.day == datetime(2021, month, day).date()


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("GMT", 7),
        ("Z", 7),
        ("UTC+2", 5),
        ("+02:00", 5),
        ("EST", 12),
        ("ET", 11),
        ("(BST)", 6),
        ("IST", None),
    ],
)
def test_a_printed_zone_gives_the_instant(zone: str, hour: int | None) -> None:
    (moment,) = times(f"Published: 8 September 2021 07:12 {zone}")
    assert moment.time is not None
    expected = None if hour is None else datetime(2021, 9, 8, hour, 12, tzinfo=UTC)
    assert moment.time.instant == expected
    assert moment.time.local == datetime(2021, 9, 8, 7, 12)


def test_an_update_before_the_publication_has_no_known_day() -> None:
    posted, updated = times("Posted on Mar 4, 2019 at 11:40 pm, updated at 12:20 am")
    assert posted.time is not None
    assert updated.time is None


def test_bare_time_of_day_takes_the_day_given() -> None:
    (posted,) = times("Sep 8, 2021 7:12 am")
    line = "Updated: 13:56"
    (updated,) = read_times(line, Span(0, len(line)), posted.time)
    assert updated.time is not None
    assert updated.time.local == datetime(2021, 9, 8, 13, 56)
    assert read_times(line, Span(0, len(line)))[0].time is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2021-13-01",
        "2021-09-08T25:00",
        "20210908",
        "2021-W36-3",
        "08/09/2021",
        "2021-09-08T07:12+99:00",
        "0001-01-01T00:00+14:00",
        "2021-09-08T07:12:00 CET",
    ],
)
def test_iso_refuses(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_iso(value)


def test_iso() -> None:
    time = parse_iso("2021-09-08T07:12:00.5+02:00")
    assert time.local == datetime(2021, 9, 8, 7, 12)
    assert time.instant == datetime(2021, 9, 8, 5, 12, tzinfo=UTC)
    assert time.precision is Precision.SECOND
    assert parse_iso("2021-09-08").precision is Precision.DAY
    assert parse_iso("2021-09-08T07:12").instant is None


@pytest.mark.parametrize("name", ["", "XYZ", "+25", "UTC+2:99:1"])
def test_unknown_zones(name: str) -> None:
    assert zone_of(name) is None
