"""Corrections in requests and answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.api.schemas.common import Listing, Schema
from app.domain import SpeakerStatus

CorrectionKind = Literal[
    "speaker", "rejection", "rename", "merge", "split", "suppression", "withdrawal", "undo"
]

_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Reason = Annotated[
    str | None,
    Field(min_length=1, max_length=2000, description="Why: kept in the log, for all to read."),
]


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: _Reason = None


class QuoteCorrection(_Request):
    """What is to change of a quote; what is left out stays."""

    speaker: Annotated[
        _Id | None,
        Field(description="Id of the entity that speaks; null where it is none on record."),
    ] = None
    status: Annotated[
        SpeakerStatus | None,
        Field(description="Without a `speaker`: `unnamed` or `unresolved` (the default)."),
    ] = None
    described_as: Annotated[
        str | None,
        Field(min_length=1, max_length=500, description="What an `unnamed` speaker is called."),
    ] = None
    rejected: Annotated[
        bool | None,
        Field(description="True says that this is no quote: it is served no more."),
    ] = None


class EntityCorrection(_Request):
    """What is to change of an entity."""

    name: Annotated[
        str, Field(min_length=1, max_length=500, description="Its name on record from now on.")
    ]


class Merge(_Request):
    """Which entity this one is."""

    into: Annotated[_Id, Field(description="Id of the entity that stays.")]


class Split(_Request):
    """In which articles an entity is another one."""

    articles: Annotated[
        list[_Id],
        Field(min_length=1, max_length=10_000, description="Ids of articles that mention it."),
    ]
    name: Annotated[
        str | None,
        Field(min_length=1, max_length=500, description="What it is called in these articles."),
    ] = None


class Reason(_Request):
    """Why."""


class Correction(Schema):
    """One entry of the log. An undo is an entry of its own; nothing is deleted."""

    id: str
    kind: CorrectionKind
    target: Annotated[str, Field(description="Id of the quote, entity or article.")]
    old: Annotated[
        Any, Field(description="What stood there before; null where the kind has no such thing.")
    ]
    new: Annotated[
        Any,
        Field(
            description="By kind: `{speaker, status, described_as}`, `{rejected}`, `{name}`, "
            "`{into}`, `{entity, name, articles, rename}` (the new entity of a split, the articles "
            "that it got, and the renaming of the other part, if it was named), `{suppressed}`, "
            "`{withdrawn}`, `{correction}` (what an undo undid). Null where what it speaks of is "
            "suppressed."
        ),
    ]
    actor: Annotated[
        str,
        Field(
            description="The key's label or id; `local` for the machine's own, `resolution` for "
            "people whom an ingestion job joined."
        ),
    ]
    reason: str | None
    at: AwareDatetime
    undone_by: Annotated[str | None, Field(description="Id of the correction that undid it.")]


class CorrectionList(Listing[Correction]):
    """A page of the log, newest first."""
