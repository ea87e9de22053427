"""Entities in answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from app.api.schemas.common import Listing, Schema
from app.domain import EntityKind

_SEEN = (
    "Day of the {} article that mentions it: as printed, in UTC where a zone is printed, of "
    "ingestion where no day is."
)


class Counts(Schema):
    """How often an entity occurs in the articles shown."""

    articles: int
    mentions: int
    quotes: Annotated[int, Field(description="Quotes by it.")]
    quoted_about: Annotated[int, Field(description="Quotes about it.")]


class EntitySummary(Schema):
    """An entity in a list."""

    id: str
    kind: EntityKind
    name: str
    counts: Counts
    first_seen: Annotated[date, Field(description=_SEEN.format("earliest"))]
    last_seen: Annotated[date, Field(description=_SEEN.format("latest"))]


class EntityItem(EntitySummary):
    """An entity in full."""

    aliases: Annotated[list[str], Field(description="Every name it was seen under.")]


class EntityList(Listing[EntitySummary]):
    """A page of entities."""

    stable: Annotated[
        bool,
        Field(
            description="False where the sort is by values that change as articles arrive: paging "
            "may then repeat or skip an entity."
        ),
    ]
