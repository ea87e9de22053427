"""Query parameters: one annotated type each, and the refusal of those that a path lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, cast, get_origin

from fastapi import Path, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import Field, PlainValidator, WithJsonSchema

from app.api.offsets import OffsetUnit
from app.api.problems import Problem, nearest
from app.domain import CueClass, EntityKind, Polarity, QuoteKind, SpeakerStatus
from app.identity import url_key
from app.store.read.entities import Sort
from app.store.read.mentioned import MentionedSort

MAX_LIMIT = 200
LONGEST_ID = 200
LONGEST_CURSOR = 4_000
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?P<zone>[Zz]|[+ -]\d\d:\d\d)?"
)
_BOUND_PATTERN = r"^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))?$"


def parse_bound(value: Any) -> date | datetime:
    """A bound of a period: a date, or an aware datetime. Raises ValueError with advice."""
    plain = str(value)
    try:
        if _DATE.fullmatch(plain):
            return date.fromisoformat(plain)
        match = _DATE_TIME.fullmatch(plain)
        if match is None:
            raise ValueError("not in the form")
    except ValueError:
        raise ValueError(
            f"{plain!r} is no date (2021-09-08) or RFC 3339 time (2021-09-08T07:12:00Z)"
        ) from None
    zone = match["zone"]
    if zone is None:
        raise ValueError(
            f"{plain!r} has no time zone; append Z or an offset such as %2B02:00, or give a date"
        )
    if zone.startswith(" "):
        raise ValueError(f"{plain!r} has a space for its plus sign; write + as %2B in an address")
    return _aware(plain)


def _aware(plain: str) -> datetime:
    try:
        moment = datetime.fromisoformat(plain.upper())
    except ValueError as error:
        raise ValueError(f"{plain!r} is no time: {error}") from None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # A zone carries it over the edge of the calendar; nothing was published out there.
        return (datetime.min if moment.year == 1 else datetime.max).replace(tzinfo=UTC)


_Bound = Annotated[
    date | datetime,
    PlainValidator(parse_bound),
    # One string: generators of clients and /docs make nothing good of a choice of two formats.
    WithJsonSchema({"type": "string", "pattern": _BOUND_PATTERN}),
]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
_Word = Annotated[str, Field(min_length=1, max_length=500)]

_PathId = Annotated[str, Field(max_length=LONGEST_ID)]

_OR = "Repeat the parameter for any of several values."

ArticleId = Annotated[_PathId, Path(description="Id of an article.", examples=["a_harbour"])]
EntityId = Annotated[_PathId, Path(description="Id of an entity.", examples=["e_mara"])]
QuoteId = Annotated[_PathId, Path(description="Id of a quote.", examples=["q_cranes"])]
Limit = Annotated[
    int,
    Query(ge=1, le=MAX_LIMIT, description="How many results a page has.", examples=[50]),
]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=LONGEST_CURSOR,
        description="Continues a list: take it from `next`, or follow `next` itself. It belongs to "
        "its filters and sort.",
    ),
]
IncludeDuplicates = Annotated[
    bool,
    Query(
        description="Whether articles that bring the copy of an earlier one are listed as well "
        "(`duplicate_of`).",
        examples=[True],
    ),
]
Offsets = Annotated[
    OffsetUnit,
    Query(
        description="What offsets count: `codepoint` (Python, Rust) or `utf16` (JavaScript "
        "strings).",
        examples=["utf16"],
    ),
]
PublishedFrom = Annotated[
    _Bound | None,
    Query(
        description="Published at this time or later. A date is compared with the day as printed; "
        "an RFC 3339 time, zone required, with the instant (a printed time without a zone counts "
        "as UTC). Articles without a known date are left out.",
        examples=["2031-03-01"],
    ),
]
PublishedTo = Annotated[
    _Bound | None,
    Query(
        description="Published before this time or day (exclusive); see `published_from`.",
        examples=["2031-04-01"],
    ),
]
Speakers = Annotated[
    list[Id] | None,
    Query(
        alias="speaker",
        description=f"Ids of entities that speak. {_OR} The id of a merged entity finds what it "
        "was merged into.",
        examples=[["e_mara"]],
    ),
]
About = Annotated[
    list[Id] | None,
    Query(
        alias="about",
        description="Ids of entities that the quote is about: named, or meant by a description or "
        f"pronoun, inside its content. {_OR}",
        examples=[["e_port"]],
    ),
]
Entities = Annotated[
    list[Id] | None,
    Query(
        alias="entity",
        description=f"Ids of entities that the article mentions. {_OR}",
        examples=[["e_mara"]],
    ),
]
Publishers = Annotated[
    list[_Word] | None,
    Query(
        alias="publisher",
        description=f"Names of outlets, exactly as in answers. {_OR}",
        examples=[["The Aster Courier"]],
    ),
]
Languages = Annotated[
    list[Annotated[str, Field(pattern="^[a-z]{2,3}$")]] | None,
    Query(alias="language", description=f"ISO 639 codes. {_OR}", examples=[["en"]]),
]
Urls = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=4000, json_schema_extra={"format": "uri"})]]
    | None,
    Query(
        alias="url",
        description="Addresses of articles; scheme, fragment, `www.`, tracking parameters and a "
        f"trailing slash do not matter. {_OR}",
        examples=[["https://courier.example/port-reopens"]],
    ),
]
QuoteKinds = Annotated[
    list[QuoteKind] | None,
    Query(alias="kind", description=f"Kinds of quote. {_OR}", examples=[["direct"]]),
]
SpeakerStatuses = Annotated[
    list[SpeakerStatus] | None,
    Query(
        alias="speaker_status",
        description=f"What is known of the speaker. {_OR}",
        examples=[["resolved"]],
    ),
]
CueClasses = Annotated[
    list[CueClass] | None,
    Query(
        alias="cue_class",
        description=f"Whether it is said, believed, intended or felt. {_OR}",
        examples=[["speech"]],
    ),
]
Polarities = Annotated[
    list[Polarity] | None,
    Query(
        alias="polarity",
        description=f"Whether it is asserted, denied or asked. {_OR}",
        examples=[["asserted"]],
    ),
]
MinConfidence = Annotated[
    float | None,
    Query(
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="The lowest `confidence`. Quotes whose `confidence` is null are left out, at 0 "
        "too.",
        examples=[0.9],
    ),
]
EntityKinds = Annotated[
    list[EntityKind] | None,
    Query(alias="kind", description=f"Kinds of entity. {_OR}", examples=[["person"]]),
]
NamePrefix = Annotated[
    _Word | None,
    Query(
        alias="q",
        description="How the name or an alias starts; case, spacing and full stops do not matter. "
        "No character is a wildcard.",
        examples=["mara"],
    ),
]
MinMentions = Annotated[
    int,
    Query(
        ge=0,
        le=2**31,
        description="Mentioned at least so often; 0 also lists entities whose articles are gone.",
        examples=[2],
    ),
]
EntitySort = Annotated[
    Sort,
    Query(
        alias="sort",
        description="Only `name:asc` stays put while articles arrive (`stable` in the answer).",
        examples=["quotes:desc"],
    ),
]
MentionedEntitySort = Annotated[
    MentionedSort,
    Query(
        alias="sort",
        description="By first mention, or whom the article is most about first.",
        examples=["salience:desc"],
    ),
]


async def known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not declare, and single ones given twice."""
    declared = _declared(request.scope["route"])
    given = [name for name, _ in request.query_params.multi_items()]
    errors = []
    for name in dict.fromkeys(given):
        if name not in declared:
            near = nearest(name, declared)
            hint = f"did you mean {near!r}?" if near else _choices(declared)
            errors.append((f"/query/{name}", f"There is no parameter {name!r}; {hint}"))
    if errors:
        raise Problem("unknown-parameter", " ".join(text for _, text in errors), errors=errors)
    for name in dict.fromkeys(given):
        if given.count(name) > 1 and not declared[name]:
            text = f"{name!r} may be given once only."
            raise Problem("invalid-parameter", text, errors=[(f"/query/{name}", text)])


def _choices(declared: dict[str, bool]) -> str:
    if not declared:
        return "this path takes none."
    return f"this path takes {', '.join(sorted(declared))}."


_known: dict[Any, dict[str, bool]] = {}


def _declared(route: APIRoute) -> dict[str, bool]:
    """The query parameters of a route, with whether they may be repeated."""
    if route.endpoint not in _known:
        _known[route.endpoint] = dict(_query_parameters(route.dependant))
    return _known[route.endpoint]


def _query_parameters(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for field in dependant.query_params:
        yield field.alias, _is_list(field.field_info.annotation)
    for nested in dependant.dependencies:
        yield from _query_parameters(nested)


def _is_list(annotation: Any) -> bool:
    if get_origin(annotation) is list:
        return True
    return any(
        _is_list(part) for part in cast(tuple[Any, ...], getattr(annotation, "__args__", ()))
    )


def url_keys(urls: list[str] | None) -> list[str] | None:
    """The keys under which articles of these addresses are on record."""
    if urls is None:
        return None
    keys = []
    for url in urls:
        try:
            keys.append(url_key(url))
        except ValueError:
            text = f"{url!r} is no web address."
            raise Problem("invalid-parameter", text, errors=[("/query/url", text)]) from None
    return keys
