"""The trained attributor: what the network finds, and free speech beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.attributes import text_of
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions, kind_of
from app.extraction.quotes.tagger import decode
from app.extraction.quotes.tagger.agents import with_agents
from app.extraction.quotes.tagger.confidence import Confidence, features
from app.extraction.quotes.tagger.decode import Found, Piece, Scores
from app.extraction.quotes.tagger.free_speech import with_free_speech
from app.extraction.quotes.tagger.runtime import Network
from app.extraction.quotes.tagger.windows import Window, windows
from app.extraction.quotes.tagger.words import WordPieces, Words, read_words

FOLDER = Path(__file__).parents[2] / "models" / "quotes"


class Scorer(Protocol):
    """A network, however it is run."""

    vocabulary: WordPieces

    def scores(self, words: Words, window: Window) -> Scores:
        """Its answer for one window."""
        ...


class TaggerAttributor:
    """Finds attributions with a network."""

    def __init__(self, network: Scorer, confidence: Confidence) -> None:
        self.network = network
        self.confidence = confidence

    @classmethod
    def load(cls, folder: Path = FOLDER) -> TaggerAttributor:
        """The one whose weights are in `folder`; raises ModelError if they cannot be loaded."""
        return cls(Network(folder), Confidence.load(folder))

    def __call__(self, doc: Doc, regions: Regions) -> Sequence[Attribution]:
        """The attributions of a document, in text order."""
        found = []
        for attribution, values in scored(text_of(doc), regions, self.network):
            sure = self.confidence.of(values)
            if sure >= self.confidence.least:
                found.append(replace(attribution, confidence=round(sure, 3)))
        return with_free_speech(doc, regions, with_agents(doc, found))


def scored(
    text: str, regions: Regions, network: Scorer
) -> Iterator[tuple[Attribution, list[float]]]:
    """What a network finds in a text, each with its confidence's features."""
    words = read_words(text, regions.regions, network.vocabulary)
    for window in windows(words):
        for quote in decode.quotes(network.scores(words, window)):
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
