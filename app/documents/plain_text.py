"""Plain text files: one file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.documents.compose import check_text, compose
from app.documents.encoding import decode_text, normalise_line_ends
from app.documents.files import origin_of, read_bounded
from app.documents.limits import Limits
from app.documents.metadata import Metadata
from app.documents.reader import Read
from app.errors import DocumentError


class PlainTextReader:
    """Reads text in any encoding that says what it is or can be told; keeps every character."""

    name = "text"
    suffixes = (".txt", ".text")

    def read(self, path: Path, limits: Limits) -> Iterator[Read]:
        """Yield the file's one document, or the error."""
        origin = origin_of(path)
        try:
            data = read_bounded(path, limits.max_document_bytes, "ONRECORD_MAX_DOCUMENT_BYTES")
            text = normalise_line_ends(decode_text(data, origin))
            check_text(text, origin, limits)
            yield compose(text, origin, Metadata())
        except DocumentError as error:
            yield error
