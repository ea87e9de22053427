"""An article's texts over time."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from app.api.offsets import OffsetUnit
from app.api.schemas.articles import TextWithheld
from app.api.schemas.common import Listing, Schema, Zone


class RevisionSummary(Schema):
    """One text of an article in a list."""

    n: Annotated[int, Field(description="Counts the article's texts from 1.")]
    created_at: Annotated[AwareDatetime, Field(description="When this text was first ingested.")]
    sha256: Annotated[str, Field(description="SHA-256 of the text in UTF-8, hexadecimal.")]
    characters: Annotated[int, Field(description="Length of the text in Unicode code points.")]
    current: Annotated[bool, Field(description="Whether it is the text that the article shows.")]


class RevisionItem(RevisionSummary):
    """One text of an article. All offsets count into `text`."""

    article: Annotated[str, Field(description="Id of the article.")]
    offset_unit: OffsetUnit
    text: Annotated[str | None, Field(description="Null where `text_withheld` says why.")]
    text_withheld: Annotated[
        TextWithheld | None,
        Field(description="Why `text`, and that of the zones, is null; as for an article."),
    ]
    zones: list[Zone]


class RevisionList(Listing[RevisionSummary]):
    """A page of an article's texts, newest first."""
