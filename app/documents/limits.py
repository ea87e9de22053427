"""How much a reader may take in, and for how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; names and defaults are those of the settings of the same name.

    The settings themselves are read at the edges and passed in, because this package stands below
    them. Bytes are counted before decoding, characters are code points, the timeout is in seconds.
    """

    max_document_bytes: int = 20_000_000
    """Largest plain text, JSON file or JSON Lines row."""
    max_html_bytes: int = 3_000_000
    """Largest HTML page."""
    html_timeout: float = 20.0
    """Seconds that the HTML reader's child process has for one page."""
    max_text_chars: int = 1_000_000
    """Longest text of a document, in code points."""
