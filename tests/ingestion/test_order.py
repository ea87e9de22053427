from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Document, Precision, PrintedTime, Span, Zone, ZoneKind
from app.ingestion.order import ZONE, _Queue, in_order_of_time

DAY = datetime(2026, 3, 1)


def document(name: str, day: int | None = None, url: str | None = None) -> Document:
    time = None
    if day is not None:
        local = DAY + timedelta(days=day)
        time = PrintedTime(local, Precision.DAY, local.date().isoformat())
    return Document(f"{name} opens the harbour.", name, url=url, published=time)


def origins(documents: Iterator[Document]) -> list[str]:
    return [document.origin for document in documents]


def test_the_earlier_comes_first_and_those_without_a_time_last_as_they_were_read() -> None:
    read = [document("x"), document("b", 2), document("y"), document("a", 1), document("w")]
    assert origins(in_order_of_time(read)) == ["a", "b", "x", "y", "w"]


def test_hours_count() -> None:
    noon, morning = (
        Document(
            f"At {hour}.", str(hour), published=PrintedTime(DAY.replace(hour=hour), minute, "")
        )
        for hour, minute in ((12, Precision.MINUTE), (8, Precision.MINUTE))
    )
    assert origins(in_order_of_time([noon, morning])) == ["8", "12"]


@pytest.mark.parametrize("days", [(2, 1), (None, 1), (2, None), (1, 1), (None, None)])
def test_versions_of_one_article_keep_their_order(days: tuple[int | None, int | None]) -> None:
    url = "https://news.example/1"
    read = [document("first", days[0], url), document("other", 1), document("then", days[1], url)]
    given = origins(in_order_of_time(read))
    assert given.index("first") < given.index("then")
    assert len(given) == 3


def test_a_version_that_comes_when_the_one_before_is_given_goes_by_its_own_time() -> None:
    url = "https://news.example/1"
    read = [document("first", 1, url), document("x", 5), document("y", 6), document("then", 0, url)]
    assert origins(in_order_of_time(read, most=2)) == ["first", "then", "x", "y"]


@given(
    st.lists(st.integers(0, 5), max_size=12).flatmap(lambda d: st.permutations(list(enumerate(d))))
)
def test_the_order_of_reading_does_not_matter(read: list[tuple[int, int]]) -> None:
    given = origins(in_order_of_time(document(str(name), day) for name, day in read))
    again = origins(in_order_of_time(document(str(name), day) for name, day in sorted(read)))
    assert given == again


@given(st.lists(st.one_of(st.none(), st.integers(0, 30))), st.integers(0, 5), st.integers(1, 200))
def test_few_wait_and_none_is_lost(days: list[int | None], most: int, most_weight: int) -> None:
    waiting: dict[str, int] = {}

    def read() -> Iterator[Document]:
        for number, day in enumerate(days):
            # Asked for the next: all that are held back are within the bounds.
            assert len(waiting) <= most
            assert sum(waiting.values()) <= most_weight
            found = document(str(number), day)
            waiting[found.origin] = len(found.text)
            yield found

    given = []
    for one in in_order_of_time(read(), most, most_weight):
        del waiting[one.origin]
        given.append(one.origin)
    assert sorted(given) == sorted(str(number) for number in range(len(days)))


@pytest.mark.parametrize("bounds", [(3, 10_000), (1_000, 3 * len("999 opens the harbour."))])
def test_what_is_a_little_out_of_place_is_put_right_in_a_stream_of_any_length(
    bounds: tuple[int, int],
) -> None:
    days = [n + (1, -1)[n % 2] for n in range(1000)]
    given = origins(in_order_of_time((document(str(d), d) for d in days), *bounds))
    assert [int(origin) for origin in given] == sorted(days)


@pytest.mark.parametrize("odd", [None, 40_000])
def test_those_without_a_time_or_with_a_late_one_do_not_fill_the_queue(odd: int | None) -> None:
    read = [document(f"{n}", n + (1, -1)[n % 2] if n % 5 else odd) for n in range(2_000)]
    given = [int(origin) for origin in origins(in_order_of_time(read, most=20))]
    dated = [n + (1, -1)[n % 2] for n in given if n % 5]
    assert dated == sorted(dated)
    # Those without a time come when room is needed, as they were read.
    undated = [n for n in given if n % 5 == 0]
    assert undated[:300] == list(range(0, 1500, 5))
    assert given.index(0) < 60


def test_zones_weigh_too() -> None:
    zones = tuple(Zone(ZoneKind.AUTHOR, Span(n, n + 1)) for n in range(20))
    heavy = [replace(document(str(n), 9 - n), zones=zones) for n in range(3)]
    assert origins(in_order_of_time(heavy, most_weight=20 * ZONE)) == ["0", "1", "2"]
    assert origins(in_order_of_time(heavy, most_weight=80 * ZONE)) == ["2", "1", "0"]


def test_nothing_is_kept_of_what_is_given() -> None:
    queue = _Queue()
    for number in range(3_000):
        queue.put(document(str(number), number if number % 4 else None))
        if number >= 50:
            queue.take(longest=100)
    assert len(queue) == 50
    assert len(queue._by_time) < 400
    assert len(queue._latest) == 50
