"""Windows over a text, of a length that the encoder reads at once.

A window holds whole paragraphs where they fit, since quotes hardly ever cross them (PolNeAR: 7 in
1,000); a longer paragraph is cut behind a sentence, or anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.extraction.quotes.tagger.words import NO_LETTERS, TITLE, UPPER, Words

# Pieces in a window, the marks at its ends and between paragraphs included.
LONGEST_WINDOW = 256


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` (exclusive); `breaks` are those before which a paragraph ended."""

    start: int
    end: int
    breaks: tuple[int, ...]


def windows(words: Words, longest: int = LONGEST_WINDOW, first: int | None = None) -> list[Window]:
    """Cut the words into windows, in order; every word is in one.

    `first` is the length of the first window where it is to be another (training moves the cuts).
    """
    found: list[Window] = []
    breaks: list[int] = []
    start, size = 0, 2
    limit = min(first or longest, longest)
    for begin, end in pairwise([*words.breaks, len(words)]):
        for chunk_start, length in _chunks(words, begin, end, longest - 2):
            if size + length + (chunk_start > start) > limit and chunk_start > start:
                found.append(Window(start, chunk_start, tuple(breaks)))
                start, breaks, size, limit = chunk_start, [], 2, longest
            elif chunk_start == begin and begin > start:
                breaks.append(begin)
                size += 1
            size += length
    if start < len(words):
        found.append(Window(start, len(words), tuple(breaks)))
    return found


def _chunks(words: Words, begin: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A paragraph as chunks of at most `longest` pieces: the start and the pieces of each."""
    start, size, stop = begin, 0, begin
    stop_size = 0
    for i in range(begin, end):
        length = len(words.pieces[i])
        if size + length > longest:
            cut, cut_size = (stop, stop_size) if stop > start else (i, size)
            yield start, cut_size
            start, size = cut, size - cut_size
            stop, stop_size = start, 0
        size += length
        if _ends_sentence(words, i, end):
            stop, stop_size = i + 1, size
    if start < end:
        yield start, size


def _ends_sentence(words: Words, i: int, end: int) -> bool:
    """Whether a new sentence seems to start behind word `i`: a gap and a capital after a sign."""
    if i + 1 >= end or words.spans[i + 1].start == words.spans[i].end:
        return False
    return words.cases[i] == NO_LETTERS and words.cases[i + 1] in (TITLE, UPPER, NO_LETTERS)
