"""From code points to tokens."""

from __future__ import annotations

from spacy.tokens import Doc

from app.domain import Span


def token_range(doc: Doc, span: Span) -> tuple[int, int]:
    """The first token that `span` touches and the one after the last."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:
        raise ValueError(f"{span} is not a span of this text")
    return found.start, found.end
