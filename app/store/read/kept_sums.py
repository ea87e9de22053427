"""What sums kept by day say of a filter's quotes: of all of them, however many there are.

They answer filters by nothing, by a few speakers or outlets, or by one entity that quotes are
about; with or without a period in days. They know the day (UTC) under which an article sorts and
not the one that it prints: a period means the former here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.store.read.base import (
    EVER,
    Period,
    any_of,
    between,
    entity,
    entity_day,
    merged_pks,
    publisher_day,
)
from app.store.read.days import LONGEST, Interval, fold
from app.store.read.quote_keys import QuoteFilter

# The days of more speakers or outlets are not summed.
_FEW = 10
# Speakers of a period are summed over so many rows at most: a month of all, years of a few.
MOST_ROWS = 50_000

Ranked = list[tuple[Any, int]]
"""Values with their numbers of quotes, the most quotes first."""


@dataclass(frozen=True, slots=True)
class KeptSums:
    """The sums that a filter means: `counter` summed over rows with `chosen`, in `period`.

    The bounds of the period are days. `speakers` are those of the filter, None for any. What ranks
    or lists values takes one more than `limit` if there is one.
    """

    connection: Connection
    day: ColumnElement[date]
    counter: ColumnElement[int]
    chosen: Sequence[ColumnElement[bool]]
    period: Period
    knows_outlets: bool
    knows_speakers: bool
    speakers: Sequence[int] | None = None

    def total(self) -> int:
        """How many quotes there are."""
        summed = select(func.coalesce(func.sum(self.counter), 0))
        found: int = self.connection.execute(summed.where(*self._rows())).scalar_one()
        return found

    def intervals(self, interval: Interval, limit: int) -> list[tuple[date, int]]:
        """The first days of the newest intervals with quotes, newest first."""
        by_day = select(self.day, func.sum(self.counter)).where(*self._rows()).group_by(self.day)
        # One day more than so many intervals can have: it begins another.
        newest = by_day.order_by(self.day.desc()).limit(limit * LONGEST[interval] + 1)
        days = ((at, (quotes,)) for at, quotes in self.connection.execute(newest))
        return [(at, quotes) for at, (quotes,) in fold(days, interval).items()][: limit + 1]

    def outlets(self, limit: int) -> Ranked | None:
        """Outlets, "" for the unknown one; None where the sums do not tell."""
        if not self.knows_outlets:
            return None
        summed = func.sum(self.counter)
        by_outlet = select(publisher_day.c.publisher, summed).where(*self._rows())
        grouped = by_outlet.group_by(publisher_day.c.publisher)
        return self._ranked(grouped.order_by(summed.desc(), publisher_day.c.publisher), limit)

    def speaking(self, limit: int) -> Ranked | None:
        """The pks of speakers; None where the sums do not tell."""
        if not self.knows_speakers:
            return None
        if not self.period.is_ever:
            return self._speaking_in_period(limit)
        counted = select(entity.c.pk, entity.c.quotes).where(
            *any_of(entity.c.pk, self.speakers), entity.c.quotes > 0, entity.c.status == "active"
        )
        return self._ranked(counted.order_by(entity.c.quotes.desc(), entity.c.pk.desc()), limit)

    def _speaking_in_period(self, limit: int) -> Ranked | None:
        inside = select(entity_day.c.entity, entity_day.c.quotes).where(
            *any_of(entity_day.c.entity, self.speakers), *self._days(entity_day.c.day)
        )
        # Cut in the order of days, that they be read from their index.
        rows = inside.order_by(entity_day.c.day).limit(MOST_ROWS + 1).subquery()
        counted = select(func.count()).select_from(rows)
        if self.connection.execute(counted).scalar_one() > MOST_ROWS:
            return None
        summed = func.sum(rows.c.quotes)
        grouped = select(rows.c.entity, summed).group_by(rows.c.entity).having(summed > 0)
        return self._ranked(grouped.order_by(summed.desc(), rows.c.entity.desc()), limit)

    def _rows(self) -> list[ColumnElement[bool]]:
        return [*self.chosen, *self._days(self.day), self.counter > 0]

    def _days(self, day: ColumnElement[date]) -> list[ColumnElement[bool]]:
        return between(day, self.period.start, self.period.end)

    def _ranked(self, statement: Select[Any], limit: int) -> Ranked:
        return [(row[0], row[1]) for row in self.connection.execute(statement.limit(limit + 1))]


def kept_sums(connection: Connection, wanted: QuoteFilter) -> KeptSums | None:
    """The sums that answer a filter, None where none do."""
    rest = replace(wanted, speakers=None, about=None, publishers=None, period=EVER)
    period = wanted.period
    asked = [v for v in (wanted.speakers, wanted.about, wanted.publishers) if v is not None]
    by_moment = isinstance(period.start, datetime) or isinstance(period.end, datetime)
    if rest != QuoteFilter() or by_moment or len(asked) > 1 or any(len(v) > _FEW for v in asked):
        return None
    if wanted.speakers is not None:
        pks = merged_pks(connection, wanted.speakers)
        speaking = any_of(entity_day.c.entity, pks)
        return _of_entities(connection, entity_day.c.quotes, speaking, period, pks)
    if wanted.about is not None:
        pks = merged_pks(connection, wanted.about) or ()
        # A quote may be about several entities.
        if len(pks) != 1:
            return None
        meant = any_of(entity_day.c.entity, pks)
        return _of_entities(connection, entity_day.c.quoted_about, meant, period)
    return KeptSums(
        connection,
        day=publisher_day.c.day,
        counter=publisher_day.c.quotes,
        chosen=any_of(publisher_day.c.publisher, wanted.publishers),
        period=period,
        knows_outlets=True,
        knows_speakers=wanted.publishers is None,
    )


def _of_entities(
    connection: Connection,
    counter: ColumnElement[int],
    chosen: Sequence[ColumnElement[bool]],
    period: Period,
    speakers: Sequence[int] | None = None,
) -> KeptSums:
    return KeptSums(
        connection,
        day=entity_day.c.day,
        counter=counter,
        chosen=chosen,
        period=period,
        knows_outlets=False,
        knows_speakers=speakers is not None,
        speakers=speakers,
    )
