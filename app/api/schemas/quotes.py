"""Quotes in answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.offsets import OffsetUnit
from app.api.schemas.common import (
    ArticleRef,
    EntityRef,
    Listing,
    Provenance,
    Schema,
    Span,
    Total,
    is_none,
)
from app.domain import CueClass, Polarity, QuoteKind, SpeakerStatus, Via


class Speaker(Schema):
    """Who said it. `id` and `name` are null unless `status` is `resolved`."""

    id: str | None
    name: str | None
    status: Annotated[
        SpeakerStatus,
        Field(
            description="`resolved`: an entity on record; `unnamed`: described, not named; "
            "`unresolved`: not found."
        ),
    ]
    described_as: Annotated[
        str | None,
        Field(exclude_if=is_none, description="The article's words for an unnamed speaker."),
    ] = None
    organisation: Annotated[
        EntityRef | None,
        Field(exclude_if=is_none, description="Whom an unnamed speaker speaks for."),
    ] = None


class QuoteCore(Schema):
    """Who said what, and how. `text` joins the content's spans, quotation marks included."""

    id: str
    kind: QuoteKind
    text: str
    speaker: Speaker
    cue: Annotated[str | None, Field(description='The words that report it ("warned").')]
    cue_class: CueClass
    polarity: Annotated[
        Polarity, Field(description="`denied` is the opposite of an assertion: do not quote it so.")
    ]
    confidence: Annotated[
        float | None,
        Field(
            description="The probability, 0 to 1, that a careful reader finds the same content and "
            "the same source. It is calibrated: of the quotes at 0.9 and more, at least nine in "
            "ten are right. It does not speak of `speaker`, whom the source is resolved to. Null "
            "where typography alone found the quote, and with `EXTRACTOR=rules`: no probability "
            "is known then, which does not mean a low one."
        ),
    ]


class QuoteSummary(QuoteCore):
    """A quote in a list. `text` joins the content's spans, quotation marks included."""

    article: ArticleRef


class Alternative(Schema):
    """Another entity that might have been the speaker."""

    entity: str
    name: str
    score: float


class Evidence(Schema):
    """Why the quote has the speaker it has."""

    via: Annotated[Via | None, Field(description="What the speaker was found through.")]
    antecedent: Annotated[
        Span | None, Field(description="The named mention that the source was resolved through.")
    ]
    alternatives: list[Alternative]
    extracted_speaker: Annotated[
        Speaker | None,
        Field(
            exclude_if=is_none,
            description="Whom the machine took for the speaker, where an editor has corrected it.",
        ),
    ] = None


class QuoteParts(Schema):
    """The spans of a quote and what follows from them."""

    content: list[Span]
    cue_span: Span | None
    source: Annotated[Span | None, Field(description="The words that name the speaker.")]
    evidence: Evidence
    about: Annotated[
        list[EntityRef],
        Field(description="Entities meant by a name, description or pronoun in the content."),
    ]
    paragraph: Annotated[
        Span | None,
        Field(
            description="The paragraph that the content starts in; null where the caller may not "
            "read the article's text."
        ),
    ]
    parent: Annotated[str | None, Field(description="Id of the quote that this one stands in.")]
    verbatim: Annotated[
        bool, Field(description="False where the article shows that the words are a translation.")
    ]


# The bases' fields come last base first.
class ArticleQuote(QuoteParts, QuoteSummary):
    """A quote in full. All offsets count into the article's text."""

    offset_unit: OffsetUnit
    provenance: Provenance


class Sighting(Schema):
    """The same words in another article, and who says them there."""

    id: Annotated[str, Field(description="Id of the quote there.")]
    speaker: Speaker
    article: ArticleRef


class QuoteItem(ArticleQuote):
    """A quote in full, with where else its words stand."""

    sightings: Annotated[
        list[Sighting],
        Field(
            description="The same words in other articles, newest first, at most 50. Case and "
            "punctuation do not matter; wordings that differ are other quotes."
        ),
    ]
    sightings_total: Annotated[Total, Field(description="How many there are.")]
    first_sighting: Annotated[
        Sighting | None,
        Field(description="The earliest of them, null where this article has the words first."),
    ]


class QuoteList(Listing[QuoteSummary]):
    """A page of quotes, newest first."""


class ArticleQuoteList(Listing[ArticleQuote]):
    """A page of an article's quotes in full, in text order."""

    offset_unit: OffsetUnit
