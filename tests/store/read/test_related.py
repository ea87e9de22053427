from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, text

from app.store.read import base, publishers, related, rising, timeline
from app.store.read.base import Key, Total
from app.store.read.days import start_of
from app.store.read.strength import log_likelihood
from tests.store.read import chance
from tests.store.read.chance import ENTITIES, FIRST, MERGED, SUPPRESSED, uid

SEED = 11


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as making:
        chance.fill(making, SEED)
    with engine.connect() as made:
        yield made


# --- strength -------------------------------------------------------------------------------------


def test_strength_is_twice_the_information_of_all_occasions() -> None:
    # 10 together, of 20 and 30, on 100 occasions.
    shares = {(0.1, 0.2, 0.3), (0.1, 0.2, 0.7), (0.2, 0.8, 0.3), (0.6, 0.8, 0.7)}
    information = sum(joint * log(joint / (one * other)) for joint, one, other in shares)
    assert isclose(log_likelihood(10, 20, 30, 100), 2 * 100 * information, abs_tol=0.001)


def test_what_is_together_by_chance_alone_has_no_strength() -> None:
    assert log_likelihood(6, 20, 30, 100) == 0
    assert log_likelihood(0, 0, 0, 0) == 0
    assert str(log_likelihood(0, 0, 5, 10)) == "0.0"


def test_what_avoids_one_another_is_below_zero() -> None:
    assert log_likelihood(0, 20, 30, 100) < 0 < log_likelihood(20, 20, 30, 100)


counts = st.integers(0, 2**40)


@given(counts, counts, counts, counts)
def test_strength_is_a_number_whatever_the_counts(a: int, b: int, c: int, d: int) -> None:
    found = log_likelihood(a, b, c, d)
    assert found == log_likelihood(a, c, b, d)
    assert abs(found) < 2**60


# --- entities together ----------------------------------------------------------------------------


def pages(
    connection: Connection, sort: related.RelatedSort, limit: int, kinds: list[str] | None = None
) -> list[related.RelatedRow]:
    found: list[related.RelatedRow] = []
    after: Key | None = None
    while True:
        page = related.related_page(connection, 1, kinds, sort, after=after, limit=limit)
        assert len(page.rows) <= limit
        found += page.rows
        after = page.after
        if after is None:
            assert page.total == Total(len(found), exact=True)
            return found


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
@pytest.mark.parametrize("kinds", [None, ["person"], ["organisation", "location"], []])
def test_related_entities_are_all_listed_once(
    connection: Connection, limit: int, kinds: list[str] | None
) -> None:
    by_articles = pages(connection, "articles:desc", limit, kinds)
    by_strength = pages(connection, "strength:desc", limit, kinds)
    expected = {
        row.uid: row.articles
        for row in connection.execute(
            text(
                "SELECT e.uid, e.kind, c.articles FROM co_mention c JOIN entity e ON e.pk = c.other"
                " WHERE c.entity = 1 AND e.status = 'active' AND e.merged_into IS NULL"
            )
        )
        if kinds is None or row.kind in kinds
    }
    for rows in (by_articles, by_strength):
        assert {row.uid: row.together for row in rows} == expected
        assert len(rows) == len(expected)
    assert uid(SUPPRESSED) not in expected
    assert uid(MERGED) not in expected
    together = [row.together for row in by_articles]
    assert together == sorted(together, reverse=True)
    strengths = [row.strength for row in by_strength]
    assert strengths == sorted(strengths, reverse=True)


def test_strength_is_that_of_the_articles_on_record(connection: Connection) -> None:
    usable = connection.execute(
        text("SELECT count(*) FROM article WHERE status = 'usable'")
    ).scalar_one()
    assert related.articles_on_record(connection) == usable
    own = connection.execute(text("SELECT articles FROM entity WHERE pk = 1")).scalar_one()
    for row in pages(connection, "articles:desc", 50):
        assert row.strength == log_likelihood(row.together, own, row.articles, usable)


