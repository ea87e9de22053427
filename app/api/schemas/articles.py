"""Articles in answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from app.api.offsets import OffsetUnit
from app.api.schemas.common import ArticleRef, Listing, PrintedTime, Provenance, Schema, Span, Zone
from app.api.schemas.places import Place
from app.domain import EntityKind, MentionType

TextWithheld = Literal["key-required", "not-published"]


class ArticleSummary(Schema):
    """An article in a list."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    agency: Annotated[str | None, Field(description="News agency it was taken from.")]
    authors: list[str]
    language: Annotated[str | None, Field(description="ISO 639-1 code.")]
    published: PrintedTime | None
    duplicate_of: Annotated[
        str | None,
        Field(
            description="Id of the article that was first to bring this copy, where another one "
            "was: most of the shorter text stands in the other one, word by word."
        ),
    ]


class ArticleItem(ArticleSummary):
    """An article with its text. All offsets count into `text`."""

    updated: PrintedTime | None
    dateline: Annotated[str | None, Field(description="Place the story was filed from.")]
    first_seen: Annotated[AwareDatetime, Field(description="When it was first ingested.")]
    changed: Annotated[AwareDatetime, Field(description="When its record last changed.")]
    sightings: Annotated[int, Field(description="How often the article has been met.")]
    duplicates: Annotated[
        list[ArticleRef],
        Field(description="The newest 50 of the articles that bring the same copy later."),
    ]
    revision: Annotated[int, Field(description="Number of its texts so far; this is the newest.")]
    offset_unit: OffsetUnit
    text: Annotated[str | None, Field(description="Null where `text_withheld` says why.")]
    text_withheld: Annotated[
        TextWithheld | None,
        Field(
            description="Why `text`, and that of the zones, is null: `key-required` (a key opens "
            "it) or `not-published` (this server gives out no full texts). Offsets stay right."
        ),
    ]
    zones: list[Zone]
    provenance: Annotated[
        Provenance | None, Field(description="Null while nothing has been extracted yet.")
    ]


class Mention(Span):
    """A stretch of text that refers to an entity by name, description or pronoun."""

    type: MentionType
    confidence: Annotated[float | None, Field(description="Null until it is calibrated.")]


Salience = Annotated[
    float | None,
    Field(
        ge=0,
        le=1,
        description="How far the article is about it; null where that was not worked out.",
    ),
]
Roles = Annotated[
    list[Span],
    Field(description="What the article calls a person, each once, where it first does."),
]


class MentionedEntity(Schema):
    """An entity with its mentions in one article, in text order."""

    id: str
    kind: EntityKind
    name: str
    salience: Salience
    mentions: list[Mention]
    roles: Roles
    place: Annotated[Place | None, Field(description="Where this article locates it.")]


class ArticleList(Listing[ArticleSummary]):
    """A page of articles, newest first."""


class MentionedEntityList(Listing[MentionedEntity]):
    """A page of an article's entities."""

    offset_unit: OffsetUnit
    provenance: Annotated[
        Provenance | None, Field(description="Null while nothing has been extracted yet.")
    ]
