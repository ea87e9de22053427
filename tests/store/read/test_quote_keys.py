"""Whatever leads, a filter finds the same quotes, in the same order, a page at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from app.domain import Precision, PrintedTime
from app.store.read import articles, base, quote_keys, quotes
from app.store.read.base import Period
from app.store.read.quote_keys import QuoteFilter
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, WATCH, store, uid

ARTICLES = 12


def printed(local: datetime, *, zone: bool = True) -> PrintedTime:
    instant = local.replace(tzinfo=UTC) if zone else None
    return PrintedTime(local, Precision.MINUTE, f"{local:%d.%m.%Y %H:%M}", instant)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """Articles of one day, of which revisions take three to other days; one is without a day."""
    for number in range(ARTICLES):
        document = newsroom.article(number)
        if number in (3, 4):
            document = replace(document, published=None)
        store(engine, document)
    for number, day in ((3, 5), (7, 20), (8, 5)):
        local = datetime(2030, 12, day, 12)
        revised = replace(newsroom.article(number), published=printed(local, zone=number == 7))
        store(engine, replace(revised, text=f"{revised.text} More."))
    with engine.begin() as making:
        # One quote is about two entities, one is about its own speaker.
        making.execute(
            text(
                "INSERT INTO quote_entity "
                "SELECT q.pk, e.pk, e.pk, q.sort_at FROM quote q, entity e "
                "WHERE (e.uid = :mira AND q.pk % 3 = 0) OR (e.uid = :watch AND q.pk % 4 = 1) "
                "ON CONFLICT DO NOTHING"
            ),
            {"mira": uid(MIRA), "watch": uid(WATCH)},
        )
        making.execute(
            text(
                "UPDATE entity SET quoted_about = (SELECT count(*) FROM quote_entity a JOIN quote q"
                " ON q.pk = a.quote WHERE a.entity = entity.pk AND q.visible)"
            )
        )
    with engine.connect() as made:
        yield made


def expected(connection: Connection, wanted: QuoteFilter) -> list[str]:
    """The ids, found by looking at every quote."""
    rows = connection.execute(
        text(
            "SELECT q.uid, q.kind, q.confidence, q.sort_at, q.pk,"
            " a.publisher, a.published_day, a.published_sort,"
            " s.uid AS speaker, (SELECT group_concat(e.uid) FROM quote_entity x JOIN entity e"
            " ON e.pk = x.entity WHERE x.quote = q.pk) AS about "
            "FROM quote q JOIN article a ON a.pk = q.article LEFT JOIN entity s ON s.pk = q.speaker"
            " WHERE q.visible AND a.status = 'usable' ORDER BY q.sort_at DESC, q.pk DESC"
        )
    ).all()
    return [row.uid for row in rows if _passes(row, wanted)]


def _passes(row: Any, wanted: QuoteFilter) -> bool:
    about = set((row.about or "").split(","))
    return (
        (wanted.speakers is None or row.speaker in wanted.speakers)
        and (wanted.about is None or bool(about & set(wanted.about)))
        and (wanted.publishers is None or row.publisher in wanted.publishers)
        and (wanted.kinds is None or row.kind in wanted.kinds)
        and (wanted.min_confidence is None or _is_sure(row.confidence, wanted.min_confidence))
        and (wanted.period.start is None or _is_before(wanted.period.start, row, equal=True))
        and (wanted.period.end is None or not _is_before(wanted.period.end, row, missing=True))
    )


def _is_sure(confidence: float | None, least: float) -> bool:
    return confidence is not None and confidence >= least


def _is_before(bound: date, row: Any, *, equal: bool = False, missing: bool = False) -> bool:
    """Whether `bound` is before (or is) the row's publication; `missing` where it has none."""
    if row.published_day is None:
        return missing
    if isinstance(bound, datetime):
        there = datetime.fromisoformat(row.published_sort).replace(tzinfo=UTC)
        return bound <= there
    return bound <= date.fromisoformat(row.published_day)