def test_only_the_most_co_mentioned_are_sorted_by_strength(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(related, "WINDOW", 2)
    best = {row.uid for row in pages(connection, "articles:desc", 50)[:2]}
    assert {row.uid for row in pages(connection, "strength:desc", 1)} == best


# --- over time ------------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", ["day", "week", "month"])
@pytest.mark.parametrize(
    ("first", "end"),
    [
        (None, None),
        (date(2031, 2, 5), None),
        (None, date(2031, 2, 20)),
        (date(2031, 2, 5), date(2031, 2, 20)),
        (date(2031, 2, 20), date(2031, 2, 5)),
        (date.min, date.max),
    ],
)
def test_a_timeline_has_the_sums_of_its_days(
    connection: Connection, interval: str, first: date | None, end: date | None
) -> None:
    expected: dict[date, list[int]] = {}
    rows = connection.execute(base.entity_day.select().where(base.entity_day.c.entity == 1))
    for row in rows:
        if row.day >= (first or date.min) and (end is None or row.day < end):
            sums = expected.setdefault(start_of(row.day, interval), [0] * 4)  # type: ignore[arg-type]
            for place, name in enumerate(("articles", "mentions", "quotes", "quoted_about")):
                sums[place] += getattr(row, name)
    found, is_whole = timeline.timeline(connection, 1, interval, first, end)  # type: ignore[arg-type]
    assert is_whole
    assert [row.start for row in found] == sorted(expected)
    for row in found:
        assert [row.articles, row.mentions, row.quotes, row.quoted_about] == expected[row.start]


@pytest.mark.parametrize("interval", ["day", "week", "month"])
def test_a_long_timeline_has_its_newest_intervals(
    connection: Connection, interval: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every, _ = timeline.timeline(connection, 1, interval)  # type: ignore[arg-type]
    monkeypatch.setattr(timeline, "MOST", 1)
    last, is_whole = timeline.timeline(connection, 1, interval)  # type: ignore[arg-type]
    assert last == every[-1:]
    assert not is_whole
    before, _ = timeline.timeline(connection, 1, interval, None, last[0].start)  # type: ignore[arg-type]
    assert before == every[-2:-1]


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert start_of(date(2031, 3, 2), "week") == date(2031, 2, 24)
    assert start_of(date(2031, 3, 3), "week") == date(2031, 3, 3)
    assert start_of(date.min, "week") == date.min
    assert start_of(date.max, "month") == date(9999, 12, 1)


# --- rising ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 3, 7, 31])
@pytest.mark.parametrize("min_quotes", [1, 2])
def test_who_rises_is_quoted_more_than_before(
    connection: Connection, days: int, min_quotes: int
) -> None:
    until = rising.newest_day(connection)
    assert until is not None
    found = rising.rising(connection, until, days, kinds=None, min_quotes=min_quotes, limit=50)
    end = until + timedelta(days=1)
    middle = end - timedelta(days=days)
    start = middle - timedelta(days=4 * days)
    assert (found.recent.first, found.recent.end) == (middle, end)
    assert (found.before.first, found.before.end) == (start, middle)
    said = connection.execute(
        text("SELECT speaker, date(sort_at) AS day FROM quote WHERE visible")
    ).all()
    recent = [q for q in said if middle.isoformat() <= q.day < end.isoformat()]
    before = [q for q in said if start.isoformat() <= q.day < middle.isoformat()]
    assert (found.recent.quotes, found.before.quotes) == (len(recent), len(before))
    expected = {}
    for number in range(ENTITIES):
        now, then = (sum(q.speaker == number + 1 for q in some) for some in (recent, before))
        score = log_likelihood(now, now + then, len(recent), len(recent) + len(before))
        if now >= min_quotes and score > 0:
            expected[uid(number)] = (now, then, score)
    assert {r.uid: (r.quotes, r.before, r.score) for r in found.rows} == expected
    scores = [row.score for row in found.rows]
    assert scores == sorted(scores, reverse=True)
    for row in found.rows:
        if row.ratio is not None:
            assert row.ratio >= 1
    assert found.is_whole


def test_fewer_days_are_compared_where_there_is_too_much(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rising, "MOST_ROWS", 30)
    until = date(2031, 3, 5)
    found = rising.rising(connection, until, 5, kinds=None, min_quotes=1, limit=50)
    assert not found.is_whole
    assert found.before.first < found.recent.first < found.recent.end == date(2031, 3, 6)
    inside = text("SELECT count(*) FROM entity_day WHERE day >= :start AND day < :end")
    start = found.before.first
    bounds = {"start": start.isoformat(), "end": found.recent.end.isoformat()}
    assert connection.execute(inside, bounds).scalar_one() <= 30
    bounds["start"] = (start - timedelta(days=1)).isoformat()
    assert connection.execute(inside, bounds).scalar_one() > 30


@pytest.mark.parametrize("most", [1, 2])
def test_a_day_of_too_much_has_none_to_be_compared_with(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(rising, "MOST_ROWS", most)
    until = rising.newest_day(connection)
    assert until is not None
    found = rising.rising(connection, until, 5, kinds=None, min_quotes=1, limit=50)
    assert not found.is_whole


@pytest.mark.parametrize("until", [date.min, date.max, FIRST - timedelta(days=1)])
def test_nobody_rises_where_nothing_is(connection: Connection, until: date) -> None:
    for kinds in (None, ["person"], []):
        found = rising.rising(connection, until, 31, kinds=kinds, min_quotes=1, limit=50)
        assert found.rows == []


def test_whoever_is_suppressed_or_merged_does_not_rise(connection: Connection) -> None:
    found = rising.rising(connection, FIRST, 1, kinds=None, min_quotes=1, limit=50)
    assert {uid(SUPPRESSED), uid(MERGED)} & {row.uid for row in found.rows} == set()


def test_a_kind_of_speakers_can_be_asked_for(connection: Connection) -> None:
    day = rising.newest_day(connection)
    assert day is not None
    every = rising.rising(connection, day, 31, kinds=None, min_quotes=1, limit=50)
    people = rising.rising(connection, day, 31, kinds=["person"], min_quotes=1, limit=50)
    assert people.rows == [row for row in every.rows if row.kind == "person"]


# --- outlets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_outlets_are_all_listed_once(engine: Engine, limit: int) -> None:
    with engine.begin() as making:
        chance.fill(making, SEED)
        alike = [
            {"publisher": f"Outlet {n}", "day": FIRST, "articles": n // 5 + 1, "quotes": n}
            for n in range(15)
        ]
        making.execute(insert(base.publisher_day), alike)
    found: list[publishers.PublisherRow] = []
    after: Key | None = None
    with engine.connect() as connection:
        for _ in itertools.count():
            page = publishers.publisher_page(connection, after=after, limit=limit)
            found += page.rows
            after = page.after
            assert page.total == Total(18, exact=True)
            if after is None:
                break
        usable = "FROM article WHERE status = 'usable' GROUP BY publisher"
        counted = connection.execute(text(f"SELECT publisher, count(*) {usable}")).all()
    assert [row.articles for row in found] == sorted((r.articles for r in found), reverse=True)
    names = [row.name for row in found]
    assert len(names) == len(set(names)) == 18
    assert {r.name: r.articles for r in found if not (r.name or "").startswith("Outlet")} == dict(
        tuple(row) for row in counted
    )
