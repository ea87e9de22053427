"""A quote as an entry of a feed."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard
from urllib.parse import urlsplit

from app.domain import Polarity, QuoteKind
from app.exports.records import published_instant
from app.store.read.exports import ExportRow

TITLE_CHARS = 140
UNKNOWN = "Unknown speaker"

# Ids are UUIDs (RFC 9562, version 5) under this one: no host, no address, the same on any server.
_NAMESPACE = uuid.UUID("6f6e7265-636f-5264-8000-66656564730a")
_OPENING = ("“", "„", "”", "«", "»", "‹", "「", "『", '"', "‘", "'", "＂")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of a quote. Texts are plain, `html` is a fragment, times are aware.

    `link` is the article's address where it has one on the web, else the quote's own (`address`).
    `published` is None where the article's time names no zone.
    """

    id: str
    quote_id: str
    title: str
    text: str
    html: str
    speaker: str
    speaker_id: str | None
    link: str
    address: str
    language: str | None
    published: datetime | None
    updated: datetime


def urn(*parts: str) -> str:
    """The id that a feed gives to what `parts` name: a quote by its uid, a feed by its query."""
    key = "".join(f"{len(part)}:{part}" for part in parts)
    return uuid.uuid5(_NAMESPACE, key).urn


def feed_urn(query: Iterable[tuple[str, str]]) -> str:
    """The id of the feed of a query, the same for all its pages and in any order of parameters."""
    return urn("feed", *(f"{name}={value}" for name, value in sorted(query)))


def feed_title(speakers: Sequence[str], about: Sequence[str], words: str | None) -> str:
    """What a feed is called: by the names of whom it was asked for, and the words."""
    title = "Quotes"
    if speakers:
        title += f" by {' or '.join(speakers)}"
    if about:
        title += f" about {' or '.join(about)}"
    if words:
        title += f" with {words}"
    return title


def entry(row: ExportRow, changes: Mapping[str, datetime], quotes: str) -> Entry:
    """The entry of a quote.

    `changes` are the times at which ids were last named as changed; `quotes` is the address under
    which quotes are served. `updated` is the latest at which the quote, its speaker or its article
    changed: a correction, a new name, a revision or a new extraction.
    """
    quote = row.quote
    speaker = quote.speaker_name or quote.described_as or UNKNOWN
    own = f"{quotes}/{quote.uid}"
    link = quote.article_url if is_web(quote.article_url) else own
    known = [changes.get(uid) for uid in (quote.uid, quote.speaker_uid or "", quote.article_uid)]
    notes = _notes(row)
    return Entry(
        id=urn("quote", quote.uid),
        quote_id=quote.uid,
        title=f"{speaker}{notes}: {_short(_marked(row))}",
        text=f"{_marked(row)}\n\n{speaker}{notes}, {_place(row)}",
        html=_fragment(row, f"{speaker}{notes}", link),
        speaker=speaker,
        speaker_id=quote.speaker_uid,
        link=link,
        address=own,
        language=row.language,
        published=published_instant(row),
        updated=max([row.changed_at, *(moment for moment in known if moment is not None)]),
    )


def _notes(row: ExportRow) -> str:
    """What a reader must know who sees no more than the title."""
    found = []
    if row.quote.kind == QuoteKind.INDIRECT:
        found.append("indirect")
    if row.quote.polarity != Polarity.ASSERTED:
        found.append(row.quote.polarity)
    return f" ({', '.join(found)})" if found else ""


def _marked(row: ExportRow) -> str:
    """The words, in quotation marks where they are the speaker's own."""
    text = row.quote.text.strip()
    if row.quote.kind != QuoteKind.DIRECT or text.startswith(_OPENING):
        return text
    return f"“{text}”"


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= TITLE_CHARS:
        return line
    cut = line[:TITLE_CHARS]
    # At a space, if there is one in the second half.
    return f"{cut[: max(cut.rfind(' '), TITLE_CHARS // 2)].rstrip()} …"


def _place(row: ExportRow) -> str:
    """The article by its title, outlet and time as printed."""
    quote = row.quote
    printed = (quote.article_published or {}).get("printed")
    found = [part for part in (quote.article_title, quote.article_publisher, printed) if part]
    return ", ".join(found) or quote.article_uid


def _fragment(row: ExportRow, speaker: str, link: str) -> str:
    """HTML of elements that every reader keeps; none of it is anyone's markup but ours."""
    lines = html.escape(_marked(row)).splitlines()
    place = f'<a href="{html.escape(link)}">{html.escape(_place(row))}</a>'
    return (
        f'<blockquote dir="auto"><p>{"<br>".join(lines)}</p></blockquote>'
        f'<p dir="auto">{html.escape(speaker)}, {place}</p>'
    )


def is_web(address: str | None) -> TypeGuard[str]:
    """Whether a reader may be sent there: no `javascript:`, no file."""
    if address is None:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
