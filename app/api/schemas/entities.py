"""Entities in answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from app.api.schemas.common import Listing, Schema
from app.api.schemas.identity import ExternalId, MergeProposal
from app.api.schemas.places import Place
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


class Role(Schema):
    """What articles call a person: an office, a profession, a relation."""

    text: Annotated[str, Field(description="As most of these articles write it.")]
    articles: Annotated[int, Field(description="How many articles say so.")]
    first_seen: Annotated[date, Field(description="Day of the earliest of them.")]
    last_seen: Annotated[date, Field(description="Day of the latest of them.")]


class EntityItem(EntitySummary):
    """An entity in full."""

    aliases: Annotated[list[str], Field(description="Every name it was seen under.")]
    roles: Annotated[
        list[Role], Field(description="The commonest first, at most 50; empty but for people.")
    ]
    place: Annotated[
        Place | None,
        Field(
            description="Where most articles locate it; shares are means over these articles. "
            "Null for people and organisations, and where no place was found."
        ),
    ]
    external_ids: Annotated[
        list[ExternalId], Field(description="What it is called in authority files.")
    ]
    merge_proposals: Annotated[
        list[MergeProposal] | None,
        Field(
            description="Other entities that may be the same, the surest first, at most 50; null "
            "unless asked for by `fields=merge_proposals`."
        ),
    ]


class EntityList(Listing[EntitySummary]):
    """A page of entities."""

    stable: Annotated[
        bool,
        Field(
            description="False where the sort is by values that change as articles arrive: paging "
            "may then repeat or skip an entity."
        ),
    ]
