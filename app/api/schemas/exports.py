"""Quotes in feeds, exports and as linked data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, RootModel

from app.api.schemas.common import Aliased, Provenance, Schema, is_none
from app.api.schemas.quotes import QuoteSummary


def _optional(description: str, **more: Any) -> Any:
    """A field that is left out where there is nothing to say, as the formats want it."""
    return Field(None, exclude_if=is_none, description=description, **more)


class ExportedQuote(QuoteSummary):
    """A line of `export.ndjson`: a quote as lists show it, and its provenance."""

    provenance: Provenance


class TextFile(RootModel[str]):
    """An answer that is text."""


class FeedAuthor(Schema):
    """Who said it."""

    name: str


class FeedQuote(Schema):
    """What is Onrecord's own in an item (a JSON Feed extension)."""

    about: Annotated[str, Field(description="What documents this extension.")]
    quote: Annotated[str, Field(description="Id of the quote.")]
    speaker: Annotated[str | None, Field(description="Id of the speaker, null if not resolved.")]
    address: Annotated[str, Field(description="The quote in full.")]


class FeedItem(Aliased):
    """A quote as an item of a JSON Feed."""

    id: Annotated[str, Field(description="Made from the quote's id: the same on any server.")]
    url: Annotated[str, Field(description="The article, where it is on the web; else the quote.")]
    title: str
    content_html: str
    content_text: str
    date_published: AwareDatetime | None = _optional(
        "When the article was published; left out where its time names no zone."
    )
    date_modified: Annotated[
        AwareDatetime,
        Field(description="When the quote, its speaker or its article last changed on record."),
    ]
    authors: list[FeedAuthor]
    language: str | None = _optional("Language of the article (ISO 639).")
    onrecord: Annotated[FeedQuote, Field(alias="_onrecord")]


class JsonFeed(Schema):
    """A page of quotes as a JSON Feed 1.1, newest first."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    description: Annotated[str, Field(description="Which defaults were applied.")]
    feed_url: str
    next_url: str | None = _optional("Address of the next page; left out on the last one.")
    items: list[FeedItem]


class LinkedThing(Aliased):
    """A person, organisation or place in schema.org's terms."""

    type: Annotated[Literal["Person", "Organization", "Place"], Field(alias="@type")]
    identifier: str | None = _optional("Its id here.")
    name: str
    url: str | None = _optional("What is on record of it.")


class LinkedArticle(Aliased):
    """The article that a quote stands in."""

    type: Annotated[Literal["NewsArticle"], Field(alias="@type")]
    identifier: str
    url: str | None = _optional("Where it was published.")
    headline: str | None = _optional("Its title.")
    datePublished: str | None = _optional(  # noqa: N815 - schema.org's own name
        "When: with time and zone where they are known, else the day as printed."
    )
    inLanguage: str | None = _optional("Its language (ISO 639).")  # noqa: N815
    publisher: LinkedThing | None = _optional("The outlet.")


class Quotation(Aliased):
    """A quote as a schema.org `Quotation`.

    `spokenByCharacter` is whom the article attributes it to. `creator` is there only where the
    words are the speaker's own. What its speaker denied or asked is no statement of theirs:
    `description` says so.
    """

    context: Annotated[Literal["https://schema.org"], Field(alias="@context")]
    type: Annotated[Literal["Quotation"], Field(alias="@type")]
    id: Annotated[str, Field(alias="@id", description="The same on any server.")]
    identifier: Annotated[str, Field(description="Id of the quote.")]
    url: Annotated[str, Field(description="The quote in full.")]
    text: str
    description: str
    spokenByCharacter: LinkedThing | None = _optional(  # noqa: N815
        "Whom the article attributes it to; left out where the speaker is not resolved."
    )
    creator: LinkedThing | None = _optional("Whose words they are.")
    about: list[LinkedThing]
    isPartOf: LinkedArticle  # noqa: N815
