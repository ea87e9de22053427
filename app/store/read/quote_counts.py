"""How many quotes of a filter there are by what they have in common.

Sums that are kept tell it of all quotes where they can; else the newest are counted, and what is
found says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Literal, get_args

from sqlalchemy import Connection

from app.store.read.base import Named, Total, named
from app.store.read.days import Interval, start_of
from app.store.read.kept_sums import KeptSums, Ranked, kept_sums
from app.store.read.quote_keys import QuoteFilter
from app.store.read.quote_window import WINDOW, Newest, newest

By = Literal["speaker", "publisher", "kind", "day", "week", "month"]
Facet = Literal[
    "kind", "speaker_status", "cue_class", "polarity", "publisher", "speaker", "about", "month"
]
FACETS: tuple[Facet, ...] = get_args(Facet)
_ENTITIES = ("speaker", "about")
_INTERVALS: tuple[Interval, ...] = get_args(Interval)


@dataclass(frozen=True, slots=True)
class Count:
    """How many quotes have a value in common: an entity, an outlet (None if unknown), a kind, …

    `value` is what a filter takes for it; of an interval it is the first day.
    """

    value: str | None
    entity: Named | None
    quotes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Some values, whether there are `more`, and whether all quotes of the filter were counted."""

    rows: Sequence[Count]
    more: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Window:
    """What was counted: all quotes, or the `newest` so many, none from before the day `since`.

    `basis` is "quotes", or "sums" where sums kept by day told it, which mean days in UTC.
    """

    newest: int | None
    since: date | None
    is_whole: bool
    basis: Literal["quotes", "sums"]


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer: counts by one thing or by several, how many quotes there are, what was counted."""

    counts: Mapping[str, Counts]
    total: Total
    window: Window


_OF_SUMS = Window(None, None, is_whole=True, basis="sums")


def counts_by(connection: Connection, wanted: QuoteFilter, by: By, limit: int) -> Counted:
    """The quotes of a filter by speaker, outlet, kind or interval; at most `limit` values."""
    sums = kept_sums(connection, wanted)
    every = None
    if sums is not None:
        every = Total(sums.total(), exact=True)
        # What a period holds is counted by its own days where that can be done.
        if wanted.period.is_ever or every.value >= WINDOW:
            told = _told(connection, sums, by, limit)
            if told is not None:
                return Counted({by: told}, every, _OF_SUMS)
    column = "day" if by in _INTERVALS else by
    found = newest(connection, wanted, [column])
    counts = _counted(connection, by, Counter(found.columns[0]), limit, found.is_whole)
    if every is None or found.is_whole or not wanted.period.is_ever:
        every = Total(found.size, exact=found.is_whole)
    return Counted({by: counts}, every, _window(found))


def facets(connection: Connection, wanted: QuoteFilter, limit: int) -> Counted:
    """The quotes of a filter by each of FACETS; at most `limit` values of each."""
    names = [name for name in FACETS if name != "month"]
    found = newest(connection, wanted, [*names, "day"])
    columns = dict(zip([*names, "month"], found.columns, strict=True))
    counters: dict[str, Counter[Any]] = {
        name: _about(column) if name == "about" else Counter(column)
        for name, column in columns.items()
    }
    sums = None
    total = Total(found.size, exact=found.is_whole)
    if not found.is_whole and wanted.period.is_ever:
        sums = kept_sums(connection, wanted)
    if sums is not None:
        total = Total(sums.total(), exact=True)
    counts: dict[str, Counts] = {}
    for facet in FACETS:
        told = None
        if sums is not None and facet in ("speaker", "publisher", "month"):
            told = _told(connection, sums, facet, limit)
        counts[facet] = told or _counted(connection, facet, counters[facet], limit, found.is_whole)
    return Counted(counts, total, _window(found))


def _window(found: Newest) -> Window:
    return Window(WINDOW, found.since, found.is_whole, "quotes")


def _told(connection: Connection, sums: KeptSums, by: By | Facet, limit: int) -> Counts | None:
    """What kept sums say; None where they do not."""
    ranked: Ranked | None = None
    if by == "speaker":
        ranked = sums.speaking(limit)
    elif by == "publisher":
        ranked = sums.outlets(limit)
    elif by in ("day", "week", "month"):
        ranked = list(sums.intervals(by, limit))
    return None if ranked is None else _shown(connection, by, ranked, limit, is_whole=True)


def _counted(
    connection: Connection, by: By | Facet, found: Counter[Any], limit: int, is_whole: bool
) -> Counts:
    if by in ("day", "week", "month"):
        by_interval: Counter[date] = Counter()
        for day, quotes in found.items():
            by_interval[start_of(date.fromisoformat(day), by)] += quotes
        ranked: Ranked = sorted(by_interval.items(), reverse=True)
    else:
        found.pop(None, None)
        # Of as many quotes the newer entity comes first, as it does by its counter's index.
        alike = sorted(found.items(), reverse=by in _ENTITIES)
        ranked = sorted(alike, key=lambda pair: -pair[1])
    return _shown(connection, by, ranked, limit, is_whole=is_whole)


def _shown(
    connection: Connection, by: By | Facet, ranked: Ranked, limit: int, *, is_whole: bool
) -> Counts:
    if by not in _ENTITIES:
        rows = [Count(str(value) or None, None, quotes) for value, quotes in ranked[:limit]]
        return Counts(rows, len(ranked) > limit, is_whole)
    # Some may have been suppressed, and are not shown.
    some = ranked[: 2 * limit]
    known = named(connection, (pk for pk, _ in some))
    rows = [Count(known[pk].uid, known[pk], quotes) for pk, quotes in some if pk in known]
    return Counts(rows[:limit], len(ranked) > limit, is_whole)


def _about(column: Sequence[str | None]) -> Counter[int]:
    """In how many quotes each entity is meant."""
    told = chain.from_iterable(pks.split(",") for pks in column if pks)
    return Counter({int(pk): quotes for pk, quotes in Counter(told).items()})
