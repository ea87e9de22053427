"""What `POST /v1/extract` takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.api.offsets import OffsetUnit
from app.api.schemas.articles import Mention, Roles, Salience
from app.api.schemas.common import PrintedTime, Schema, Zone
from app.api.schemas.places import Place
from app.api.schemas.quotes import QuoteCore, QuoteParts
from app.domain import EntityKind

# `text` or `html`, never both; pydantic checks it in `_exactly_one`.
_EITHER: dict[str, Any] = {
    "oneOf": [
        {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}
        for one, other in (("text", "html"), ("html", "text"))
    ]
}

Line = Annotated[str, Field(min_length=1, max_length=1000)]


class ExtractRequest(BaseModel):
    """A text or an HTML page to extract from, with what is known about it."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra=_EITHER)

    text: Annotated[str | None, Field(description="Plain text of the article.")] = None
    html: Annotated[str | None, Field(description="HTML page; its article is read.")] = None
    title: Annotated[Line | None, Field(description="Title, where `text` lacks it.")] = None
    language: Annotated[
        Annotated[str, Field(pattern="^[a-z]{2}$")] | None,
        Field(description="ISO 639-1 code; detected where it is left out."),
    ] = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give either `text` or `html`")
        return self


class ExtractedEntity(Schema):
    """An entity of this text, with an id that means nothing outside this answer."""

    id: str
    kind: EntityKind
    name: str
    aliases: list[str]
    salience: Salience
    mentions: list[Mention]
    roles: Roles
    place: Place | None


class ExtractedQuote(QuoteParts, QuoteCore):
    """A quote of this text; ids are those of this answer's `entities` and `quotes`."""


class ExtractProvenance(Schema):
    """What found it."""

    extractor: str
    model: str


class ExtractAnswer(Schema):
    """Everything found in the text. Offsets count into `text`."""

    offset_unit: OffsetUnit
    language: str | None
    title: str | None
    published: PrintedTime | None
    text: Annotated[
        str, Field(description="The text as read: line ends are \\n; of HTML, the article only.")
    ]
    zones: list[Zone]
    entities: list[ExtractedEntity]
    quotes: list[ExtractedQuote]
    provenance: ExtractProvenance
