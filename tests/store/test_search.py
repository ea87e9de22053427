from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from sqlalchemy import text as sql

from app.domain import Extraction
from app.errors import StoreError
from app.store import migrate, search, search_hits
from app.store.check import check
from app.store.search import ARTICLES, EVERYWHERE, QUOTES, Stretch, position, stored_position
from app.store.search_query import parse
from app.store.session import reading, writing
from tests.builders import OTHER_INFO, TEXT, document, extraction, span
from tests.store.read.test_pages import plans
from tests.store.test_write import write

START = datetime(2031, 1, 1, tzinfo=UTC)


def found(connection: Connection, index: search.Index, typed: str) -> list[int]:
    keys = search_hits.newest(connection, index, parse(typed), [], after=None, limit=50)
    return [pk for _, pk in keys]


def faults(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(check(connection))


# --- positions ------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.datetimes(timezones=st.just(UTC)), st.integers(min_value=1, max_value=2**27 - 1)
        ),
        min_size=2,
        max_size=2,
    )
)
def test_positions_sort_as_rows_do_and_give_the_pk_back(keys: list[search.Key]) -> None:
    one, other = (position(*key) for key in keys)
    assert (one & search.PK_MASK, other & search.PK_MASK) == (keys[0][1], keys[1][1])
    assert -(2**63) <= one < 2**63
    cut = [
        (min(int((at - search.EPOCH) // timedelta(seconds=1)), 2**36 - 1), pk) for at, pk in keys
    ]
    assert (one < other) == (cut[0] < cut[1])


@pytest.mark.parametrize("pk", [0, -1, 2**27])
def test_a_key_that_does_not_fit_in_is_refused(pk: int) -> None:
    with pytest.raises(StoreError, match="search index"):
        position(START, pk)


MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2031, 1, 1, 12, 0, 59, 999_999, tzinfo=UTC),
    datetime(4147, 8, 20, 7, 32, 15, tzinfo=UTC),
    datetime(4147, 8, 20, 7, 32, 16, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


def quotes_at(connection: Connection, moments: list[datetime], text: str = "harbour") -> list[int]:
    """A quote at each moment, all of one article; their keys."""
    [like] = connection.exec_driver_sql("SELECT * FROM quote WHERE pk = 1").mappings().all()
    rows = []
    for n, moment in enumerate(moments, start=100):
        values = {**like, "pk": n, "uid": f"q_{n}", "fingerprint": f"{n}", "occurrence": 0}
        stored = f"{moment:%H:%M:%S.%f}"
        day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
        rows.append({**values, "sort_at": f"{day} {stored}", "text": text})
    names = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join(f":{name}" for name in rows[0])
    connection.execute(sql(f"INSERT INTO quote ({names}) VALUES ({marks})"), rows)
    pks = [row["pk"] for row in rows]
    search.index_quotes(
        connection, [(pk, at, text) for pk, at in zip(pks, moments, strict=True)], []
    )
    return pks


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A record of one article with two quotes, in a transaction that is rolled back."""
    write(engine, document(), extraction())
    with engine.connect() as made:
        yield made


def test_the_database_computes_the_same_positions(connection: Connection) -> None:
    pks = quotes_at(connection, MOMENTS)
    rows = QUOTES.rows
    statement = select(rows.c.pk, stored_position(rows)).where(rows.c.pk.in_(pks))
    stored = {row[0]: row[1] for row in connection.execute(statement)}
    assert stored == {pk: position(at, pk) for pk, at in zip(pks, MOMENTS, strict=True)}


# --- order ----------------------------------------------------------------------------------------


def moments_of(chance: random.Random, kind: str) -> list[datetime]:
    seconds = [START + timedelta(seconds=chance.randrange(4)) for _ in range(40)]
    if kind == "full":
        return seconds
    if kind == "parts":
        return [at + timedelta(microseconds=chance.choice((0, 1, 500_000))) for at in seconds]
    if kind == "edges":
        return [chance.choice(MOMENTS) for _ in seconds]
    return [START] * 30


@pytest.mark.parametrize("kind", ["full", "parts", "edges", "same"])
@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_of_hits_sort_as_all_lists_do(connection: Connection, kind: str, limit: int) -> None:
    moments = moments_of(random.Random(limit), kind)
    pks = quotes_at(connection, moments, "cranes")
    right = sorted(zip(moments, pks, strict=True), reverse=True)
    read: list[search.Key] = []
    after = None
    while True:
        some = search_hits.newest(connection, QUOTES, parse("cranes"), [], after=after, limit=limit)
        read += some
        if len(some) < limit:
            break
        after = some[-1]
    assert read == right


@pytest.mark.parametrize("after", [None, (START, 3)])
def test_hits_are_read_from_the_index_in_its_order(
    connection: Connection, after: search.Key | None
) -> None:
    query, visible = parse("harbour"), [QUOTES.rows.c.visible.is_(True)]
    [plan] = plans(
        connection,
        lambda: search_hits.newest(connection, QUOTES, query, visible, after=after, limit=9),
    )
    lines = plan.splitlines()
    assert lines[0].startswith("SCAN quote_search VIRTUAL TABLE INDEX")
    assert lines[1:] == ["SEARCH quote USING INTEGER PRIMARY KEY (rowid=?)"]


@pytest.mark.parametrize(
    "key",
    [(START, -(2**63)), (START, 2**63 - 1), (MOMENTS[-1], 2**63 - 1), (MOMENTS[0], -(2**63))],
)
def test_a_forged_key_finds_what_lies_behind_it(connection: Connection, key: search.Key) -> None:
    pks = quotes_at(connection, [START, START], "cranes")
    keys = search_hits.newest(connection, QUOTES, parse("cranes"), [], after=key, limit=9)
    right = [(START, pk) for pk in reversed(pks) if (START, pk) < key]
    assert keys == right


def test_stretches_counts_and_the_nth(connection: Connection) -> None:
    moments = [START + timedelta(days=n) for n in range(10)]
    pks = quotes_at(connection, moments, "cranes")
    query = parse("cranes")
    days = Stretch.of_time(moments[2], moments[4])
    assert search_hits.count(connection, QUOTES, query, [], within=days, limit=50) == 3
    assert search_hits.count(connection, QUOTES, query, [], limit=4) == 4
    third = search_hits.nth(connection, QUOTES, query, EVERYWHERE, 3)
    assert third == position(moments[-3], pks[-3])
    assert search_hits.nth(connection, QUOTES, query, EVERYWHERE, 11) is None
    least = [QUOTES.rows.c.pk > pks[7]]
    assert search_hits.count(connection, QUOTES, query, least, limit=50) == 2


def test_scores_prefer_rare_words_and_short_texts(connection: Connection) -> None:
    [long] = quotes_at(connection, [START], "cranes " + "filler " * 40)
    keys = [(START, long)]
    search.index_quotes(connection, [(5_000, START, "cranes"), (5_001, START, "filler")], [])
    keys.append((START, 5_000))
    one, other = search_hits.scores(connection, QUOTES, parse("cranes"), keys)
    assert 0 < one < other
    assert search_hits.scores(connection, QUOTES, parse("cranes"), []) == []


# --- upkeep ---------------------------------------------------------------------------------------


def test_what_is_written_is_found_and_what_is_lost_is_not(engine: Engine) -> None:
    write(engine, document(), extraction())
    with reading(engine) as connection:
        assert found(connection, QUOTES, '"harbour will open"') == [1]
        assert found(connection, QUOTES, "LINDHOLM read*") == [2]
        assert found(connection, ARTICLES, '"Mira Kovalenko" harbour') == [1]
        assert found(connection, QUOTES, "Kovalenko") == []
    text = TEXT.replace("The harbour will open", "The bridge may open")
    changed = extraction(TEXT)
    write(engine, document(text), _moved(text, changed))
    with reading(engine) as connection:
        assert found(connection, QUOTES, "harbour") == []
        assert found(connection, QUOTES, "bridge") == [3]
        assert found(connection, ARTICLES, '"harbour will"') == []
        assert found(connection, ARTICLES, "bridge") == [1]
    write(engine, document(text), _moved(text, changed), OTHER_INFO)
    assert faults(engine) == []


def _moved(text: str, like: Extraction) -> Extraction:
    """The quotes of `like` where they stand in a text with another first one."""
    quote, other = like.quotes
    return replace(
        like,
        mentions=(),
        quotes=(
            replace(
                quote,
                content=(span(text, "“The bridge may open,”"),),
                cue=(span(text, "said"),),
                source=(span(text, "Mira Kovalenko"),),
            ),
            replace(
                other,
                content=(span(text, "Lindholm was ready"),),
                cue=(span(text, "added"),),
                source=(span(text, "Kovalenko", 1),),
            ),
        ),
    )


def test_out_and_in_again_in_any_order(connection: Connection) -> None:
    entries = [(pk, START + timedelta(days=pk % 3), f"word{pk}") for pk in range(50, 60)]
    search.index_quotes(connection, entries, [])
    again = [(pk, at, f"{text} more") for pk, at, text in reversed(entries)]
    search.index_quotes(connection, again, entries)
    query = parse("more")
    assert search_hits.count(connection, QUOTES, query, [], limit=50) == 10
    connection.exec_driver_sql("INSERT INTO quote_search (quote_search) VALUES ('integrity-check')")
    search.index_quotes(connection, [], again)
    assert search_hits.count(connection, QUOTES, query, [], limit=50) == 0


def test_an_article_comes_changes_and_goes(connection: Connection) -> None:
    search.index_article(connection, 7, START, None, (None, "old text"))
    search.index_article(connection, 7, START, ("", "old text"), ("A title", "new text"))
    query = "SELECT rowid FROM article_search WHERE article_search MATCH '\"{}\"'"
    assert connection.exec_driver_sql(query.format("old")).all() == []
    assert connection.exec_driver_sql(query.format("title")).all() == [(position(START, 7),)]
    search.index_article(connection, 7, START, ("A title", "new text"), None)
    assert connection.exec_driver_sql(query.format("text")).all() == []


# --- proof and migration --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE quote SET visible = 0 WHERE pk = 1", "1 quotes are shown and as many"),
        (
            "INSERT INTO quote_search (quote_search, rowid, text)"
            " SELECT 'delete', id, '“The harbour will open,”' FROM quote_search_docsize LIMIT 1",
            "quotes that are shown can be searched: q_",
        ),
        ("DELETE FROM article_search_docsize", "articles that are shown can be searched: a_"),
        ("DELETE FROM quote_search_data WHERE id > 10", "quote_search is damaged"),
    ],
)
def test_damage_to_an_index_is_found(engine: Engine, damage: str, fault: str) -> None:
    write(engine, document(), extraction())
    assert faults(engine) == []
    with writing(engine) as connection:
        connection.exec_driver_sql(damage)
    assert any(fault in each for each in faults(engine)), faults(engine)


def test_the_proof_leaves_a_closed_connection_closed(engine: Engine) -> None:
    write(engine, document(), extraction())
    with reading(engine) as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        assert list(search.check(connection)) == []
        assert connection.exec_driver_sql("PRAGMA query_only").scalar_one() == 1
        connection.exec_driver_sql("PRAGMA query_only = OFF")


def test_migrating_indexes_what_is_on_record(engine: Engine) -> None:
    write(engine, document(), extraction())
    write(engine, document(url="https://news.example/2"), extraction())
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE quote SET visible = 0 WHERE pk = 2")
        connection.exec_driver_sql(
            "UPDATE article SET sort_at = '1969-01-01 00:00:00.7' WHERE pk = 1"
        )
        connection.exec_driver_sql(
            "UPDATE quote SET sort_at = '1969-01-01 00:00:00.7' WHERE pk = 1"
        )
    command.downgrade(migrate.config(engine), "0004")
    migrate.upgrade(engine)
    with reading(engine) as connection:
        assert found(connection, QUOTES, "harbour") == [3, 1]
        assert found(connection, QUOTES, "Lindholm") == [4]
        assert found(connection, ARTICLES, "Kovalenko") == [2, 1]
        assert list(search.check(connection)) == []
