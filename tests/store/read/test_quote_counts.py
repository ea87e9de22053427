"""Whether sums or quotes tell it, the counts are those of going through all quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from app.store import migrate
from app.store.read import kept_sums, quote_counts, quote_window
from app.store.read.base import Period, Total
from app.store.read.days import start_of
from app.store.read.quote_counts import FACETS, By, Counts, Window, counts_by, facets
from app.store.read.quote_keys import QuoteFilter
from app.store.session import open_database
from tests.store.read import chance
from tests.store.read.chance import Said, uid

Record = tuple[Connection, list[Said]]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('counts') / 'onrecord.db'}")
    migrate.upgrade(engine)
    with engine.begin() as making:
        said = chance.fill(making, seed=7)
    with engine.connect() as made:
        yield made, said
    engine.dispose()


def values(said: Iterable[Said], by: str) -> Counter[str | None]:
    found: Counter[str | None] = Counter()
    for quote in said:
        if by == "about":
            found.update(uid(number) for number in quote.about)
        elif by == "speaker":
            if quote.speaker is not None:
                found[uid(quote.speaker)] += 1
        elif by in ("day", "week", "month"):
            found[start_of(quote.day, by).isoformat()] += 1  # type: ignore[arg-type]
        else:
            found[getattr(quote, by)] += 1
    return found


def shown(counts: Counts) -> dict[str | None, int]:
    rows = {row.value: row.quotes for row in counts.rows}
    assert len(rows) == len(counts.rows)
    return rows


Passes = Callable[[Said], bool]
START, END = date(2031, 2, 10), date(2031, 2, 24)
FILTERS: dict[str, tuple[QuoteFilter, Passes]] = {
    "none": (QuoteFilter(), lambda q: True),
    "speaker": (QuoteFilter(speakers=[uid(0)]), lambda q: q.speaker == 0),
    "merged speaker": (QuoteFilter(speakers=[uid(chance.MERGED)]), lambda q: q.speaker == 0),
    "speakers": (QuoteFilter(speakers=[uid(1), uid(2)]), lambda q: q.speaker in (1, 2)),
    "nobody": (QuoteFilter(speakers=["e_x"]), lambda q: False),
    "about": (QuoteFilter(about=[uid(3)]), lambda q: 3 in q.about),
    "about two": (QuoteFilter(about=[uid(3), uid(4)]), lambda q: bool({3, 4} & q.about)),
    "about nobody": (QuoteFilter(about=["e_x"]), lambda q: False),
    "speaker and about": (
        QuoteFilter(speakers=[uid(0)], about=[uid(3)]),
        lambda q: q.speaker == 0 and 3 in q.about,
    ),
    "outlet": (
        QuoteFilter(publishers=["Lindholm Post"]),
        lambda q: q.publisher == "Lindholm Post",
    ),
    "kind": (QuoteFilter(kinds=["direct"]), lambda q: q.kind == "direct"),
    "denied": (QuoteFilter(polarities=["denied"]), lambda q: q.polarity == "denied"),
    "no confidence": (QuoteFilter(min_confidence=0.5), lambda q: False),
    "period": (
        QuoteFilter(period=Period(START, END)),
        lambda q: q.published_day is not None and START <= q.published_day < END,
    ),
    "since a moment": (
        QuoteFilter(period=Period(datetime(2031, 2, 10, 12, tzinfo=UTC))),
        lambda q: q.published_day is not None and q.at >= datetime(2031, 2, 10, 12, tzinfo=UTC),
    ),
    "speaker in period": (
        QuoteFilter(speakers=[uid(0)], period=Period(START)),
        lambda q: q.speaker == 0 and q.published_day is not None and q.published_day >= START,
    ),
}


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("name", FILTERS)
def test_counts_are_those_of_all_quotes(record: Record, name: str, by: By) -> None:
    connection, said = record
    wanted, passes = FILTERS[name]
    chosen = [quote for quote in said if passes(quote)]
    found = counts_by(connection, wanted, by, 200)
    assert shown(found.counts[by]) == values(chosen, by)
    assert found.total == Total(len(chosen), exact=True)
    assert found.window.is_whole
    assert found.window.since is None
    assert not found.counts[by].more


@pytest.mark.parametrize("name", FILTERS)
def test_facets_are_those_of_all_quotes(record: Record, name: str) -> None:
    connection, said = record
    wanted, passes = FILTERS[name]
    chosen = [quote for quote in said if passes(quote)]
    found = facets(connection, wanted, 200)
    assert tuple(found.counts) == FACETS
    for facet, counts in found.counts.items():
        assert shown(counts) == values(chosen, facet), facet
        assert counts.is_whole
    assert found.window == Window(quote_window.WINDOW, None, is_whole=True, basis="quotes")


@pytest.mark.parametrize("name", FILTERS)
def test_a_window_has_the_newest_quotes(
    record: Record, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (quote_window, quote_counts):
        monkeypatch.setattr(module, "WINDOW", 5)
    connection, said = record
    wanted, passes = FILTERS[name]
    chosen = [quote for quote in said if passes(quote)]
    found = facets(connection, wanted, 200)
    is_whole = len(chosen) < 5
    assert found.window == Window(5, None, is_whole=is_whole, basis="quotes")
    for facet, counts in found.counts.items():
        # Kept sums may tell of all.
        assert counts.is_whole or not is_whole
        expected = values(chosen if counts.is_whole else chosen[:5], facet)
        assert shown(counts) == expected, facet
    by_kind = counts_by(connection, wanted, "kind", 200)
    assert shown(by_kind.counts["kind"]) == values(chosen[:5], "kind")
    assert by_kind.window.is_whole == is_whole
    if found.total.exact:
        assert found.total.value == len(chosen)
    else:
        assert found.total.value == 5 <= len(chosen)


def test_what_sums_tell_is_whole_however_small_the_window(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (quote_window, quote_counts):
        monkeypatch.setattr(module, "WINDOW", 5)
    connection, said = record
    told: list[tuple[str, By]] = [
        *(("none", by) for by in get_args(By) if by != "kind"),
        *(("speaker", by) for by in ("speaker", "day", "week", "month")),
        *(("speakers", by) for by in ("speaker", "month")),
        *(("about", by) for by in ("day", "week", "month")),
        *(("outlet", by) for by in ("publisher", "day", "month")),
    ]  # type: ignore[assignment]
    for name, by in told:
        wanted, passes = FILTERS[name]
        found = counts_by(connection, wanted, by, 200)
        assert found.window == Window(None, None, is_whole=True, basis="sums"), (name, by)
        assert shown(found.counts[by]) == values(filter(passes, said), by)


def test_sums_go_by_the_days_under_which_articles_sort(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (quote_window, quote_counts):
        monkeypatch.setattr(module, "WINDOW", 5)
    connection, said = record
    inside = [quote for quote in said if START <= quote.day < END]
    assert any(quote.published_day is None for quote in inside)
    wanted = QuoteFilter(period=Period(START, END))
    for by in ("speaker", "publisher", "day", "week", "month"):
        found = counts_by(connection, wanted, by, 200)  # type: ignore[arg-type]
        assert shown(found.counts[by]) == values(inside, by)
        assert (found.total.value, found.window.basis) == (len(inside), "sums")


def test_a_month_of_too_many_rows_is_not_summed_by_speaker(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (quote_window, quote_counts):
        monkeypatch.setattr(module, "WINDOW", 5)
    monkeypatch.setattr(kept_sums, "MOST_ROWS", 3)
    connection, _ = record
    found = counts_by(connection, QuoteFilter(period=Period(START, END)), "speaker", 200)
    assert found.window == Window(5, None, is_whole=False, basis="quotes")
    assert found.total == Total(5, exact=False)


@pytest.mark.parametrize("lead", ["quote", "speaker", "article", "about"])
def test_where_few_pass_only_so_many_are_looked_at(
    record: Record, lead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(quote_window._STEPS, lead, 4)
    connection, said = record
    leads: dict[str, tuple[QuoteFilter, Passes]] = {
        "quote": (QuoteFilter(), lambda q: True),
        "speaker": (QuoteFilter(speakers=[uid(0)]), lambda q: q.speaker == 0),
        "article": (
            QuoteFilter(publishers=["Lindholm Post"]),
            lambda q: q.publisher is not None and q.publisher.startswith("Lind"),
        ),
        "about": (QuoteFilter(about=[uid(3)]), lambda q: 3 in q.about),
    }
    wanted, leads_it = leads[lead]
    of_lead = [quote for quote in said if leads_it(quote)]
    found = facets(connection, replace(wanted, polarities=["denied"]), 200)
    since = found.window.since
    assert since is not None
    assert not found.window.is_whole
    assert not found.total.exact
    looked_at = [quote for quote in of_lead if quote.day >= since]
    assert 4 <= len(looked_at) < len(of_lead)
    # No day more than needed.
    assert len([quote for quote in of_lead if quote.day > since]) < 4
    denied = [quote for quote in looked_at if quote.polarity == "denied"]
    assert shown(found.counts["month"]) == values(denied, "month")


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("is_kept", [True, False])
def test_the_most_quoted_come_first_and_the_newest_intervals(
    record: Record, limit: int, is_kept: bool
) -> None:
    connection, said = record
    wanted = QuoteFilter() if is_kept else QuoteFilter(cue_classes=["speech", "belief"])
    for by in ("speaker", "publisher", "day", "week", "month"):
        expected = values(said, by)
        found = counts_by(connection, wanted, by, limit)  # type: ignore[arg-type]
        rows = found.counts[by].rows
        assert (found.window.basis == "sums") is is_kept
        assert len(rows) == min(limit, len(expected))
        assert found.counts[by].more is (len(expected) > limit)
        if by in ("day", "week", "month"):
            assert [row.value for row in rows] == sorted(expected, reverse=True)[:limit]  # type: ignore[type-var]
        else:
            counts = [row.quotes for row in rows]
            assert counts == sorted(expected.values(), reverse=True)[:limit]
        for row in rows:
            assert row.quotes == expected[row.value]


def test_speakers_of_as_many_quotes_come_in_the_same_order_either_way(record: Record) -> None:
    connection, _ = record
    kept = counts_by(connection, QuoteFilter(), "speaker", 200)
    counted = counts_by(connection, QuoteFilter(cue_classes=["speech", "belief"]), "speaker", 200)
    assert kept.counts["speaker"].rows == counted.counts["speaker"].rows


def test_whoever_is_suppressed_is_in_no_count(engine: Engine) -> None:
    with engine.begin() as connection:
        chance.fill(connection, seed=3)
        # As if a quote had stayed visible.
        connection.execute(
            text("UPDATE quote SET speaker = :pk WHERE pk % 2 = 0"), {"pk": chance.SUPPRESSED + 1}
        )
        connection.execute(
            text("UPDATE quote_entity SET entity = :pk WHERE quote % 2 = 0 AND entity = 1"),
            {"pk": chance.SUPPRESSED + 1},
        )
        found = facets(connection, QuoteFilter(), 50)
        for facet in ("speaker", "about"):
            assert uid(chance.SUPPRESSED) not in shown(found.counts[facet])
        for wanted in (QuoteFilter(), QuoteFilter(period=Period(date.min, date.max))):
            by_speaker = counts_by(connection, wanted, "speaker", 50)
            assert uid(chance.SUPPRESSED) not in shown(by_speaker.counts["speaker"])


def test_an_empty_record_has_no_counts(engine: Engine) -> None:
    with engine.connect() as connection:
        for by in get_args(By):
            found = counts_by(connection, QuoteFilter(), by, 50)
            assert found.counts[by].rows == []
            assert found.total == Total(0, exact=True)
        assert all(
            not counts.rows for counts in facets(connection, QuoteFilter(), 5).counts.values()
        )


def test_a_text_of_a_moment_is_cut_to_its_day(record: Record) -> None:
    connection, said = record
    rows: list[Any] = quote_window.newest(connection, QuoteFilter(), ["day"]).columns[0]  # type: ignore[assignment]
    assert Counter(rows) == Counter(quote.day.isoformat() for quote in said)


some_ids = st.none() | st.lists(st.sampled_from([uid(n) for n in range(7)]), max_size=3)
some_days = st.none() | st.dates(chance.FIRST, date(2031, 3, 15))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    speakers=some_ids,
    about=some_ids,
    publishers=st.none() | st.just(["The Aster Courier"]) | st.just(["Lindholm Post", "Nobody's"]),
    kinds=st.none() | st.just(["direct"]) | st.just(["indirect", "mixed"]),
    polarities=st.none() | st.just(["denied"]),
    start=some_days,
    end=some_days,
)
def test_any_filter_counts_what_passes(record: Record, **asked: Any) -> None:
    connection, said = record
    start, end = asked.pop("start"), asked.pop("end")
    wanted = QuoteFilter(**asked, period=Period(start, end))

    def passes(quote: Said) -> bool:
        day, who = quote.published_day, wanted.speakers
        return (
            (who is None or (quote.speaker is not None and uid(quote.speaker) in who))
            and (wanted.about is None or bool({uid(n) for n in quote.about} & set(wanted.about)))
            and (wanted.publishers is None or quote.publisher in wanted.publishers)
            and (wanted.kinds is None or quote.kind in wanted.kinds)
            and (wanted.polarities is None or quote.polarity in wanted.polarities)
            and (wanted.period.is_ever or day is not None)
            and (start is None or (day is not None and day >= start))
            and (end is None or (day is not None and day < end))
        )

    chosen = list(filter(passes, said))
    found = facets(connection, wanted, 200)
    assert found.total == Total(len(chosen), exact=True)
    for facet, counts in found.counts.items():
        assert shown(counts) == values(chosen, facet)
    for by in ("speaker", "publisher", "week"):
        by_one = counts_by(connection, wanted, by, 200)  # type: ignore[arg-type]
        assert shown(by_one.counts[by]) == values(chosen, by)
        assert by_one.total.value == len(chosen)
