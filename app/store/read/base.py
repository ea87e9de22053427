"""What every reading module shares: the tables, keyset pages, capped counts and merged ids.

Functions take a `Connection` and return values; they open and commit nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    bindparam,
    false,
    func,
    literal,
    select,
    tuple_,
    union,
    union_all,
)
from sqlmodel import SQLModel

# Registers the tables with the metadata.
from app.store import tables  # noqa: F401
from app.store.merges import ENTITY, at_once, surviving

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
place: Table = _TABLES["place"]
extraction_entity: Table = _TABLES["extraction_entity"]
role: Table = _TABLES["role"]
entity_place: Table = _TABLES["entity_place"]
entity_day: Table = _TABLES["entity_day"]
publisher_day: Table = _TABLES["publisher_day"]
co_mention: Table = _TABLES["co_mention"]
change: Table = _TABLES["change"]

# Joins an article with its newest text.
IS_NEWEST = (revision.c.article == article.c.pk) & (revision.c.n == article.c.current_revision)

# Above this many rows a total is "at least": counting on would cost more than the page itself.
COUNT_CAP = 10_000

# Calendar days differ by at most this much from the UTC instants that fall on them.
_WIDEST_ZONE = timedelta(hours=15)

T = TypeVar("T")

SortValue = datetime | int | float | str
Key = tuple[SortValue, int]
"""Where a page ended: the sort column's value and the row's pk."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """A sort column and the pk that breaks its ties, both ascending or both descending.

    `across` says that they are of two tables: rows then come from an index on the sort column
    alone, and only those of equal value are sorted.
    """

    column: ColumnElement[Any]
    tie: ColumnElement[int]
    descending: bool = True
    across: bool = False

    def apply(self, statement: Select[Any], after: Key | None) -> Select[Any]:
        """`statement` in this order, starting behind `after`."""
        if after is not None:
            here = tuple_(self.column, self.tie)
            there = tuple_(literal(after[0], self.column.type), literal(after[1], self.tie.type))
            statement = statement.where(here < there if self.descending else here > there)
            if self.across:
                # Says nothing new, but in a form that the index can start from.
                value = literal(after[0], self.column.type)
                bound = self.column <= value if self.descending else self.column >= value
                statement = statement.where(bound)
        if self.descending:
            return statement.order_by(self.column.desc(), self.tie.desc())
        return statement.order_by(self.column, self.tie)


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are: exactly, or at least `value`."""

    value: int
    exact: bool

    @classmethod
    def up_to(cls, cap: int, found: int) -> Total:
        """Of rows that were counted no further than one beyond `cap`."""
        return cls(min(found, cap), exact=found <= cap)


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

    @property
    def is_ever(self) -> bool:
        """Whether it bounds nothing."""
        return self.start is None and self.end is None

    def published(self) -> list[ColumnElement[bool]]:
        """What an article must satisfy. One whose publication is not known is in no period."""
        found: list[ColumnElement[bool]] = []
        if self.start is not None:
            found.append(_compared(self.start) >= self.start)
        if self.end is not None:
            found.append(_compared(self.end) < self.end)
        return found

    def around(self, moment: ColumnElement[datetime]) -> list[ColumnElement[bool]]:
        """Bounds for an index on times of publication, wide enough for any zone of a day."""
        return between(moment, *self.edges())

    def edges(self) -> tuple[datetime | None, datetime | None]:
        """The times between which it lies, whatever the zone of a day."""
        return _edge(self.start, -_WIDEST_ZONE), _edge(self.end, _WIDEST_ZONE)


def _edge(bound: date | datetime | None, zone: timedelta) -> datetime | None:
    if bound is None or isinstance(bound, datetime):
        return bound
    return _shifted(bound, zone)


def _compared(bound: date | datetime) -> ColumnElement[Any]:
    exact = isinstance(bound, datetime)
    return article.c.published_sort if exact else article.c.published_day


EVER = Period()


def _shifted(day: date, by: timedelta) -> datetime:
    midnight = datetime.combine(day, time(), UTC)
    try:
        return midnight + by
    except OverflowError:
        return midnight


# Together these are all articles whose publication is known. `sort_at` is never changed, so that a
# revision that states another time leaves it behind. The second condition is that of
# ix_article_redated.
AS_SORTED = article.c.published_sort == article.c.sort_at
REDATED = article.c.published_sort != article.c.sort_at


