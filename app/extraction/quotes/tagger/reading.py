"""One pass of the network over a text, of which several components make use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions, kind_of
from app.extraction.quotes.tagger import decode
from app.extraction.quotes.tagger.confidence import features
from app.extraction.quotes.tagger.decode import Array, Found, Piece, Scores
from app.extraction.quotes.tagger.runtime import Network
from app.extraction.quotes.tagger.windows import Window, windows
from app.extraction.quotes.tagger.words import WordPieces, Words, read_words

Scored = tuple[Attribution, list[float]]
"""An attribution and its confidence's features."""


class Scorer(Protocol):
    """A network, however it is run."""

    vocabulary: WordPieces

    def scores(self, words: Words, window: Window) -> Scores:
        """Its answer for one window."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of a text.

    `found` are the attributions in text order; `starts` is where each word begins, `told` what a
    head on the network's first layers makes of each, (words, columns of the head).
    """

    found: list[Scored]
    starts: list[int]
    told: Array

    def of(self, span: Span) -> Array:
        """What is told of the words of a span, on average; shape (columns,)."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = max(first + 1, bisect_left(self.starts, span.end))
        return np.asarray(self.told[first:last].mean(0), dtype=np.float32)


def read(text: str, regions: Regions, network: Network, head: Array) -> Reading:
    """Read a text; `head` is (hidden, columns)."""
    words = read_words(text, regions.regions, network.vocabulary)
    found: list[Scored] = []
    told = [np.zeros((0, head.shape[1]), dtype=np.float32)]
    for window in windows(words):
        scores, states = network.read(words, window)
        found += _found(text, regions, words, window, scores)
        told.append(states @ head)
    return Reading(found, [span.start for span in words.spans], np.concatenate(told))


def scored(text: str, regions: Regions, network: Scorer) -> Iterator[Scored]:
    """What a network finds in a text, each with its confidence's features."""
    words = read_words(text, regions.regions, network.vocabulary)
    for window in windows(words):
        yield from _found(text, regions, words, window, network.scores(words, window))


def _found(
    text: str, regions: Regions, words: Words, window: Window, scores: Scores
) -> Iterator[Scored]:
    for quote in decode.quotes(scores):
        attribution = _attribution(words, window.start, quote)
        kind = kind_of(text, attribution.content, attribution.cue, regions)
        yield attribution, features(quote, kind)


def _attribution(words: Words, start: int, quote: Found) -> Attribution:
    """A quote of a window that starts at word `start`, as spans of the text."""

    def span(piece: Piece) -> Span:
        first, last = words.spans[start + piece.start], words.spans[start + piece.end - 1]
        return Span(first.start, last.end)

    return Attribution(
        content=tuple(span(piece) for piece in quote.content),
        cue=(span(quote.cue),),
        source=(span(quote.source),) if quote.source else (),
    )
