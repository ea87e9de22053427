"""Bytes in, `domain.Document` out: one reader a format, chosen by name, suffix or first bytes.

To add a format, write a class like those below and put it into `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from app.documents.compose import document_from_text
from app.documents.files import first_bytes, kind_of, origin_of, walk
from app.documents.html import HtmlReader, document_from_html
from app.documents.json_lines import JsonLinesReader, JsonReader
from app.documents.limits import Limits
from app.documents.metadata import Metadata, metadata_from_record
from app.documents.plain_text import PlainTextReader
from app.documents.reader import Read, Reader
from app.domain import Document
from app.errors import DocumentError

__all__ = [
    "READERS",
    "Limits",
    "Metadata",
    "Read",
    "Reader",
    "document_from_html",
    "document_from_text",
    "metadata_from_record",
    "read_path",
    "reader_for",
]

_TEXT, _JSON_LINES, _JSON, _HTML = PlainTextReader(), JsonLinesReader(), JsonReader(), HtmlReader()

READERS: tuple[Reader, ...] = (_TEXT, _JSON_LINES, _JSON, _HTML)
"""Every format that can be read."""

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s|!--|\?xml\s|[a-z][a-z0-9]*[\s/>])", re.I)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{(?!\\rtf)")


def reader_for(path: Path, name: str | None = None) -> Reader:
    """The reader called `name`, else the one of the path's suffix, else what the bytes look like.

    Looked at are the first bytes: markup is HTML, an opening brace JSON Lines, all else text.
    Raises `DocumentError` for an unknown name and for a file that cannot be opened.
    """
    if name is not None:
        if reader := next((r for r in READERS if r.name == name), None):
            return reader
        known = ", ".join(r.name for r in READERS)
        raise DocumentError(origin_of(path), f'the format "{name}" is unknown; known are {known}')
    suffix = path.suffix.lower()
    if reader := next((r for r in READERS if suffix in r.suffixes), None):
        return reader
    head = first_bytes(path)
    if _MARKUP.match(head):
        return _HTML
    return _JSON_LINES if _OBJECT.match(head) else _TEXT


def read_path(
    path: Path, limits: Limits, format: str | None = None
) -> Iterator[Document | DocumentError]:
    """Yield the documents of a file or of all files below a directory; errors in their place.

    A directory is walked in sorted order. Files whose suffix no format has are skipped in it (they
    are pictures and styles more often than articles), unless `format` is given: then they are read
    in that format, and files whose suffix belongs to another format are skipped.
    """
    try:
        reader = reader_for(path, format) if format is not None else None
        if kind_of(path) == "file":
            yield from (reader or reader_for(path)).read(path, limits)
            return
    except DocumentError as error:
        yield error
        return
    yield from _read_directory(path, limits, reader)


def _read_directory(directory: Path, limits: Limits, reader: Reader | None) -> Iterator[Read]:
    only = {suffix for r in READERS for suffix in r.suffixes} if reader is None else set()
    skip = {suffix for r in READERS if r is not reader for suffix in r.suffixes}
    empty = True
    for found in walk(directory, skip, only):
        empty = False
        if isinstance(found, DocumentError):
            yield found
        else:
            yield from (reader or reader_for(found)).read(found, limits)
    if empty:
        known = " ".join(suffix for r in READERS for suffix in r.suffixes)
        yield DocumentError(
            origin_of(directory),
            f"this directory has no files to read; known suffixes are {known}, and "
            "other files need a format given by name",
        )