@dataclass(frozen=True, slots=True)
class Part:
    """A way to some of a list's rows, in the list's order.

    `statement` selects the sort column as `key` and the pk as `pk`; these are `ordering`'s columns.
    """

    statement: Select[Any]
    ordering: Ordering


def page_keys(
    connection: Connection, parts: Sequence[Part], after: Key | None, limit: int
) -> tuple[list[int], Key | None]:
    """The pks of a page of all parts taken together, and where the next page starts."""
    statement = keys_statement(parts, after, limit + 1)
    page, end = cut(connection.execute(statement).all(), limit, "key")
    return [row.pk for row in page], end


def keys_statement(parts: Sequence[Part], after: Key | None, limit: int) -> Select[Any]:
    """The first rows behind `after` of all parts taken together, in order: `key` and `pk`.

    Each part is cut on its own first, so that it can be read from an index in order: a single
    statement with an IN or an OR would sort everything that any of them has. A row that several
    parts have comes once.
    """
    first = [p.ordering.apply(p.statement, after).limit(limit) for p in parts]
    if len(first) == 1:
        return first[0]
    rows = union(*(select(s.subquery()) for s in first)).subquery()
    outside = Ordering(rows.c.key, rows.c.pk, parts[0].ordering.descending)
    return outside.apply(select(rows), None).limit(limit)


def whole(pks: Sequence[int], after: Key | None, end: Key | None) -> Total | None:
    """How many rows there are where the first page has them all; None for other pages."""
    return Total(len(pks), exact=True) if after is None and end is None else None


def count_parts(
    connection: Connection, parts: Sequence[Part], *, overlapping: bool = False
) -> Total:
    """How many rows the parts have together, exactly up to COUNT_CAP.

    Parts that may have the same rows are `overlapping`.

    Several are read in the page's order, since planners then take the indexes that the page takes.
    """
    keys = [p.statement.with_only_columns(p.ordering.tie.label("pk")) for p in parts]
    if len(keys) == 1:
        return count(connection, keys[0])
    ordered = (p.ordering.apply(k, None) for p, k in zip(parts, keys, strict=True))
    capped = (statement.limit(COUNT_CAP + 1).subquery() for statement in ordered)
    joined = union if overlapping else union_all
    rows = joined(*(select(c) for c in capped)).subquery()
    return _total(connection, select(rows).limit(COUNT_CAP + 1))


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
    return _total(connection, statement.order_by(None).limit(COUNT_CAP + 1))


def _total(connection: Connection, statement: Select[Any]) -> Total:
    counted = select(func.count()).select_from(statement.subquery())
    found = connection.execute(counted).scalar_one()
    return Total.up_to(COUNT_CAP, found)


def any_of(column: ColumnElement[Any], values: Sequence[Any] | None) -> list[ColumnElement[bool]]:
    """`column` is one of `values`; no condition for None, never true for an empty sequence."""
    if values is None:
        return []
    if len(values) == 1:
        return [column == values[0]]
    return [column.in_(values)]


def at_least(column: ColumnElement[Any], value: float | None) -> list[ColumnElement[bool]]:
    """`column` is `value` or more, hence not null; no condition for None."""
    return [] if value is None else [column >= value]


def between(column: ColumnElement[Any], start: Any, end: Any) -> list[ColumnElement[bool]]:
    """`column` is `start` or more and less than `end`; None is no bound."""
    found = []
    if start is not None:
        found.append(column >= start)
    if end is not None:
        found.append(column < end)
    return found


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
    rows = [
        row
        for some in at_once(dict.fromkeys(uids))
        for row in connection.execute(ENTITY.where(entity.c.uid.in_(some)))
    ]
    now = surviving(connection, rows)
    return {row.uid: now[row.pk].pk for row in rows}


def named(connection: Connection, pks: Iterable[int]) -> dict[int, Named]:
    """The id and name of each of some entities; those that are not shown are left out."""
    statement = select(entity.c.pk, entity.c.uid, entity.c.name).where(
        entity.c.pk.in_(bindparam("pks", expanding=True)),
        entity.c.status == "active",
        entity.c.merged_into.is_(None),
    )
    rows = (row for some in at_once(pks) for row in connection.execute(statement, {"pks": some}))
    return {row.pk: Named(row.uid, row.name) for row in rows}


def merged_pks(connection: Connection, uids: Sequence[str] | None) -> tuple[int, ...] | None:
    """The pks that a filter by entity ids means: None for no filter, empty when none is known."""
    if uids is None:
        return None
    return tuple(dict.fromkeys(survivors(connection, uids).values()))
