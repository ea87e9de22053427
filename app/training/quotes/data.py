"""Articles with attributions, as examples of words, tags and links.

A quote in PolNeAR has one cue, at most one source as a rule, and one or more pieces of content, so
the cue's first word stands for the quote: each content word is linked to it, and it to the first
word of its source, or to none.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain import Span
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger import decode
from app.extraction.quotes.tagger.runtime import inputs
from app.extraction.quotes.tagger.windows import Window, windows
from app.extraction.quotes.tagger.words import WordPieces, read_words

UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Spans of one attribution, code points of the text."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text and its attributions."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window as the network is trained on it.

    `ids`, `cases`, `marks` have one value a piece, `first` the place of each word's first piece.
    `tags` has one label a word; `cue_of` the window's index of the word's cue (UNKNOWN where the
    word is no content); `sources` pairs of a cue's word and its source's first word (the number of
    words where it has no source).
    """

    ids: list[int]
    cases: list[int]
    marks: list[int]
    first: list[int]
    tags: list[int]
    cue_of: list[int]
    sources: list[tuple[int, int]]


def read_articles(file: Path) -> list[GoldArticle]:
    """Read JSON Lines of `{id, text, quotes: [{content, cue, source}]}`."""
    articles = []
    for line in file.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        quotes = tuple(
            GoldQuote(
                *(
                    tuple(Span(start, end) for start, end in sorted(quote[role]))
                    for role in ("content", "cue", "source")
                )
            )
            for quote in row["quotes"]
        )
        articles.append(GoldArticle(row["id"], row["text"], quotes))
    return articles


class Labelled:
    """An article's words with their labels, to be cut into windows."""

    def __init__(self, article: GoldArticle, vocabulary: WordPieces) -> None:
        self.vocabulary = vocabulary
        self.words = read_words(article.text, quoted_regions(article.text), vocabulary)
        count = len(self.words)
        self.tags = [decode.OUTSIDE] * count
        self.cue_of = [UNKNOWN] * count
        self.source_of: dict[int, int | None] = {}
        starts = [s.start for s in self.words.spans]
        ends = [s.end for s in self.words.spans]
        for quote in article.quotes:
            pieces = {
                role: [
                    range(bisect_right(ends, span.start), bisect_left(starts, span.end))
                    for span in getattr(quote, role)
                ]
                for role in ("content", "cue", "source")
            }
            pieces = {role: [r for r in ranges if r] for role, ranges in pieces.items()}
            for role, tag in (
                ("content", decode.CONTENT),
                ("source", decode.SOURCE),
                ("cue", decode.CUE),
            ):
                for words in pieces[role]:
                    for i in words:
                        self.tags[i] = tag + (i > words.start)
            if not pieces["cue"] or not pieces["content"]:
                continue
            cue = pieces["cue"][0].start
            for words in pieces["content"]:
                for i in words:
                    self.cue_of[i] = cue
            self.source_of[cue] = pieces["source"][0].start if pieces["source"] else None

    def examples(self, longest: int, first: int | None = None) -> Iterator[Example]:
        """The article's windows as examples."""
        for window in windows(self.words, longest, first):
            yield self._example(window)

    def _example(self, window: Window) -> Example:
        ids, cases, marks, first = inputs(self.words, window, self.vocabulary)
        start, end = window.start, window.end
        inside = range(start, end)
        cue_of = [c - start if c in inside else UNKNOWN for c in self.cue_of[start:end]]
        sources = []
        for cue in inside:
            if cue in self.source_of:
                source = self.source_of[cue]
                if source is None:
                    sources.append((cue - start, end - start))
                elif source in inside:
                    sources.append((cue - start, source - start))
        return Example(ids, cases, marks, first, self.tags[start:end], cue_of, sources)
