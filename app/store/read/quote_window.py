"""The newest quotes of a filter: what is counted where no kept sums answer.

Two bounds keep the cost of a count: so many quotes are counted, and so many are looked at. The
second bites where few of many pass, and is a day, found in the kept sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, func, select

from app.store.read.base import (
    Part,
    any_of,
    article,
    entity_day,
    keys_statement,
    publisher_day,
    quote,
    quote_entity,
)
from app.store.read.days import utc_day
from app.store.read.quote_keys import QuoteFilter, Ways, ways

# Measured: all facets of so many cost about half of 100 ms of CPU, whatever leads.
WINDOW = 3_000
# So many quotes of what leads are looked at, by what a step costs: a row of the quotes' index; with
# its article; with the quote's own row and its article.
_STEPS = {"quote": 150_000, "speaker": 30_000, "article": 30_000, "about": 15_000}

_ABOUT = (
    select(func.aggregate_strings(cast(quote_entity.c.entity, String), ","))
    .where(quote_entity.c.quote == quote.c.pk)
    .correlate(quote)
    .scalar_subquery()
)
# `about` is the pks of entities, with commas between; null where it is about none.
COLUMNS: dict[str, ColumnElement[Any]] = {
    "about": _ABOUT,
    "kind": quote.c.kind,
    "speaker_status": quote.c.speaker_status,
    "cue_class": quote.c.cue_class,
    "polarity": quote.c.polarity,
    "speaker": quote.c.speaker,
    "publisher": func.coalesce(article.c.publisher, ""),
    "day": utc_day(quote.c.sort_at),
}


@dataclass(frozen=True, slots=True)
class Newest:
    """Columns of the newest quotes.

    `since` is the day before which none were looked at, where fewer than WINDOW were found after.
    """

    columns: Sequence[Sequence[Any]]
    size: int
    since: date | None
    is_whole: bool


def newest(connection: Connection, wanted: QuoteFilter, names: Sequence[str]) -> Newest:
    """The columns `names` (of COLUMNS) of the newest WINDOW quotes that pass a filter."""
    found = ways(connection, wanted, WINDOW)
    since = _since(connection, wanted, found)
    parts = found.parts if since is None else [_bounded(part, since) for part in found.parts]
    keys = keys_statement(parts, None, WINDOW).subquery()
    source = keys.join(quote, quote.c.pk == keys.c.pk)
    if "publisher" in names:
        source = source.join(article, article.c.pk == quote.c.article)
    statement = select(*(COLUMNS[name].label(name) for name in names)).select_from(source)
    rows = connection.execute(statement).all()
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _ in names]
    if len(rows) == WINDOW:
        return Newest(columns, WINDOW, None, is_whole=False)
    return Newest(columns, len(rows), since, is_whole=since is None)


def _bounded(part: Part, since: date) -> Part:
    moment = datetime.combine(since, time(), UTC)
    return replace(part, statement=part.statement.where(part.ordering.column >= moment))


def _since(connection: Connection, wanted: QuoteFilter, found: Ways) -> date | None:
    """The day from which on what leads has as many quotes as are looked at; None if all are."""
    most = _STEPS.get(found.lead)
    if most is None or wanted == QuoteFilter():
        return None
    period = wanted.period
    day: ColumnElement[date]
    if found.lead in ("speaker", "about"):
        pks = found.speakers if found.lead == "speaker" else found.about
        counter = entity_day.c.quotes if found.lead == "speaker" else entity_day.c.quoted_about
        day, of_lead = entity_day.c.day, any_of(entity_day.c.entity, pks)
    else:
        counter, day = publisher_day.c.quotes, publisher_day.c.day
        of_lead = any_of(publisher_day.c.publisher, wanted.publishers)
    if period.end is not None:
        of_lead = [*of_lead, day <= _day(period.end)]
    if period.start is not None:
        of_lead = [*of_lead, day >= _day(period.start)]
    by_day = select(day, func.sum(counter)).where(*of_lead, counter > 0).group_by(day)
    looked_at, last = 0, None
    for at, quotes in connection.execute(by_day.order_by(day.desc())):
        if looked_at >= most:
            return last
        looked_at, last = looked_at + quotes, at
    return None


def _day(bound: date | datetime) -> date:
    return bound.date() if isinstance(bound, datetime) else bound
