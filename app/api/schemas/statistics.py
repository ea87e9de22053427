"""Counts in answers: how often, by whom, when, with whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.common import EntityRef, Listing, Schema, Total, is_none
from app.api.schemas.entities import Counts
from app.domain import EntityKind
from app.store.read.days import Interval
from app.store.read.quote_counts import By

_STABLE = "False: counters change as articles arrive, so that paging may repeat or skip a row."


# --- counts of quotes -----------------------------------------------------------------------------


class QuoteCount(Schema):
    """How many quotes have something in common."""

    value: Annotated[
        str | None,
        Field(
            description="As the filter of that name takes it: an entity's id, an outlet, a kind, "
            "…; of an interval the first day. Null stands for articles without a known outlet."
        ),
    ]
    entity: Annotated[
        EntityRef | None, Field(exclude_if=is_none, description="The entity, where it is one.")
    ] = None
    quotes: int


class CountedWindow(Schema):
    """Which quotes were counted."""

    is_whole: Annotated[bool, Field(description="Whether all quotes of the filter were counted.")]
    newest: Annotated[
        int | None,
        Field(
            description="At most so many, the newest of the filter, were counted; null where sums "
            "told it."
        ),
    ]
    since: Annotated[
        date | None,
        Field(
            description="Few of many quotes pass the filter: those of articles before this day "
            "(UTC) were not looked at. Null where none were left out so."
        ),
    ]
    basis: Annotated[
        Literal["quotes", "sums"],
        Field(
            description="`quotes`: they were counted one by one. `sums`: sums kept by day told "
            "it; a period then means the days (UTC) under which articles sort (of publication, of "
            "ingestion where that is not known) and not the days that they print."
        ),
    ]


class QuoteStatistics(Schema):
    """Quotes of a filter, counted by one thing."""

    by: By
    results: Annotated[
        list[QuoteCount],
        Field(description="The most quotes first; of intervals the newest first."),
    ]
    more: Annotated[bool, Field(description="Whether there are more values than `limit`.")]
    total: Annotated[Total, Field(description="How many quotes the filter has.")]
    window: CountedWindow


class FacetCounts(Schema):
    """Quotes of a filter by one of several things."""

    values: Annotated[
        list[QuoteCount], Field(description="The most quotes first; of months the newest first.")
    ]
    more: Annotated[bool, Field(description="Whether there are more values than `limit`.")]
    is_whole: Annotated[
        bool,
        Field(
            description="Whether all quotes of the filter are in these counts: sums that are kept "
            "may tell it even where `window` is not the whole."
        ),
    ]


class Facets(Schema):
    """One facet for each thing that a filter of quotes can ask for, and one of time."""

    kind: FacetCounts
    speaker_status: FacetCounts
    cue_class: FacetCounts
    polarity: FacetCounts
    publisher: FacetCounts
    speaker: FacetCounts
    about: FacetCounts
    month: FacetCounts


class QuoteFacets(Schema):
    """All facets of a filter."""

    facets: Facets
    total: Annotated[Total, Field(description="How many quotes the filter has.")]
    window: CountedWindow


# --- speakers over time ---------------------------------------------------------------------------


class ComparedDays(Schema):
    """Days that are compared, as the filters of these names take them."""

    published_from: Annotated[date, Field(description="The first day (UTC).")]
    published_to: Annotated[date, Field(description="The day (UTC) after the last one.")]
    quotes: Annotated[int, Field(description="Quotes on these days, of any speaker or none.")]


class RisingSpeaker(EntityRef):
    """A speaker who is quoted more than before."""

    kind: EntityKind
    quotes: Annotated[int, Field(description="Quotes in the last days.")]
    before: Annotated[int, Field(description="Quotes in the days that they are compared with.")]
    ratio: Annotated[
        float | None,
        Field(
            description="The speaker's share of all quotes in the last days over that in the days "
            "before; null for a speaker who was not quoted then."
        ),
    ]
    score: Annotated[
        float,
        Field(
            description="Dunning's log-likelihood ratio (G²) of speaker against period: above 10.8 "
            "chance alone would do it less than once in a thousand."
        ),
    ]


class RisingSpeakers(Schema):
    """Speakers who have a larger share of all quotes than before."""

    results: Annotated[list[RisingSpeaker], Field(description="The highest `score` first.")]
    recent: ComparedDays
    before: ComparedDays
    is_whole: Annotated[
        bool,
        Field(
            description="False where the days asked for hold too much to be compared in one "
            "request: `recent` and `before` say which fewer days were."
        ),
    ]


class TimelineInterval(Schema):
    """How often an entity occurs in an interval."""

    start: Annotated[date, Field(description="First day; a week's is a Monday (ISO 8601).")]
    articles: int
    mentions: int
    quotes: Annotated[int, Field(description="Quotes by it.")]
    quoted_about: Annotated[int, Field(description="Quotes about it.")]


class TimelineWindow(Schema):
    """How much of the timeline is answered."""

    newest: Annotated[int, Field(description="At most so many intervals, the newest.")]
    is_whole: Annotated[
        bool,
        Field(
            description="False where there are older ones: ask for them with the first `start` as "
            "`published_to`."
        ),
    ]


class Timeline(Schema):
    """An entity over time, oldest interval first; intervals without it are left out."""

    interval: Interval
    results: list[TimelineInterval]
    window: TimelineWindow


# --- entities together, outlets -------------------------------------------------------------------


class RelatedEntity(EntityRef):
    """An entity that articles mention together with another."""

    kind: EntityKind
    articles: Annotated[
        int, Field(description="Articles in which both are among the 16 most salient entities.")
    ]
    strength: Annotated[
        float,
        Field(
            description="Dunning's log-likelihood ratio (G²) of both in one article, negative "
            "where they are together less often than by chance."
        ),
    ]
    counts: Annotated[Counts, Field(description="Its own counters.")]


class RelatedWindow(Schema):
    """What was sorted by strength."""

    most_co_mentioned: Annotated[
        int, Field(description="At most so many entities, those with the most common articles.")
    ]
    is_whole: Annotated[bool, Field(description="Whether these are all.")]


class RelatedList(Listing[RelatedEntity]):
    """A page of related entities."""

    stable: Annotated[bool, Field(description=_STABLE)]
    window: Annotated[
        RelatedWindow | None,
        Field(description="Null unless sorted by strength: other lists have all of them."),
    ]


class PublisherSummary(Schema):
    """An outlet, with what is on record of it."""

    name: Annotated[
        str | None,
        Field(description="As `publisher` takes it; null: articles without a known one."),
    ]
    articles: int
    quotes: int
    first_seen: Annotated[date, Field(description="Day (UTC) of its earliest article.")]
    last_seen: Annotated[date, Field(description="Day (UTC) of its latest article.")]


class PublisherList(Listing[PublisherSummary]):
    """A page of outlets."""

    stable: Annotated[bool, Field(description=_STABLE)]
