"""What entities are elsewhere, and which of them may be one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.common import EntityRef, Schema


class ExternalId(Schema):
    """The identifier that an authority file gives an entity."""

    authority: Annotated[str, Field(description="Name of the authority file.")]
    id: Annotated[str, Field(description="The identifier there.")]


class MergeProposal(Schema):
    """Another entity that may be the same; nothing is merged until an editor does."""

    entity: EntityRef
    score: Annotated[
        float, Field(ge=0, le=1, description="How sure it is; no calibrated probability.")
    ]
    reasons: Annotated[
        list[str], Field(description="What the two have in common, the weightiest first.")
    ]
    article: Annotated[str, Field(description="Id of the article that shows it.")]
