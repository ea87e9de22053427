from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from sqlalchemy import Connection, Engine, event, select, text
from sqlmodel import SQLModel

from app.store.read import articles, entities, mentioned, quotes
from app.store.read.base import Period, count, entity, has_prefix, merged_pks, survivors
from app.store.read.places import attested_places
from app.store.read.quote_keys import QuoteFilter
from app.store.read.samples import most_quoted_person
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, store, uid

MOMENT = (datetime(2031, 3, 1, 5, tzinfo=UTC), 3)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    for number in range(6):
        store(engine, newsroom.article(number))
    with engine.connect() as made:
        yield made


def plans(connection: Connection, run: Callable[[], object], *, only: str = "SELECT") -> list[str]:
    """SQLite's plans of the statements with `only` in them that `run` sends, a string each."""
    sent: list[tuple[str, tuple[object, ...]]] = []

    def note(_1: object, _2: object, statement: str, values: object, *_3: object) -> None:
        if only in statement:
            sent.append((statement, tuple(values)))  # type: ignore[call-overload]

    event.listen(connection, "before_cursor_execute", note)
    run()
    event.remove(connection, "before_cursor_execute", note)
    found = []
    for statement, values in sent:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        found.append("\n".join(row.detail for row in rows))
    return found


def quote_plan(connection: Connection, wanted: QuoteFilter) -> str:
    """The plan of the statement that finds a page of quotes."""

    def run() -> None:
        quotes.quote_page(connection, wanted, after=MOMENT, limit=2)

    [found] = plans(connection, run, only='AS "key"')
    return found


DAY = Period(date(2031, 3, 1), date(2031, 3, 2))
QUOTE_PLANS = [
    (QuoteFilter(), ["ix_quote_sort"]),
    (QuoteFilter(statuses=["unresolved"]), ["COVERING INDEX ix_quote_sort"]),
    (QuoteFilter(min_confidence=0.9), ["COVERING INDEX ix_quote_sort"]),
    (QuoteFilter(speakers=[uid(MIRA)]), ["ix_quote_speaker"]),
    (
        QuoteFilter(speakers=[uid(MIRA)], min_confidence=0.9),
        ["COVERING INDEX ix_quote_speaker"],
    ),
    (QuoteFilter(speakers=[uid(MIRA)], kinds=["direct"]), ["ix_quote_speaker"]),
    (QuoteFilter(about=[uid(LINDHOLM)]), ["ix_quote_entity_page"]),
    (QuoteFilter(speakers=[uid(MIRA), uid(TOMAS)]), ["ix_quote_speaker"] * 2),
    (QuoteFilter(about=[uid(LINDHOLM), uid(MIRA)]), ["ix_quote_entity_page"] * 2),
    (QuoteFilter(speakers=[uid(MIRA)], about=[uid(LINDHOLM)]), ["ix_quote_entity_page"]),
    (QuoteFilter(publishers=["Lindholm Post"]), ["ix_article_publisher", "ix_quote_article"]),
    (QuoteFilter(period=DAY), ["ix_article_sort", "ix_article_redated"]),
    (QuoteFilter(speakers=[uid(TOMAS)], period=DAY), ["ix_quote_speaker", "ix_article_redated"]),
]


@pytest.mark.parametrize(("wanted", "indexes"), QUOTE_PLANS)
def test_a_page_of_quotes_is_read_from_an_index_in_its_order(
    connection: Connection, wanted: QuoteFilter, indexes: list[str]
) -> None:
    plan = quote_plan(connection, wanted)
    for index in indexes:
        assert plan.count(index) == indexes.count(index), plan
    scanned = [line for line in plan.splitlines() if line.startswith("SCAN ")]
    tables = {line.split()[1] for line in scanned if "ix_quote_sort" not in line}
    assert tables.isdisjoint(SQLModel.metadata.tables), plan
    if len(indexes) == 1:
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("kinds", [None, ["person"]])
@pytest.mark.parametrize("sort", ["mentions:desc", "quotes:desc", "name:asc", "first_seen:desc"])
def test_a_page_of_entities_is_read_from_an_index_in_its_order(
    connection: Connection, sort: entities.Sort, kinds: list[str] | None
) -> None:
    after = {"name:asc": ("m", 1), "first_seen:desc": MOMENT}.get(sort, (10**6, 10**6))
    wanted = entities.EntityFilter(kinds=kinds)
    found = plans(
        connection,
        lambda: entities.entity_page(connection, wanted, sort, after=after, limit=2),  # type: ignore[arg-type]
    )
    assert "TEMP B-TREE" not in found[0]
    assert "USING INDEX" in found[0]


def test_the_most_quoted_person_is_read_from_an_index(connection: Connection) -> None:
    [plan] = plans(connection, lambda: most_quoted_person(connection))
    assert plan == "SEARCH entity USING INDEX ix_entity_quotes (quotes>?)"
    found = most_quoted_person(connection)
    assert found is not None
    assert found.name == "Mira Kovalenko"


