"""HTML pages: the article's own text and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Unpack
from urllib.parse import urlsplit

from app.documents.agencies import AGENCY
from app.documents.compose import check_text, compose
from app.documents.encoding import decode_html, normalise_line_ends
from app.documents.files import origin_of, read_bounded
from app.documents.html_protocol import Page
from app.documents.html_worker import read_in_child
from app.documents.limits import Limits
from app.documents.metadata import (
    LONGEST_LINE,
    LONGEST_URL,
    MOST_AUTHORS,
    Metadata,
    is_web_address,
    language_code,
)
from app.documents.reader import Read
from app.documents.times import parse_iso
from app.domain import Document, PrintedTime, Span, ZoneKind
from app.errors import DocumentError

_NO_ARTICLE = "; save the article's own page, or give its text as plain text"
_SEPARATOR = "\n\n"
# A list's items are often short and without a full stop, but no headings.
_KINDS = {"head": ZoneKind.HEADING, "item": ZoneKind.PARAGRAPH}
_TAG = re.compile(r"<[a-zA-Z!?/]")


class HtmlReader:
    """Reads one page a file; the extraction runs in a process that can be killed."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def read(self, path: Path, limits: Limits) -> Iterator[Read]:
        """Yield the page's one document, or the error."""
        origin = origin_of(path)
        try:
            data = read_bounded(path, limits.max_html_bytes, "ONRECORD_MAX_HTML_BYTES")
            yield document_from_html(data, origin, limits)
        except DocumentError as error:
            yield error


def document_from_html(
    data: bytes | str, origin: str, limits: Limits, **metadata: Unpack[Metadata]
) -> Document:
    """The article on an HTML page.

    `text` is made of the page's paragraphs and headings with a blank line between. What `metadata`
    states wins over the page's own metadata, and both over the zones of the text; a day that was
    only guessed, a `lang` attribute and an author that no machine-readable field names come last.
    Raises `DocumentError` for a page that is too large, takes too long or has no article.
    """
    page = _encoded(data, origin)
    if len(page) > limits.max_html_bytes:
        raise DocumentError(
            origin,
            f"the page has {len(page):,} bytes, more than the {limits.max_html_bytes:,} allowed; "
            "save the article only or raise ONRECORD_MAX_HTML_BYTES",
        )
    if not _TAG.search(page.decode("utf-8")):
        raise DocumentError(origin, "it has no HTML tags; give it as plain text")
    found = read_in_child(page, limits.html_timeout, origin)
    if "error" in found:
        raise DocumentError(origin, found["error"] + _NO_ARTICLE)
    text, known = _text_of(found)
    check_text(text, origin, limits)
    stated, fallback = _page_metadata(found)
    stated.update({key: value for key, value in metadata.items() if value})  # type: ignore[typeddict-item]
    return compose(text, origin, stated, known, fallback)


def _encoded(data: bytes | str, origin: str) -> bytes:
    """The page in UTF-8. NUL characters are dropped, as the HTML standard has browsers do."""
    text = decode_html(data, origin) if isinstance(data, bytes) else data
    try:
        page = text.replace("\x00", "").encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            origin, "the page holds half of a surrogate pair; write whole characters"
        ) from None
    if not page.strip():
        raise DocumentError(origin, "it has no text")
    return page


def _text_of(page: Page) -> tuple[str, dict[Span, ZoneKind]]:
    """The blocks with blank lines between, and what the markup says about some of them."""
    pieces: list[str] = []
    known: dict[Span, ZoneKind] = {}
    at = 0
    for tag, block in page["blocks"]:
        piece = normalise_line_ends(block).strip()
        if not piece:
            continue
        if tag in _KINDS:
            known[Span(at, at + len(piece))] = _KINDS[tag]
        pieces.append(piece)
        at += len(piece) + len(_SEPARATOR)
    return _SEPARATOR.join(pieces), known


def _page_metadata(page: Page) -> tuple[Metadata, Metadata]:
    """What the page states, and what counts only where nothing else says it."""
    authors = [_cut(name) for name in page["authors"][:MOST_AUTHORS]]
    names = [name for name in authors if not AGENCY.fullmatch(name)]
    agencies = [name for name in authors if AGENCY.fullmatch(name)]
    url = page["url"] if page["url"] and len(page["url"]) <= LONGEST_URL else None
    stated = Metadata(
        title=_cut(page["title"]) if page["title"] else None,
        url=url if url and is_web_address(url) and not _is_front_page(url) else None,
        authors=tuple(dict.fromkeys(names)),
        agency=agencies[0] if agencies else None,
        publisher=_cut(page["publisher"]) if page["publisher"] else None,
        published=_time(page["published"]),
        updated=_time(page["updated"]),
    )
    fallback = Metadata(
        published=_time(page["day"]), language=language_code(page["language"] or "")
    )
    return stated, fallback


def _cut(line: str) -> str:
    """A page's own title or name, which nobody wrote for us, cut where it is no line any more."""
    return line[:LONGEST_LINE]


def _is_front_page(url: str) -> bool:
    """Whether an address is a site's own, which careless pages give as each article's."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def _time(value: str | None) -> PrintedTime | None:
    """An ISO 8601 time; None for anything else that pages put there."""
    try:
        return parse_iso(value.strip()) if value else None
    except ValueError:
        return None
