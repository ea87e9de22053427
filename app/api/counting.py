"""Parameters of statistics, and their answers from what the store counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import PlainValidator, WithJsonSchema

from app.api import present
from app.api.schemas import statistics as s
from app.api.schemas.common import EntityRef
from app.domain import EntityKind
from app.store.read import publishers, quote_counts, related, rising
from app.store.read.days import Interval as _Interval
from app.store.read.related import RelatedSort as _RelatedSort

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _parse_day(value: Any) -> date:
    plain = str(value)
    try:
        if _DAY.fullmatch(plain):
            return date.fromisoformat(plain)
    except ValueError:
        pass
    raise ValueError(f"{plain!r} is no day (2021-09-08); sums are kept by the day")


_Day = Annotated[
    date, PlainValidator(_parse_day), WithJsonSchema({"type": "string", "format": "date"})
]

By = Annotated[quote_counts.By, Query(description="What to count by.", examples=["publisher"])]
Most = Annotated[
    int, Query(alias="limit", ge=1, le=200, description="How many values to list.", examples=[20])
]
MostOfEach = Annotated[
    int,
    Query(
        alias="limit",
        ge=1,
        le=50,
        description="How many values of each facet to list.",
        examples=[10],
    ),
]
Interval = Annotated[
    _Interval, Query(description="Weeks start on Monday (ISO 8601).", examples=["week"])
]
FirstDay = Annotated[
    _Day | None,
    Query(
        alias="published_from",
        description="From this day on. Days are those (UTC) under which articles sort: of "
        "publication, or of ingestion where that is not known.",
        examples=["2031-03-01"],
    ),
]
EndDay = Annotated[
    _Day | None,
    Query(
        alias="published_to",
        description="Before this day (exclusive); see `published_from`.",
        examples=["2031-04-01"],
    ),
]
Until = Annotated[
    _Day | None,
    Query(
        description="The last of the days (UTC); without it the newest on record.",
        examples=["2031-03-07"],
    ),
]
DaysCompared = Annotated[
    int, Query(ge=1, le=31, description="How many last days to look at.", examples=[7])
]
MinQuotes = Annotated[
    int,
    Query(ge=1, le=2**31, description="Quoted at least so often in the last days.", examples=[5]),
]
RelatedSort = Annotated[
    _RelatedSort,
    Query(
        alias="sort",
        description="By common articles, or by `strength`: the latter sorts those entities alone "
        "that have the most common articles (`window` in the answer).",
        examples=["strength:desc"],
    ),
]


def _rows(rows: Sequence[quote_counts.Count]) -> list[s.QuoteCount]:
    return [
        s.QuoteCount(
            value=row.value,
            entity=None
            if row.entity is None
            else EntityRef(id=row.entity.uid, name=row.entity.name),
            quotes=row.quotes,
        )
        for row in rows
    ]


def _window(found: quote_counts.Counted) -> s.CountedWindow:
    return s.CountedWindow(**asdict(found.window))


def quote_statistics(by: quote_counts.By, found: quote_counts.Counted) -> s.QuoteStatistics:
    """Counts by one thing."""
    counts = found.counts[by]
    return s.QuoteStatistics(
        by=by,
        results=_rows(counts.rows),
        more=counts.more,
        total=present.total(found.total),
        window=_window(found),
    )


def quote_facets(found: quote_counts.Counted) -> s.QuoteFacets:
    """Counts by everything."""
    facets = {
        name: s.FacetCounts(values=_rows(counts.rows), more=counts.more, is_whole=counts.is_whole)
        for name, counts in found.counts.items()
    }
    return s.QuoteFacets(
        facets=s.Facets(**facets), total=present.total(found.total), window=_window(found)
    )


def rising_speakers(found: rising.Rising) -> s.RisingSpeakers:
    """Who rises, and which days say so."""
    return s.RisingSpeakers(
        results=[
            s.RisingSpeaker(
                id=row.uid,
                name=row.name,
                kind=EntityKind(row.kind),
                quotes=row.quotes,
                before=row.before,
                ratio=row.ratio,
                score=row.score,
            )
            for row in found.rows
        ],
        recent=_days(found.recent),
        before=_days(found.before),
        is_whole=found.is_whole,
    )


def _days(found: rising.Days) -> s.ComparedDays:
    return s.ComparedDays(published_from=found.first, published_to=found.end, quotes=found.quotes)


def related_entity(row: related.RelatedRow) -> s.RelatedEntity:
    """An entity beside another."""
    return s.RelatedEntity(
        id=row.uid,
        name=row.name,
        kind=EntityKind(row.kind),
        articles=row.together,
        strength=row.strength,
        counts=present.counts(row),
    )


def publisher_summary(row: publishers.PublisherRow) -> s.PublisherSummary:
    """An outlet."""
    return s.PublisherSummary(
        name=row.name,
        articles=row.articles,
        quotes=row.quotes,
        first_seen=row.first_day,
        last_seen=row.last_day,
    )
