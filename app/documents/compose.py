"""Puts a document together: text, what its source states, and what its zones show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from app.documents.encoding import normalise_line_ends
from app.documents.language import detect_language
from app.documents.limits import Limits
from app.documents.metadata import Metadata
from app.documents.zones import Reading, read_zones
from app.domain import Document, Span, Zone, ZoneKind
from app.errors import DocumentError


def document_from_text(text: str, origin: str, **metadata: Unpack[Metadata]) -> Document:
    """A document of plain text.

    The text keeps its characters but for line ends. What `metadata` states wins over what the
    text's zones show; the zones are marked all the same. Raises `DocumentError` for an empty text
    and for one that cannot be stored.
    """
    return compose(normalise_line_ends(text), origin, metadata)


def compose(
    text: str,
    origin: str,
    metadata: Metadata,
    known: Mapping[Span, ZoneKind] | None = None,
    fallback: Metadata | None = None,
) -> Document:
    """A document of a text with "\\n" line ends.

    `known` says which blocks are headings or paragraphs, e.g. from markup; `fallback` is used where
    neither `metadata` nor the zones say anything (a page's guessed date, its declared language).
    """
    check_text(text, origin)
    reading = read_zones(text, known)
    weak = fallback or Metadata()
    return Document(
        text=text,
        origin=origin,
        title=metadata.get("title") or reading.title or weak.get("title"),
        url=metadata.get("url"),
        source_key=metadata.get("source_key"),
        authors=metadata.get("authors") or reading.authors or weak.get("authors", ()),
        agency=metadata.get("agency") or reading.agency or weak.get("agency"),
        publisher=metadata.get("publisher") or weak.get("publisher"),
        published=metadata.get("published") or reading.published or weak.get("published"),
        updated=metadata.get("updated") or reading.updated or weak.get("updated"),
        dateline=metadata.get("dateline") or reading.dateline,
        language=metadata.get("language") or _language(text, reading) or weak.get("language"),
        zones=tuple(reading.zones),
    )


def check_text(text: str, origin: str, limits: Limits | None = None) -> None:
    """Raise `DocumentError` where a text is empty, cannot be stored or is longer than allowed."""
    if not text or text.isspace():
        raise DocumentError(origin, "it has no text")
    if limits is not None and len(text) > limits.max_text_chars:
        raise DocumentError(
            origin,
            f"its text has {len(text):,} characters, more than the {limits.max_text_chars:,} "
            "allowed; split it or raise ONRECORD_MAX_TEXT_CHARS",
        )
    if "\x00" in text:
        raise DocumentError(origin, "its text holds a NUL character; remove it")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            origin, "its text holds half of a surrogate pair; write whole characters"
        ) from None


def _language(text: str, reading: Reading) -> str | None:
    return detect_language(_passages(text, reading.zones))


def _passages(text: str, zones: list[Zone]) -> list[str]:
    """Paragraphs first in mind: headings and bylines are too short and full of names."""
    paragraphs = [zone.span for zone in zones if zone.kind is ZoneKind.PARAGRAPH]
    return [span.of(text) for span in paragraphs[:50]] or [text]
