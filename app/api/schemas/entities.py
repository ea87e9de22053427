"""Entities in answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from app.api.schemas.common import Listing, Schema
from app.domain import EntityKind


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
    first_seen: AwareDatetime
    last_seen: AwareDatetime


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