PERIODS = [
    Period(),
    Period(date(2030, 12, 1), date(2030, 12, 6)),
    Period(date(2031, 3, 1), date(2031, 3, 2)),
    Period(date(2030, 12, 10)),
    Period(datetime(2030, 12, 5, 12, tzinfo=UTC), datetime(2031, 3, 1, 2, tzinfo=UTC)),
    Period(None, datetime(2030, 12, 20, 12, tzinfo=UTC)),
    Period(datetime(2031, 5, 1, tzinfo=UTC)),
]
FILTERS = [
    QuoteFilter(speakers, about, kinds=kinds, publishers=publishers, period=period)
    for speakers, about, publishers, kinds, period in itertools.product(
        (None, [uid(MIRA)], [uid(TOMAS), uid(MIRA)], ["e_none"]),
        (None, [uid(LINDHOLM)], [uid(MIRA), uid(LINDHOLM), uid(WATCH)]),
        (None, ["Lindholm Post"], ["Lindholm Post", "The Aster Courier", "Lindholm Post"]),
        (None, ["indirect"]),
        PERIODS,
    )
]
SURE = [
    replace(wanted, min_confidence=least)
    for wanted, least in zip(FILTERS, itertools.cycle((0.0, 0.5, 0.9, 0.97, 1.0)), strict=False)
]


def read(connection: Connection, wanted: QuoteFilter, limit: int) -> list[str]:
    """All pages; each says how many there are."""
    found: list[str] = []
    after = None
    while True:
        page = quotes.quote_page(connection, wanted, after=after, limit=limit)
        found += [row.uid for row in page.rows]
        assert page.total == base.Total(len(expected(connection, wanted)), exact=True)
        after = page.after
        if after is None:
            return found


def test_every_filter_finds_its_quotes_in_order(connection: Connection) -> None:
    sizes = set()
    for wanted in (*FILTERS[::2], *SURE[::3]):
        right = expected(connection, wanted)
        assert read(connection, wanted, 7) == right, wanted
        sizes.add(len(right))
    assert {0, 1, 2, 4} < sizes


LEADS = list(quote_keys._Lead)


@pytest.mark.parametrize("lead", LEADS)
def test_what_leads_changes_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, lead: quote_keys._Lead
) -> None:
    monkeypatch.setattr(quote_keys._Search, "lead", lambda *_: lead)
    for wanted in (*FILTERS[::5], *SURE[::11]):
        asked = {"speaker": wanted.speakers, "about": wanted.about}.get(lead, ())
        if asked is not None:
            assert read(connection, wanted, 5) == expected(connection, wanted), wanted


def test_more_values_than_sqlite_joins_are_answered(connection: Connection) -> None:
    many = [uid(MIRA), *(f"e_{n}" for n in range(600))]
    connection.execute(
        text(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 599) "
            "INSERT INTO entity (uid, kind, name, norm, status, first_seen, last_seen, articles,"
            " mentions, quotes, quoted_about) SELECT 'e_' || i, 'person', i, i, 'active',"
            " '2031-01-01', '2031-01-01', 0, 0, 0, 0 FROM n"
        )
    )
    for wanted in (
        QuoteFilter(speakers=many),
        QuoteFilter(about=many),
        QuoteFilter(publishers=[*many, "Lindholm Post"], period=PERIODS[1]),
    ):
        page = quotes.quote_page(connection, wanted, after=None, limit=200)
        assert [row.uid for row in page.rows] == expected(connection, wanted)


def test_an_article_is_in_the_period_that_its_newest_revision_states(
    connection: Connection,
) -> None:
    def titles(start: date, end: date | None = None) -> list[str | None]:
        wanted = articles.ArticleFilter(period=Period(start, end))
        page = articles.article_page(connection, wanted, after=None, limit=50)
        assert page.total == base.Total(len(page.rows), exact=True)
        return [row.title for row in page.rows]

    assert titles(date(2030, 12, 5), date(2030, 12, 6)) == ["Pier 3", "Pier 8"]
    noon = datetime(2030, 12, 5, 12, tzinfo=UTC)
    assert titles(noon, noon + timedelta(seconds=1)) == ["Pier 3", "Pier 8"]
    # Article 3 sorts by when it was first seen, article 7 where it stood first.
    assert titles(newsroom.NOW - timedelta(days=1)) == []
    assert "Pier 7" not in titles(date(2031, 1, 1))
    assert "Pier 4" not in titles(date.min)


def test_totals_stop_at_the_cap(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "COUNT_CAP", 5)
    for wanted in (
        QuoteFilter(),
        QuoteFilter(kinds=["indirect"]),
        QuoteFilter(about=[uid(MIRA), uid(LINDHOLM)]),
        QuoteFilter(period=PERIODS[2]),
        QuoteFilter(speakers=[uid(MIRA)], min_confidence=0.9),
    ):
        page = quotes.quote_page(connection, wanted, after=None, limit=2)
        assert page.total == base.Total(5, exact=False)
    one = quotes.quote_page(connection, QuoteFilter(speakers=[uid(MIRA)]), after=None, limit=2)
    assert one.total.exact
