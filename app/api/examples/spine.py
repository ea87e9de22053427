"""Examples for the OpenAPI document: one article about people and places that do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pydantic import BaseModel

from app.api.offsets import OffsetMap, OffsetUnit
from app.api.present import paragraph, span, zones
from app.api.schemas import articles as a
from app.api.schemas import common as c
from app.api.schemas import entities as e
from app.api.schemas import extract as x
from app.api.schemas import identity as i
from app.api.schemas import meta as m
from app.api.schemas import places as p
from app.api.schemas import quotes as q
from app.domain import (
    CueClass,
    EntityKind,
    MentionType,
    Polarity,
    Precision,
    QuoteKind,
    SpeakerStatus,
    Via,
    ZoneKind,
)

TEXT = (
    "PORT ASTER - The harbour reopens in March, Mara Lindqvist said on Monday.\n\n"
    "“The cranes of Port Aster will move again 🏗,” the harbour minister promised."
)
_AT = OffsetMap(TEXT, OffsetUnit.CODEPOINT)
_QUOTED = "“The cranes of Port Aster will move again 🏗,”"
_BREAK = TEXT.index("\n\n")
_ZONES = [
    (ZoneKind.PARAGRAPH, 0, _BREAK, None),
    (ZoneKind.DATELINE, 0, len("PORT ASTER - "), "PORT ASTER"),
    (ZoneKind.PARAGRAPH, _BREAK + 2, len(TEXT), None),
]


def _span(part: str) -> c.Span:
    start = TEXT.index(part)
    return span(start, start + len(part), _AT)


def _mention(part: str, type_: MentionType) -> a.Mention:
    return a.Mention(**_span(part).model_dump(), type=type_, confidence=None)


_MARA = c.EntityRef(id="e_mara", name="Mara Lindqvist")
_PORT = c.EntityRef(id="e_port", name="Port Aster")
_PUBLISHED = c.PrintedTime(
    instant=datetime(2031, 3, 3, 7, 12, tzinfo=UTC),
    date=date(2031, 3, 3),
    printed="2031-03-03T07:12:00Z",
    precision=Precision.SECOND,
    zone_assumed=None,
)
_ARTICLE = c.ArticleRef(
    id="a_harbour",
    url="https://courier.example/port-reopens",
    title="Harbour to reopen",
    publisher="The Aster Courier",
    published=_PUBLISHED,
)
_PROVENANCE = c.Provenance(
    extractor="0.1.0", model="en_core_web_md-3.7.1", article_revision=1, corrected=False
)
_TOTAL = c.Total(value=1, relation="eq")
_SPEAKER = q.Speaker(id=_MARA.id, name=_MARA.name, status=SpeakerStatus.RESOLVED)
_SUMMARY = a.ArticleSummary(
    **dict(_ARTICLE),
    agency=None,
    authors=["Tomas Quillfeather"],
    language="en",
    duplicate_of=None,
)
_MENTIONS = [
    _mention("Mara Lindqvist", MentionType.NAME),
    _mention("the harbour minister", MentionType.NOMINAL),
]
_PARTS = {
    "content": [_span(_QUOTED)],
    "cue_span": _span("promised"),
    "source": _span("the harbour minister"),
    "evidence": q.Evidence(via=Via.NOMINAL, antecedent=_span("Mara Lindqvist"), alternatives=[]),
    "about": [_PORT],
    "paragraph": paragraph(_ZONES, TEXT.index(_QUOTED), _AT),
    "parent": None,
    "verbatim": True,
}
_QUOTE = q.QuoteSummary(
    id="q_cranes",
    kind=QuoteKind.DIRECT,
    text=_QUOTED,
    speaker=_SPEAKER,
    cue="promised",
    cue_class=CueClass.SPEECH,
    polarity=Polarity.ASSERTED,
    confidence=0.93,
    article=_ARTICLE,
)
_ENTITY = e.EntitySummary(
    id=_MARA.id,
    kind=EntityKind.PERSON,
    name=_MARA.name,
    counts=e.Counts(articles=12, mentions=57, quotes=20, quoted_about=4),
    first_seen=date(2030, 11, 2),
    last_seen=date(2031, 3, 3),
)


_ON_MAP = p.PlaceCore(
    key="geonames:1",
    name="Port Aster",
    kind="town",
    lat=54.5,
    lon=10.25,
    country="DE",
    region="Schleswig-Holstein",
)
_INLAND = _ON_MAP.model_copy(
    update={"key": "geonames:2", "lat": 50.1, "lon": 8.75, "region": "Hesse"}
)
_PLACE = p.Place(
    **dict(_ON_MAP),
    confidence=0.91,
    alternatives=[p.OtherPlace(**dict(_INLAND), score=0.09)],
)


def _listed(who: c.EntityRef, kind: EntityKind) -> e.EntityList:
    row = _ENTITY.model_copy(update={"id": who.id, "name": who.name, "kind": kind})
    return e.EntityList(results=[row], next=None, total=_TOTAL, stable=False)


ARTICLES = a.ArticleList(results=[_SUMMARY], next=None, total=_TOTAL)
ARTICLE = a.ArticleItem(
    **dict(_SUMMARY),
    updated=None,
    dateline="PORT ASTER",
    first_seen=datetime(2031, 3, 3, 8, 0, tzinfo=UTC),
    changed=datetime(2031, 3, 3, 8, 0, tzinfo=UTC),
    sightings=1,
    duplicates=[],
    revision=1,
    offset_unit=OffsetUnit.CODEPOINT,
    text=TEXT,
    text_withheld=None,
    zones=zones(_ZONES, _AT),
    provenance=_PROVENANCE,
)
ARTICLE_ENTITIES = a.MentionedEntityList(
    results=[
        a.MentionedEntity(
            id=_MARA.id,
            kind=EntityKind.PERSON,
            name=_MARA.name,
            salience=0.82,
            mentions=_MENTIONS,
            roles=[_span("harbour minister")],
            place=None,
        )
    ],
    next=None,
    total=_TOTAL,
    offset_unit=OffsetUnit.CODEPOINT,
    provenance=_PROVENANCE,
)
QUOTES = q.QuoteList(results=[_QUOTE], next=None, total=_TOTAL)
_IN_FULL = q.ArticleQuote(
    **dict(_QUOTE), **_PARTS, offset_unit=OffsetUnit.CODEPOINT, provenance=_PROVENANCE
)
_SIGHTING = q.Sighting(
    id="q_cranes_again",
    speaker=_SPEAKER,
    article=c.ArticleRef(
        id="a_harbour_again",
        url="https://post.example/harbour",
        title="Cranes to move again",
        publisher="Lindholm Post",
        published=_PUBLISHED,
    ),
)
QUOTE = q.QuoteItem(
    **dict(_IN_FULL),
    sightings=[_SIGHTING],
    sightings_total=_TOTAL,
    first_sighting=None,
)
ARTICLE_QUOTES = q.ArticleQuoteList(
    results=[_IN_FULL], next=None, total=_TOTAL, offset_unit=OffsetUnit.CODEPOINT
)
ENTITIES = e.EntityList(results=[_ENTITY], next=None, total=_TOTAL, stable=False)
LOCATIONS = _listed(_PORT, EntityKind.LOCATION)
ORGANISATIONS = _listed(
    c.EntityRef(id="e_authority", name="Aster Harbour Authority"), EntityKind.ORGANISATION
)
LOCATIONS_GEOJSON = p.LocationCollection(
    type="FeatureCollection",
    features=[
        p.LocationFeature(
            type="Feature",
            id=_PORT.id,
            geometry=p.Point(type="Point", coordinates=(_ON_MAP.lon, _ON_MAP.lat)),
            properties=p.LocationProperties(
                name=_PORT.name,
                place=_ON_MAP.name,
                place_key=_ON_MAP.key,
                place_kind=_ON_MAP.kind,
                country=_ON_MAP.country,
                region=_ON_MAP.region,
                confidence=_PLACE.confidence,
                articles=12,
                mentions=57,
                quoted_about=4,
                first_seen=date(2030, 11, 2),
                last_seen=date(2031, 3, 3),
            ),
        )
    ],
    next=None,
    total=_TOTAL,
    stable=False,
)
ENTITY = e.EntityItem(
    **dict(_ENTITY),
    aliases=["Lindqvist", "Mara Lindqvist"],
    roles=[
        e.Role(
            text="harbour minister",
            articles=9,
            first_seen=date(2030, 12, 1),
            last_seen=date(2031, 3, 3),
        )
    ],
    place=None,
    external_ids=[i.ExternalId(authority="aster-registry", id="P-1207")],
    merge_proposals=[
        i.MergeProposal(
            entity=c.EntityRef(id="e_m_lindqvist", name="M. Lindqvist"),
            score=0.94,
            reasons=["called minister in both", "in port aster", "in connection with harbour"],
            article=_ARTICLE.id,
        )
    ],
)

EXTRACT_REQUEST = {"text": TEXT, "language": "en"}
EXTRACT = x.ExtractAnswer(
    offset_unit=OffsetUnit.CODEPOINT,
    language="en",
    title=None,
    published=None,
    text=TEXT,
    zones=zones(_ZONES, _AT),
    entities=[
        x.ExtractedEntity(
            id="e1",
            kind=EntityKind.PERSON,
            name=_MARA.name,
            aliases=[],
            salience=0.82,
            mentions=_MENTIONS,
            roles=[_span("harbour minister")],
            place=None,
        ),
        x.ExtractedEntity(
            id="e2",
            kind=EntityKind.LOCATION,
            name=_PORT.name,
            aliases=["PORT ASTER"],
            salience=0.55,
            mentions=[_mention("Port Aster", MentionType.NAME)],
            roles=[],
            place=_PLACE,
        ),
    ],
    quotes=[
        x.ExtractedQuote(
            **{**_PARTS, "about": [c.EntityRef(id="e2", name=_PORT.name)]},
            id="q1",
            kind=QuoteKind.DIRECT,
            text=_QUOTED,
            speaker=q.Speaker(id="e1", name=_MARA.name, status=SpeakerStatus.RESOLVED),
            cue="promised",
            cue_class=CueClass.SPEECH,
            polarity=Polarity.ASSERTED,
            confidence=0.93,
        )
    ],
    provenance=x.ExtractProvenance(extractor="0.1.0", model="en_core_web_md-3.7.1"),
)

HEALTH = m.Health(status="ok")
READINESS = m.Readiness(status="ready", database="current")
INDEX = m.Index(
    name="Onrecord",
    version="0.1.0",
    documentation="/docs",
    openapi="/openapi.json",
    problems="/problems",
    resources=["/v1/articles", "/v1/entities", "/v1/quotes"],
)
PROBLEM_KIND = m.ProblemKind(
    type="/problems/gone",
    code="gone",
    status=410,
    title="Gone",
    advice="It was on record and is not shown any more.",
)
PROBLEM_KINDS = m.ProblemKindList(results=[PROBLEM_KIND])

BY_OPERATION: dict[str, BaseModel] = {
    "get_quote": QUOTE,
    "list_entities": ENTITIES,
    "list_people": ENTITIES,
    "list_organisations": ORGANISATIONS,
    "list_locations": LOCATIONS,
    "list_locations_geojson": LOCATIONS_GEOJSON,
    "get_entity": ENTITY,
    "list_entity_quotes": QUOTES,
    "get_article": ARTICLE,
    "list_article_entities": ARTICLE_ENTITIES,
    "list_article_quotes": ARTICLE_QUOTES,
    "extract": EXTRACT,
    "get_index": INDEX,
    "get_health": HEALTH,
    "get_readiness": READINESS,
    "list_problems": PROBLEM_KINDS,
    "get_problem": PROBLEM_KIND,
}
