"""Examples of statistics: a few outlets and people that do not exist."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from app.api.schemas import statistics as s
from app.api.schemas.common import EntityRef, Total
from app.api.schemas.entities import Counts
from app.domain import EntityKind

_MARA = EntityRef(id="e_mara", name="Mara Lindqvist")
_PORT = EntityRef(id="e_port", name="Port Aster")
_ONE = Total(value=1, relation="eq")
_TOTAL = Total(value=31_204, relation="eq")


def _facet(*values: tuple[str, int], is_whole: bool = False) -> s.FacetCounts:
    rows = [s.QuoteCount(value=value, quotes=quotes) for value, quotes in values]
    return s.FacetCounts(values=rows, more=False, is_whole=is_whole)


def _entities(who: EntityRef, quotes: int, *, is_whole: bool) -> s.FacetCounts:
    row = s.QuoteCount(value=who.id, entity=who, quotes=quotes)
    return s.FacetCounts(values=[row], more=True, is_whole=is_whole)


STATISTICS = s.QuoteStatistics(
    by="speaker",
    results=[s.QuoteCount(value=_MARA.id, entity=_MARA, quotes=214)],
    more=True,
    total=_TOTAL,
    window=s.CountedWindow(is_whole=True, newest=None, since=None, basis="sums"),
)
FACETS = s.QuoteFacets(
    facets=s.Facets(
        kind=_facet(("indirect", 1_611), ("direct", 902), ("mixed", 487)),
        speaker_status=_facet(("resolved", 2_420), ("unnamed", 390), ("unresolved", 190)),
        cue_class=_facet(("speech", 2_800), ("belief", 200)),
        polarity=_facet(("asserted", 2_893), ("denied", 107)),
        publisher=_facet(("The Aster Courier", 19_011), ("Lindholm Post", 12_193), is_whole=True),
        speaker=_entities(_MARA, 214, is_whole=True),
        about=_entities(_PORT, 160, is_whole=False),
        month=_facet(("2031-03-01", 1_204), ("2031-02-01", 30_000), is_whole=True),
    ),
    total=_TOTAL,
    window=s.CountedWindow(is_whole=False, newest=3_000, since=None, basis="quotes"),
)
RISING = s.RisingSpeakers(
    results=[
        s.RisingSpeaker(
            **dict(_MARA),
            kind=EntityKind.PERSON,
            quotes=12,
            before=8,
            ratio=6.0,
            score=18.462,
        )
    ],
    recent=s.ComparedDays(
        published_from=date(2031, 3, 1), published_to=date(2031, 3, 8), quotes=300
    ),
    before=s.ComparedDays(
        published_from=date(2031, 2, 1), published_to=date(2031, 3, 1), quotes=1_200
    ),
    is_whole=True,
)
PUBLISHERS = s.PublisherList(
    results=[
        s.PublisherSummary(
            name="The Aster Courier",
            articles=1_322,
            quotes=19_011,
            first_seen=date(2030, 11, 2),
            last_seen=date(2031, 3, 7),
        )
    ],
    next=None,
    total=_ONE,
    stable=False,
)
RELATED = s.RelatedList(
    results=[
        s.RelatedEntity(
            **dict(_PORT),
            kind=EntityKind.LOCATION,
            articles=9,
            strength=61.118,
            counts=Counts(articles=40, mentions=131, quotes=0, quoted_about=22),
        )
    ],
    next=None,
    total=_ONE,
    stable=False,
    window=s.RelatedWindow(most_co_mentioned=1_000, is_whole=True),
)
TIMELINE = s.Timeline(
    interval="week",
    results=[
        s.TimelineInterval(
            start=date(2031, 2, 24), articles=4, mentions=19, quotes=6, quoted_about=1
        ),
        s.TimelineInterval(
            start=date(2031, 3, 3), articles=8, mentions=38, quotes=14, quoted_about=3
        ),
    ],
    window=s.TimelineWindow(newest=1_000, is_whole=True),
)

BY_OPERATION: dict[str, BaseModel] = {
    "count_quotes": STATISTICS,
    "list_facets": FACETS,
    "list_rising_speakers": RISING,
    "list_publishers": PUBLISHERS,
    "list_related_entities": RELATED,
    "get_entity_timeline": TIMELINE,
}
