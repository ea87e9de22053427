"""Days and the longer intervals that they fall in: what counts over time are told by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

Interval = Literal["day", "week", "month"]

# At most so many days are in one.
LONGEST: dict[Interval, int] = {"day": 1, "week": 7, "month": 31}


class utc_day(GenericFunction[str]):  # noqa: N801
    """The day of a moment in UTC, as text: 2021-09-08."""

    type = String()
    inherit_cache = True


@compiles(utc_day)
def _utc_day(element: utc_day, compiler: SQLCompiler, **more: Any) -> str:
    moment = compiler.process(element.clauses, **more)
    return f"to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


@compiles(utc_day, "sqlite")
def _utc_day_of_text(element: utc_day, compiler: SQLCompiler, **more: Any) -> str:
    # Moments are kept as text, in UTC.
    return f"substr({compiler.process(element.clauses, **more)}, 1, 10)"


def start_of(day: date, interval: Interval) -> date:
    """The first day of the interval that a day falls in; weeks begin on Monday (ISO 8601)."""
    if interval == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if interval == "month" else day


def fold(
    days: Iterable[tuple[date, tuple[int, ...]]], interval: Interval
) -> dict[date, tuple[int, ...]]:
    """Sums by day as sums by the interval that begins on a day, in the order of `days`."""
    found: dict[date, tuple[int, ...]] = {}
    for day, counts in days:
        start = start_of(day, interval)
        before = found.get(start)
        found[start] = counts if before is None else tuple(map(int.__add__, before, counts))
    return found
