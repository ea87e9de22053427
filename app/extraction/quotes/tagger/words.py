"""A text as the tagger reads it: words, their pieces, and what an uncased encoder cannot see.

Words are those of BERT's own first step (runs of word characters, and single other signs), so that
the tagger depends on no tokenizer of spaCy's. All kinds of quotation marks read as one; where they
open and close is told beside the pieces, and so is the case of each word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from app.domain import Span
from app.extraction.quotes.marks import DOUBLE, Region

WORD = re.compile(r"''|``|\w+|[^\w\s]")
BREAK = re.compile(r"\s*\n\s*")
QUOTE = '"'
# A word has at most so many pieces; what is longer is no word of a language.
LONGEST = 8
# Words that are given to the tokenizer at once.
AT_ONCE = 20_000

OUTSIDE, OPENING, INSIDE, CLOSING = range(4)
LOWER, TITLE, UPPER, MIXED, NO_LETTERS = range(5)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order.

    `spans` (code points, end exclusive), `pieces` (WordPiece ids, at least one a word), `cases` and
    `marks` (the constants of this module) run in step; `breaks` are the indices of the words that
    start a paragraph, the first word's among them.
    """

    spans: list[Span]
    pieces: list[list[int]]
    cases: list[int]
    marks: list[int]
    breaks: list[int]

    def __len__(self) -> int:
        return len(self.spans)


class WordPieces:
    """The vocabulary of the encoder. Raises OSError where the file is missing."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_str(file.read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.start = self._id("[CLS]")
        self.end = self._id("[SEP]")
        self.unknown = self._id("[UNK]")

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the vocabulary lacks {token}")
        return found

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        """The ids of each word's pieces, one at least and LONGEST at most."""
        known: dict[str, list[int]] = {word: [] for word in words}
        rest = iter(known)
        while batch := list(islice(rest, AT_ONCE)):
            encoded = self._tokenizer.encode(batch, is_pretokenized=True, add_special_tokens=False)
            for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
                if word is not None and len(known[batch[word]]) < LONGEST:
                    known[batch[word]].append(piece)
        return [known[word] or [self.unknown] for word in words]


def read_words(text: str, regions: Sequence[Region], vocabulary: WordPieces) -> Words:
    """Split a text into words; `regions` are its stretches in quotation marks, in text order."""
    spans = [Span(*m.span()) for m in WORD.finditer(text)]
    surface = [span.of(text) for span in spans]
    marks = _marks(spans, regions)
    # A single mark that opens or closes a region is read as a quotation mark, not an apostrophe.
    read = [
        QUOTE if DOUBLE.fullmatch(word) or mark in (OPENING, CLOSING) else word
        for word, mark in zip(surface, marks, strict=True)
    ]
    starts = [span.start for span in spans]
    cases = {word: case_of(word) for word in set(surface)}
    breaks = {bisect_right(starts, m.end() - 1) for m in BREAK.finditer(text)} | {0}
    return Words(
        spans=spans,
        pieces=vocabulary.pieces(read),
        cases=[cases[word] for word in surface],
        marks=marks,
        breaks=sorted(i for i in breaks if i < len(spans)),
    )


def case_of(word: str) -> int:
    """How a word is written."""
    if not any(c.isalpha() for c in word):
        return NO_LETTERS
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def _marks(spans: Sequence[Span], regions: Sequence[Region]) -> list[int]:
    states = [OUTSIDE] * len(spans)
    i = 0
    for region in regions:
        while i < len(spans) and spans[i].end <= region.start:
            i += 1
        while i < len(spans) and spans[i].start < region.end:
            if spans[i].start == region.start:
                states[i] = OPENING
            elif region.closed and spans[i].end == region.end:
                states[i] = CLOSING
            else:
                states[i] = INSIDE
            i += 1
    return states
