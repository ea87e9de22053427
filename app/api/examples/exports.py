"""Examples of feeds, exports and linked data: the quote of the others."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from app.api.examples import spine
from app.api.feeds import Feed, json_feed
from app.api.schemas import exports as x
from app.exports.atom import atom
from app.exports.defaults import Defaults
from app.exports.entries import entry, feed_title, feed_urn, urn
from app.exports.text import csv_chunks, ndjson_chunks
from app.store.read.base import Provenance
from app.store.read.exports import ExportRow
from app.store.read.quotes import QuoteRow

_BASE = "https://onrecord.example/v1/quotes"
_QUOTE = spine.QUOTE
_SEEN = datetime(2031, 3, 3, 8, 0, tzinfo=UTC)
_ROW = ExportRow(
    quote=QuoteRow(
        pk=1,
        uid=_QUOTE.id,
        kind=_QUOTE.kind,
        text=_QUOTE.text,
        cue=_QUOTE.cue,
        cue_class=_QUOTE.cue_class,
        polarity=_QUOTE.polarity,
        confidence=_QUOTE.confidence,
        speaker_status=_QUOTE.speaker.status,
        described_as=None,
        speaker_uid=_QUOTE.speaker.id,
        speaker_name=_QUOTE.speaker.name,
        organisation_uid=None,
        organisation_name=None,
        article_uid=_QUOTE.article.id,
        article_url=_QUOTE.article.url,
        article_title=_QUOTE.article.title,
        article_publisher=_QUOTE.article.publisher,
        article_published=_QUOTE.model_dump(mode="json")["article"]["published"],
    ),
    provenance=Provenance(
        _QUOTE.provenance.extractor, _QUOTE.provenance.model, _QUOTE.provenance.article_revision
    ),
    corrected=False,
    language="en",
    changed_at=_SEEN,
)
_FEED = Feed(
    id=feed_urn([("speaker", "e_mara")]),
    title=feed_title(["Mara Lindqvist"], [], None),
    subtitle=Defaults("asserted", "resolved", 0.5).sentence(),
    address=f"{_BASE}/feed.json?speaker=e_mara",
    first=f"{_BASE}/feed.json?speaker=e_mara",
    next=None,
    entries=[entry(_ROW, {}, _BASE)],
    modified=_SEEN,
)
_ATOM = atom(
    _FEED.id,
    _FEED.title,
    _FEED.subtitle,
    {"self": f"{_BASE}/feed.atom?speaker=e_mara", "first": f"{_BASE}/feed.atom?speaker=e_mara"},
    _FEED.entries,
)
_MARA = x.LinkedThing(
    type="Person",
    identifier="e_mara",
    name="Mara Lindqvist",
    url="https://onrecord.example/v1/entities/e_mara",
)
_PORT = x.LinkedThing(
    type="Place",
    identifier="e_port",
    name="Port Aster",
    url="https://onrecord.example/v1/entities/e_port",
)
_QUOTATION = x.Quotation(
    context="https://schema.org",
    type="Quotation",
    id=urn("quote", _QUOTE.id),
    identifier=_QUOTE.id,
    url=f"{_BASE}/{_QUOTE.id}",
    text=_QUOTE.text,
    description="As the article reports it of its speaker, in the speaker's own words.",
    spokenByCharacter=_MARA,
    creator=_MARA,
    about=[_PORT],
    isPartOf=x.LinkedArticle(
        type="NewsArticle",
        identifier=_QUOTE.article.id,
        url=_QUOTE.article.url,
        headline=_QUOTE.article.title,
        datePublished="2031-03-03T07:12:00Z",
        inLanguage="en",
        publisher=x.LinkedThing(type="Organization", name="The Aster Courier"),
    ),
)

BY_OPERATION: dict[str, BaseModel] = {
    "get_atom_feed": x.TextFile(_ATOM.decode()),
    "get_json_feed": json_feed(_FEED, "https://onrecord.example/docs"),
    "export_csv": x.TextFile(b"".join(csv_chunks([[_ROW]])).decode()),
    "export_ndjson": x.TextFile(b"".join(ndjson_chunks([[_ROW]])).decode()),
    "get_quote_linked": _QUOTATION,
}
