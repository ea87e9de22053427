"""An entity's counters over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.store.read.base import between, entity_day
from app.store.read.days import LONGEST, Interval, fold

# What one answer tells: years of days.
MOST = 1_000

_COUNTERS = (
    entity_day.c.articles,
    entity_day.c.mentions,
    entity_day.c.quotes,
    entity_day.c.quoted_about,
)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """The counters of the interval that begins on the day `start`."""

    start: date
    articles: int
    mentions: int
    quotes: int
    quoted_about: int


def timeline(
    connection: Connection,
    pk: int,
    interval: Interval,
    first: date | None = None,
    end: date | None = None,
) -> tuple[Sequence[TimelineRow], bool]:
    """The intervals in which the entity `pk` occurs, oldest first, and whether these are all.

    Days from `first` to before `end` count. Of more than MOST intervals the newest are told.
    """
    statement = select(entity_day.c.day, *_COUNTERS).where(
        entity_day.c.entity == pk, entity_day.c.articles > 0, *between(entity_day.c.day, first, end)
    )
    # One day more than MOST intervals can have: it begins another.
    newest = statement.order_by(entity_day.c.day.desc()).limit(MOST * LONGEST[interval] + 1)
    days = ((row[0], tuple(row[1:])) for row in connection.execute(newest))
    found = [TimelineRow(start, *counts) for start, counts in fold(days, interval).items()]
    return found[:MOST][::-1], len(found) <= MOST
