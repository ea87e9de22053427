"""Who is quoted more than before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select

from app.store.read.base import any_of, entity, entity_day, publisher_day
from app.store.read.strength import log_likelihood

# The period that the last days are compared with is so many times as long.
TIMES = 4
# So many rows of `entity_day` are read at most: of a large record these are fewer days.
MOST_ROWS = 150_000


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to before `end`, and the quotes of all speakers on them."""

    first: date
    end: date
    quotes: int


@dataclass(frozen=True, slots=True)
class RisingRow:
    """A speaker with its quotes in the last days and in those before.

    `ratio` is that of its shares of all quotes, None where it was not quoted before.
    """

    uid: str
    kind: str
    name: str
    quotes: int
    before: int
    ratio: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Rising:
    """Rising speakers; `is_whole` is false where fewer days were compared than asked for."""

    rows: Sequence[RisingRow]
    recent: Days
    before: Days
    is_whole: bool


def newest_day(connection: Connection) -> date | None:
    """The last day of which articles are on record."""
    counted = select(func.max(publisher_day.c.day)).where(publisher_day.c.articles > 0)
    found: date | None = connection.execute(counted).scalar_one()
    return found


def rising(
    connection: Connection,
    until: date,
    days: int,
    *,
    kinds: Sequence[str] | None,
    min_quotes: int,
    limit: int,
) -> Rising:
    """Who has a larger share of the quotes in the `days` up to and with `until` than before.

    Before are the TIMES as many days in front of them. `min_quotes` bounds the last days.
    """
    end = _day(until, 1)
    read = _days_read(connection, end, days * (1 + TIMES))
    chosen = days if read == days * (1 + TIMES) else max(read // (1 + TIMES), 1)
    middle = _day(end, -chosen)
    start = _day(end, -max(read, 1))
    recent = Days(middle, end, _quotes(connection, middle, end))
    before = Days(start, middle, _quotes(connection, start, middle))
    found = []
    for row in _speakers(connection, recent, before, kinds, min_quotes):
        score = log_likelihood(
            row.recent, row.recent + row.before, recent.quotes, recent.quotes + before.quotes
        )
        if score > 0:
            found.append((score, row))
    found.sort(key=lambda scored: (-scored[0], -scored[1].recent, scored[1].uid))
    rows = [_row(score, row, recent, before) for score, row in found[:limit]]
    return Rising(rows, recent, before, chosen == days)


def _row(score: float, row: Any, recent: Days, before: Days) -> RisingRow:
    ratio = None
    if row.before:
        ratio = round(row.recent / recent.quotes / (row.before / before.quotes), 3)
    return RisingRow(row.uid, row.kind, row.name, row.recent, row.before, ratio, score)


def _day(day: date, later: int) -> date:
    """A day so many days later; the edge of the calendar instead of what lies beyond."""
    try:
        return day + timedelta(days=later)
    except OverflowError:
        return date.max if later > 0 else date.min


def _days_read(connection: Connection, end: date, days: int) -> int:
    """How many of the days before `end` can be read within MOST_ROWS."""
    start = _day(end, -days)
    inside = select(entity_day.c.day).where(entity_day.c.day >= start, entity_day.c.day < end)
    beyond = inside.order_by(entity_day.c.day.desc()).offset(MOST_ROWS).limit(1)
    cut = connection.execute(beyond).scalar_one_or_none()
    return days if cut is None else (end - cut).days - 1


def _quotes(connection: Connection, start: date, end: date) -> int:
    summed = select(func.coalesce(func.sum(publisher_day.c.quotes), 0)).where(
        publisher_day.c.day >= start, publisher_day.c.day < end
    )
    found: int = connection.execute(summed).scalar_one()
    return found


def _speakers(
    connection: Connection,
    recent: Days,
    before: Days,
    kinds: Sequence[str] | None,
    min_quotes: int,
) -> Sequence[Any]:
    # The limit cuts nothing off, but has the rows read by day: grouped by entity at once, SQLite
    # would rather read those of all days in the order of entities.
    by_day = (
        select(entity_day.c.entity, entity_day.c.day, entity_day.c.quotes)
        .where(
            entity_day.c.day >= before.first,
            entity_day.c.day < recent.end,
            entity_day.c.quotes > 0,
        )
        .order_by(entity_day.c.day.desc())
        .limit(MOST_ROWS)
        .subquery()
    )
    is_recent = by_day.c.day >= recent.first
    now = func.sum(case((is_recent, by_day.c.quotes), else_=0))
    counted = (
        select(
            by_day.c.entity,
            now.label("recent"),
            func.sum(case((is_recent, 0), else_=by_day.c.quotes)).label("before"),
        )
        .group_by(by_day.c.entity)
        .having(now >= min_quotes)
        .subquery()
    )
    statement = (
        select(entity.c.uid, entity.c.kind, entity.c.name, counted.c.recent, counted.c.before)
        .select_from(counted.join(entity, entity.c.pk == counted.c.entity))
        .where(
            entity.c.merged_into.is_(None),
            entity.c.status == "active",
            *any_of(entity.c.kind, kinds),
        )
    )
    return connection.execute(statement).all()
