"""What every reading module shares: the tables, keyset pages, capped counts and merged ids.

Functions take a `Connection` and return values; they open and commit nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    false,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlmodel import SQLModel

# Registers the tables with the metadata.
from app.store import tables  # noqa: F401

_TABLES = SQLModel.metadata.tables
article: Table = _TABLES["article"]
revision: Table = _TABLES["revision"]
run: Table = _TABLES["run"]
extraction: Table = _TABLES["extraction"]
entity: Table = _TABLES["entity"]
alias: Table = _TABLES["alias"]
mention: Table = _TABLES["mention"]
quote: Table = _TABLES["quote"]
quote_span: Table = _TABLES["quote_span"]
quote_entity: Table = _TABLES["quote_entity"]

# Above this many rows a total is "at least": counting on would cost more than the page itself.
COUNT_CAP = 10_000

# Calendar days differ by at most this much from the UTC instants that fall on them.
_WIDEST_ZONE = timedelta(hours=15)

T = TypeVar("T")

SortValue = datetime | int | str
Key = tuple[SortValue, int]
"""Where a page ended: the sort column's value and the row's pk."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """A sort column and the pk that breaks its ties, both ascending or both descending."""

    column: ColumnElement[Any]
    tie: ColumnElement[int]
    descending: bool = True

    def apply(self, statement: Select[Any], after: Key | None) -> Select[Any]:
        """`statement` in this order, starting behind `after`."""
        if after is not None:
            here = tuple_(self.column, self.tie)
            there = tuple_(literal(after[0], self.column.type), literal(after[1], self.tie.type))
            statement = statement.where(here < there if self.descending else here > there)
        if self.descending:
            return statement.order_by(self.column.desc(), self.tie.desc())
        return statement.order_by(self.column, self.tie)


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are: exactly, or at least `value`."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in order, where the next page starts (None at the end), and how many there are."""

    rows: Sequence[T]
    after: Key | None
    total: Total


@dataclass(frozen=True, slots=True)
class Named:
    """An entity where only its id and name are shown."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which extractor found something, in which revision of the article."""

    extractor: str
    model: str
    article_revision: int


@dataclass(frozen=True, slots=True)
class Period:
    """Publication from `start` (inclusive) to `end` (exclusive).

    A datetime (aware) is compared with the instant; a date with the calendar day as printed.
    """

    start: date | datetime | None = None
    end: date | datetime | None = None

    def conditions(self, sort_at: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
        """What `sort_at` (of an article or quote) and the article's day must satisfy.

        Articles without a known time of publication are never in a period. For a date the day
        decides; a wider bound on `sort_at` is added so that an index can be used.
        """
        found: list[ColumnElement[bool]] = []
        if isinstance(self.start, datetime):
            found.append(sort_at >= self.start)
        elif self.start is not None:
            found.append(sort_at >= _shifted(self.start, -_WIDEST_ZONE))
            found.append(article.c.published_day >= self.start)
        if isinstance(self.end, datetime):
            found.append(sort_at < self.end)
        elif self.end is not None:
            found.append(sort_at < _shifted(self.end, _WIDEST_ZONE))
            found.append(article.c.published_day < self.end)
        if found:
            found.append(article.c.published_day.is_not(None))
        return found


EVER = Period()


def _shifted(day: date, by: timedelta) -> datetime:
    midnight = datetime.combine(day, time(), UTC)
    try:
        return midnight + by
    except OverflowError:
        return midnight


def merged(
    statements: Sequence[Select[Any]], ordering: Ordering, after: Key | None, limit: int, key: str
) -> Select[Any]:
    """The first `limit` rows of disjoint statements taken together, in order.

    Each is cut on its own first, so that each can be read from an index in order: a single
    statement with an IN would sort everything that any of them has. They carry the sort column
    under the label `key` and the tie under `pk`.
    """
    cut_first = [ordering.apply(s, after).limit(limit) for s in statements]
    if len(cut_first) == 1:
        return cut_first[0]
    rows = union_all(*(select(s.subquery()) for s in cut_first)).subquery()
    outside = Ordering(rows.c[key], rows.c.pk, ordering.descending)
    return outside.apply(select(rows), None).limit(limit)


def cut(rows: Sequence[Row[Any]], limit: int, key: str) -> tuple[Sequence[Row[Any]], Key | None]:
    """The page of a result fetched with one row too many, and the key behind it.

    Each row has the sort column under the label `key` and its tie under `pk`.
    """
    if len(rows) <= limit:
        return rows, None
    page = rows[:limit]
    last = page[-1]._mapping
    return page, (last[key], last["pk"])


def count(connection: Connection, statement: Select[Any]) -> Total:
    """How many rows `statement` has, exactly up to COUNT_CAP."""
    capped = statement.order_by(None).limit(COUNT_CAP + 1).subquery()
    found = connection.execute(select(func.count()).select_from(capped)).scalar_one()
    return Total(min(found, COUNT_CAP), exact=found <= COUNT_CAP)


def any_of(column: ColumnElement[Any], values: Sequence[Any] | None) -> list[ColumnElement[bool]]:
    """`column` is one of `values`; no condition for None, never true for an empty sequence."""
    if values is None:
        return []
    if len(values) == 1:
        return [column == values[0]]
    return [column.in_(values)]


def has_prefix(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """`column` starts with `prefix`, as a range that an index on a byte-ordered column answers.

    No wildcard has a meaning here, unlike in LIKE. Nothing starts with an empty prefix: it is what
    is left of a search for punctuation.
    """
    if not prefix:
        return false()
    return and_(column >= prefix, column < prefix + "\U0010ffff")


def survivors(connection: Connection, uids: Iterable[str]) -> dict[str, int]:
    """The pk of each entity, or of the one it was merged into; unknown ids are left out."""
    wanted = list(dict.fromkeys(uids))
    if not wanted:
        return {}
    columns = select(entity.c.pk, entity.c.uid, entity.c.merged_into)
    rows = connection.execute(columns.where(entity.c.uid.in_(wanted))).all()
    found = {row.uid: row.pk for row in rows}
    hops = {row.pk: row.merged_into for row in rows if row.merged_into is not None}
    ahead = set(hops.values()) - {row.pk for row in rows}
    while ahead:
        rows = connection.execute(columns.where(entity.c.pk.in_(ahead))).all()
        seen = ahead
        hops |= {row.pk: row.merged_into for row in rows if row.merged_into is not None}
        ahead = {pk for pk in hops.values() if pk not in hops and pk not in seen}
    return {uid: _end(hops, pk) for uid, pk in found.items()}


def _end(hops: Mapping[int, int], pk: int) -> int:
    # A circle of merges cannot be made by the software; it must not hang the server all the same.
    for _ in range(len(hops)):
        if pk not in hops:
            break
        pk = hops[pk]
    return pk


def merged_pks(connection: Connection, uids: Sequence[str] | None) -> tuple[int, ...] | None:
    """The pks that a filter by entity ids means: None for no filter, empty when none is known."""
    if uids is None:
        return None
    return tuple(dict.fromkeys(survivors(connection, uids).values()))
