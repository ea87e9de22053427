"""What every reader looks like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from app.documents.limits import Limits
from app.domain import Document
from app.errors import DocumentError

Read = Document | DocumentError
"""What a reader yields: a broken row is reported in its place and the next one follows."""


class Reader(Protocol):
    """Turns one regular file into documents. A new format is one such class in `READERS`."""

    @property
    def name(self) -> str:
        """The format's name, as given on the command line."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes in lower case, with the dot."""
        ...

    def read(self, path: Path, limits: Limits) -> Iterator[Read]:
        """Yield the file's documents in order; errors are yielded, never raised."""
        ...
