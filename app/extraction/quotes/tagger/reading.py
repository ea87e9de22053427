"""What the network makes of a document, worked out once for all who ask: quotes, and names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from spacy.tokens import Doc

from app.extraction.attributes import text_of
from app.extraction.quotes.kinds import regions_of
from app.extraction.quotes.marks import Region
from app.extraction.quotes.tagger import decode
from app.extraction.quotes.tagger.decode import CONVENTIONS, NAME_LABELS, Array, Found, Scores
from app.extraction.quotes.tagger.runtime import Network
from app.extraction.quotes.tagger.windows import Window, windows
from app.extraction.quotes.tagger.words import WordPieces, Words, read_words

FOLDER = Path(__file__).parents[2] / "models" / "quotes"
_READING = "onrecord_reading"


class Scorer(Protocol):
    """A network, however it is run."""

    vocabulary: WordPieces

    def scores(self, words: Words, window: Window) -> Scores:
        """Its answer for one window."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Quotes, each with the first word of its window, and names.

    `names` are log probabilities (words, CONVENTIONS, NAME_LABELS), by `decode.NAME_TAGS`.
    """

    words: Words
    quotes: list[tuple[int, Found]]
    names: Array


@cache
def load_network(folder: Path = FOLDER) -> Network:
    """The network whose files are in `folder`, loaded once; raises ModelError if it cannot be."""
    return Network(folder)


def reading_of(doc: Doc, network: Scorer) -> Reading:
    """The reading of a document, which quotes and names share."""
    reading = doc.user_data.get(_READING)
    if reading is None:
        reading = doc.user_data[_READING] = read(text_of(doc), regions_of(doc).regions, network)
    assert isinstance(reading, Reading)
    return reading


def read(text: str, regions: tuple[Region, ...], network: Scorer) -> Reading:
    """Read a text window by window; `regions` are its stretches in quotation marks, in order."""
    words = read_words(text, regions, network.vocabulary)
    quotes: list[tuple[int, Found]] = []
    names: list[Array] = [np.zeros((0, CONVENTIONS * NAME_LABELS), dtype=np.float32)]
    for window in windows(words):
        scores = network.scores(words, window)
        quotes += [(window.start, quote) for quote in decode.quotes(scores)]
        names.append(scores.names)
    by_convention = np.concatenate(names).reshape(-1, CONVENTIONS, NAME_LABELS)
    return Reading(words, quotes, decode.log_softmax(by_convention))
