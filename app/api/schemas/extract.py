"""What `POST /v1/extract` takes and gives."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.offsets import OffsetUnit
from app.api.schemas.articles import Mention, Roles, Salience
from app.api.schemas.common import PrintedTime, Schema, Zone
from app.api.schemas.documents import DocumentRequest
from app.api.schemas.places import Place
from app.api.schemas.quotes import QuoteCore, QuoteParts
from app.domain import EntityKind

Line = Annotated[str, Field(min_length=1, max_length=1000)]


class ExtractRequest(DocumentRequest):
    """A text or an HTML page to extract from, with what is known about it."""

    title: Annotated[Line | None, Field(description="Title, where `text` lacks it.")] = None
    language: Annotated[
        Annotated[str, Field(pattern="^[a-z]{2}$")] | None,
        Field(description="ISO 639-1 code; detected where it is left out."),
    ] = None


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
