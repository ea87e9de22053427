"""Full text over quotes and articles: what the indexes are, their upkeep and their proof.

All SQL of full text stands here and in `search_hits.py`. On SQLite these are FTS5 tables without
content, whose row ids say both when a row sorts and which it is: a newer row has a greater one. So
the index itself gives hits the newest first and starts anywhere, without a join, however many there
are.

Functions take a `Connection`; they open and commit nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    cast,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError, OperationalError

from app.errors import StoreError
from app.store.rows import table_of
from app.store.tables import Article, QuoteRow, Revision

Key = tuple[datetime, int]
"""What rows sort by: `sort_at` and pk."""

Entries = Sequence[tuple[int, datetime, str]]
_Entry = tuple[int, tuple[str, ...]]

PK_BITS = 27
PK_MASK = (1 << PK_BITS) - 1
LAST_SECOND = (1 << (63 - PK_BITS)) - 1
_END = 1 << 63
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_REVISION = table_of(Revision)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Index:
    """An index, the table whose rows it finds, and its fields with their weights in a ranking."""

    name: str
    rows: Table
    fields: tuple[tuple[str, float], ...]

    @property
    def position(self) -> ColumnElement[int]:
        """Where a row stands in it: the greater, the newer."""
        return literal_column(f"{self.name}.rowid")


QUOTES = Index("quote_search", table_of(QuoteRow), (("text", 1.0),))
ARTICLES = Index("article_search", table_of(Article), (("title", 4.0), ("text", 1.0)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Positions from `since` (inclusive) to `before` (exclusive); None is no bound."""

    since: int | None = None
    before: int | None = None

    @classmethod
    def of_time(cls, start: datetime | None, end: datetime | None) -> Stretch:
        """Where all rows from `start` to `end` stand, and at most some seconds more."""
        return cls(
            None if start is None else second_of(start) << PK_BITS,
            None if end is None else (second_of(end) + 1) << PK_BITS,
        )

    def conditions(self, index: Index) -> list[ColumnElement[bool]]:
        """What a row's position must satisfy."""
        found = []
        if self.since is not None:
            found.append(index.position >= self.since)
        # Nothing lies behind the greatest integer of the database.
        if self.before is not None and self.before < _END:
            found.append(index.position < self.before)
        return found

    def from_on(self, since: int | None) -> Stretch:
        """The part of it that starts at a position inside."""
        return self if since is None else replace(self, since=since)


EVERYWHERE = Stretch()


def position(moment: datetime, pk: int) -> int:
    """Where a row stands in its index. Raises StoreError for a key that does not fit in."""
    if not 0 < pk <= PK_MASK:
        raise StoreError(f"a search index takes up to {PK_MASK} rows; this database has more")
    return (second_of(moment) << PK_BITS) + pk


def second_of(moment: datetime) -> int:
    """The seconds from 1970 on, rounded down; those that do not fit in are all the last one."""
    return min((moment - EPOCH) // _SECOND, LAST_SECOND)


def stored_position(rows: Table) -> ColumnElement[int]:
    """`position` in SQL."""
    # Of the whole column SQLite would round up what is less than half a millisecond short.
    second = cast(func.strftime("%s", func.substr(rows.c.sort_at, 1, 19)), BigInteger)
    return func.min(second, LAST_SECOND) * (1 << PK_BITS) + rows.c.pk


# --- upkeep ---------------------------------------------------------------------------------------


def index_quotes(connection: Connection, added: Entries, removed: Entries) -> None:
    """Index quotes, (pk, sort_at, text) each, and take out others.

    `removed` must say exactly what was indexed: without its texts the index cannot be undone.
    Raises StoreError for a key that does not fit in.
    """
    _change(
        connection,
        QUOTES,
        [(position(at, pk), (text,)) for pk, at, text in added],
        [(position(at, pk), (text,)) for pk, at, text in removed],
    )


def index_article(
    connection: Connection,
    pk: int,
    sort_at: datetime,
    before: tuple[str | None, str] | None,
    after: tuple[str | None, str] | None,
) -> None:
    """Index an article's title and text in place of what was indexed; None for nothing."""
    at = position(sort_at, pk)
    added = [] if after is None else [(at, (after[0] or "", after[1]))]
    removed = [] if before is None else [(at, (before[0] or "", before[1]))]
    _change(connection, ARTICLES, added, removed)


def _change(
    connection: Connection, index: Index, added: Sequence[_Entry], removed: Sequence[_Entry]
) -> None:
    names = ", ".join(name for name, _ in index.fields)
    marks = ", ".join(f":{name}" for name, _ in index.fields)
    adding = text(f"INSERT INTO {index.name} (rowid, {names}) VALUES (:at, {marks})")
    taking = text(
        f"INSERT INTO {index.name} ({index.name}, rowid, {names}) VALUES ('delete', :at, {marks})"
    )
    # By position, and out before in: FTS5 begins a new segment wherever the next one is smaller.
    steps = sorted(
        [(at, 0, fields) for at, fields in removed] + [(at, 1, fields) for at, fields in added]
    )
    for is_added, some in itertools.groupby(steps, key=lambda step: step[1]):
        values = [
            {"at": at, **dict(zip((n for n, _ in index.fields), fields, strict=True))}
            for at, _, fields in some
        ]
        connection.execute(adding if is_added else taking, values)


# --- proving --------------------------------------------------------------------------------------


def check(connection: Connection) -> Iterator[str]:
    """Each thing that is wrong with the indexes, in a sentence; nothing for sound ones."""
    usable = exists(
        select(_REVISION.c.pk).where(
            _REVISION.c.article == ARTICLES.rows.c.pk,
            _REVISION.c.n == ARTICLES.rows.c.current_revision,
            ARTICLES.rows.c.status == "usable",
        )
    )
    for index, indexed, name in (
        (QUOTES, QUOTES.rows.c.visible.is_(True), "quotes"),
        (ARTICLES, usable, "articles"),
    ):
        there = table(f"{index.name}_docsize", column("id"))
        at = stored_position(index.rows)
        missing = select(index.rows.c.uid).where(indexed, at.not_in(select(there.c.id)))
        rows = connection.execute(missing.limit(_SHOWN)).scalars().all()
        if rows:
            yield f"not so: {name} that are shown can be searched: {', '.join(rows)}"
        shown = select(func.count()).select_from(index.rows).where(indexed)
        right = connection.execute(shown).scalar_one()
        found = connection.execute(select(func.count()).select_from(there)).scalar_one()
        if found != right:
            yield f"not so: {right} {name} are shown and as many can be searched: {found} can"
        yield from _inner_faults(connection, index)


def _inner_faults(connection: Connection, index: Index) -> Iterator[str]:
    """What FTS5 finds wrong with an index."""
    # The check is written as an insert and changes nothing.
    is_closed = connection.exec_driver_sql("PRAGMA query_only").scalar_one()
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    try:
        connection.exec_driver_sql(
            f"INSERT INTO {index.name} ({index.name}) VALUES ('integrity-check')"
        )
    except OperationalError:
        # A file that may not be written, or is being written, cannot be checked so.
        return
    except DatabaseError as error:
        yield f"the index {index.name} is damaged ({error.orig})"
    finally:
        connection.exec_driver_sql(f"PRAGMA query_only = {is_closed}")
