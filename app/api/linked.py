"""A quote in schema.org's terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request

from app.api.schemas import exports as x
from app.domain import EntityKind, Polarity, QuoteKind
from app.exports.entries import is_web, urn
from app.store.read.exports import ExportRow, NamedKind

_TYPES: Mapping[str, str] = {
    EntityKind.PERSON: "Person",
    EntityKind.ORGANISATION: "Organization",
    EntityKind.LOCATION: "Place",
}
_REPORTED = {
    Polarity.ASSERTED: "As the article reports it of its speaker",
    Polarity.DENIED: "Denied by its speaker, as the article reports it",
    Polarity.QUESTIONED: "Asked by its speaker, as the article reports it",
}
_WORDS = {
    QuoteKind.DIRECT: "in the speaker's own words",
    QuoteKind.MIXED: "partly in the speaker's own words",
    QuoteKind.INDIRECT: "in the article's words",
}


def quotation(
    request: Request,
    row: ExportRow,
    verbatim: bool,
    speaker: NamedKind | None,
    about: Sequence[NamedKind],
) -> x.Quotation:
    """A quote as a schema.org `Quotation`."""
    quote = row.quote
    kind, polarity = QuoteKind(quote.kind), Polarity(quote.polarity)
    said_by = None if speaker is None else _thing(request, speaker)
    is_own = kind is QuoteKind.DIRECT and polarity is Polarity.ASSERTED and verbatim
    return x.Quotation(
        context="https://schema.org",
        type="Quotation",
        id=urn("quote", quote.uid),
        identifier=quote.uid,
        url=str(request.url_for("get_quote", quote_id=quote.uid)),
        text=quote.text,
        description=f"{_REPORTED[polarity]}, {_WORDS[kind]}.",
        spokenByCharacter=said_by,
        creator=said_by if is_own else None,
        about=[_thing(request, each) for each in about],
        isPartOf=_article(row),
    )


def _thing(request: Request, found: NamedKind) -> x.LinkedThing:
    return x.LinkedThing.model_validate(
        {
            "@type": _TYPES[found.kind],
            "identifier": found.uid,
            "name": found.name,
            "url": str(request.url_for("get_entity", entity_id=found.uid)),
        }
    )


def _article(row: ExportRow) -> x.LinkedArticle:
    quote = row.quote
    printed = quote.article_published or {}
    publisher = None
    if quote.article_publisher is not None:
        publisher = x.LinkedThing(type="Organization", name=quote.article_publisher)
    return x.LinkedArticle(
        type="NewsArticle",
        identifier=quote.article_uid,
        url=quote.article_url if is_web(quote.article_url) else None,
        headline=quote.article_title,
        datePublished=printed.get("instant") or printed.get("date"),
        inLanguage=row.language,
        publisher=publisher,
    )
