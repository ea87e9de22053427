"""The seam between finding quotes and understanding them.

An attributor reads a parsed `Doc` and says which stretches are content, cue and source, and which
belong together; everything after it (kinds, speakers, polarity, nesting) works on its answer. The
three roles are those of PARC 3 and PolNeAR (Pareti 2012; Newell, Margolin and Ruths 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.quotes.kinds import Regions


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, cue and source of one quote: sorted disjoint spans, code points of the text.

    `continues` indexes the attribution whose speaker goes on speaking here, where this one has no
    source of its own; `context` marks a source taken from the sentences around the quote.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    continues: int | None = None
    context: bool = False
    confidence: float | None = None

    @property
    def start(self) -> int:
        """Where its content starts."""
        return self.content[0].start


def reordered(found: Sequence[Attribution], order: Sequence[int]) -> list[Attribution]:
    """Attributions in a new order (old indices), their links kept."""
    place = {old: new for new, old in enumerate(order)}
    return [
        one if one.continues is None else replace(one, continues=place[one.continues])
        for one in (found[old] for old in order)
    ]


class Attributor(Protocol):
    """Finds attributions: rules, or a trained model.

    Must return them sorted by `start`, must never raise, whatever the text, and must take time near
    linear in its length.
    """

    def __call__(self, doc: Doc, regions: Regions) -> Sequence[Attribution]:
        """The attributions of a document, in text order."""
        ...