ARTICLE_PLANS = [
    (articles.ArticleFilter(), ["ix_article_sort"]),
    (articles.ArticleFilter(languages=["xx"]), ["COVERING INDEX ix_article_sort"]),
    (articles.ArticleFilter(publishers=["Lindholm Post"]), ["ix_article_publisher"]),
    (articles.ArticleFilter(period=DAY), ["ix_article_sort", "ix_article_redated"]),
    (articles.ArticleFilter(entities=[uid(MIRA)]), ["ix_mention_entity"]),
    (articles.ArticleFilter(speakers=[uid(MIRA)]), ["ix_quote_speaker"]),
]


@pytest.mark.parametrize(("wanted", "indexes"), ARTICLE_PLANS)
def test_a_page_of_articles_is_read_from_an_index_in_its_order(
    connection: Connection, wanted: articles.ArticleFilter, indexes: list[str]
) -> None:
    [plan] = plans(
        connection,
        lambda: articles.article_page(connection, wanted, after=MOMENT, limit=2),
        only='AS "key"',
    )
    for index in indexes:
        assert index in plan, plan
    if "redated" not in plan and wanted.entities is wanted.speakers is None:
        assert "TEMP B-TREE" not in plan


def test_articles_of_a_frequent_entity_are_asked_one_by_one(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = articles.ArticleFilter(entities=[uid(MIRA)], speakers=[uid(MIRA)])
    few = articles.article_page(connection, wanted, after=None, limit=10)
    monkeypatch.setattr(articles, "_FEW_ARTICLES", 1)

    def run() -> None:
        assert articles.article_page(connection, wanted, after=None, limit=10) == few

    plan = plans(connection, run, only='AS "key"')[0]
    assert "TEMP B-TREE" not in plan
    for part in (
        "ix_article_sort",
        "uq_extraction_current (article=?)",
        "ix_mention_entity (entity=? AND extraction=?)",
        "ix_quote_speaker (speaker=? AND sort_at=?)",
    ):
        assert part in plan, plan


def test_a_prefix_is_answered_by_the_index_on_normalised_names(connection: Connection) -> None:
    wanted = entities.EntityFilter(prefix="mira")
    found = plans(
        connection,
        lambda: entities.entity_page(connection, wanted, "name:asc", after=None, limit=2),
    )
    assert "ix_alias_norm" in found[0]
    assert "ix_entity_norm" in found[0]


def test_a_page_costs_a_fixed_number_of_statements(connection: Connection) -> None:
    state = articles.article_state(connection, store_uid(connection))
    assert state is not None
    assert state.extraction is not None
    extraction = state.extraction
    few = plans(
        connection,
        lambda: quotes.article_quote_page(connection, extraction, after=None, limit=1),
    )
    many = plans(
        connection,
        lambda: quotes.article_quote_page(connection, extraction, after=None, limit=200),
    )
    assert len(few) == len(many) <= 8


def test_an_item_is_found_without_reading_whole_tables(connection: Connection) -> None:
    article = store_uid(connection)
    quote = connection.execute(text("SELECT uid FROM quote LIMIT 1")).scalar_one()

    def read() -> None:
        state = articles.article_state(connection, article)
        assert state is not None
        assert state.extraction is not None
        articles.article_detail(connection, state)
        for sort in get_args(mentioned.MentionedSort):
            mentioned.mentioned_entity_page(
                connection, state.extraction, sort, after=None, limit=50
            )
        articles.article_page(
            connection, articles.ArticleFilter(url_keys=["x"]), after=None, limit=1
        )
        shown = quotes.quote_state(connection, quote)
        assert shown is not None
        quotes.quote_detail(connection, shown.pk)
        found = entities.find(connection, uid(MIRA))
        assert found is not None
        entities.entity_row(connection, found.pk)
        entities.aliases(connection, found.pk)
        entities.roles(connection, found.pk, 50)
        attested_places(connection, [found.pk])

    for plan in plans(connection, read):
        scanned = {line.split()[1] for line in plan.splitlines() if line.startswith("SCAN ")}
        assert scanned.isdisjoint({*SQLModel.metadata.tables, "speaker", "organisation"}), plan


def store_uid(connection: Connection) -> str:
    found: str = connection.execute(text("SELECT uid FROM article LIMIT 1")).scalar_one()
    return found


def test_a_circle_of_merges_does_not_hang(connection: Connection) -> None:
    connection.execute(text("UPDATE entity SET merged_into = pk % 4 + 1"))
    assert set(survivors(connection, [uid(MIRA)])) == {uid(MIRA)}
    assert merged_pks(connection, None) is None
    assert merged_pks(connection, ["e_none"]) == ()


@pytest.mark.parametrize("start", ["%", "_", "\\", "'", "mira%", "𐀀", "\U0010ffff", ""])
def test_no_character_of_a_prefix_is_a_wildcard(connection: Connection, start: str) -> None:
    statement = select(entity.c.pk).where(has_prefix(entity.c.norm, start))
    assert connection.execute(statement).all() == []


def test_counting_ignores_the_order(connection: Connection) -> None:
    statement = select(entity.c.pk).order_by(entity.c.name)
    assert count(connection, statement).value == 4


def test_the_edges_of_the_calendar_are_periods_too(connection: Connection) -> None:
    for period in (Period(date.min, date.max), Period(date.max, date.min)):
        wanted = articles.ArticleFilter(period=period)
        articles.article_page(connection, wanted, after=None, limit=1)
