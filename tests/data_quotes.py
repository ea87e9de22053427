"""Reads the articles of `tests/data/quotes` with their quotes; the README there has the format.

Used by tests only. Offsets are code points, the end exclusive, as everywhere in Onrecord.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

FOLDER = Path(__file__).resolve().parent / "data" / "quotes"
GENRES = (
    "brief",
    "business",
    "court",
    "feature",
    "interview",
    "liveblog",
    "oped",
    "sports",
    "translated",
    "wire",
)

UNNAMED, UNRESOLVABLE, INNER = "(unnamed)", "(unresolvable)", "(inner)"
STATUS = {UNNAMED: "unnamed", UNRESOLVABLE: "unresolvable"}
RULE = "---\n"
MARKUP = re.compile(r"\{(?P<labels>[csq]\d+(?:\+[csq]\d+)*) |(?P<brace>[{}])")

Piece = tuple[int, int]


@dataclass(slots=True)
class MarkedQuote:
    """A quote as annotated. `inner`: it stands within another quote's content."""

    speaker: str | None
    status: str
    inner: bool
    content: list[Piece] = field(default_factory=list)
    cue: list[Piece] = field(default_factory=list)
    source: list[Piece] = field(default_factory=list)

    def pieces(self, letter: str) -> list[Piece]:
        """Its content (`c`), cue (`q`) or source (`s`)."""
        return {"c": self.content, "q": self.cue, "s": self.source}[letter]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's bare text and all its quotes by number."""

    id: str
    text: str
    quotes: dict[int, MarkedQuote]


class QuoteRow(TypedDict):
    """A quote in the form of the gold data, with its speaker."""

    content: list[list[int]]
    cue: list[list[int]]
    source: list[list[int]]
    speaker: str | None
    status: str


class ArticleRow(TypedDict):
    """An article in the form of the gold data."""

    id: str
    text: str
    quotes: list[QuoteRow]


class SpeakerRow(TypedDict):
    """Who said the quote of that index, in the form of the gold speakers."""

    quote: int
    name: str | None
    status: str
    via: str


class SpeakersRow(TypedDict):
    """An article's speakers in the form of the gold speakers."""

    id: str
    speakers: list[SpeakerRow]


def parse(identity: str, marked: str) -> MarkedArticle:
    """The article in a marked-up file's text; ValueError for a slip in the markup."""
    head, rule, body = marked.partition(RULE)
    if not rule:
        raise ValueError(f"{identity}: no line of three hyphens after the speakers")
    quotes = _quotes(identity, head)
    text = _strip(identity, body.rstrip("\n"), quotes)
    bare = [number for number, quote in quotes.items() if not quote.content or not quote.cue]
    if bare:
        raise ValueError(f"{identity}: no content or no cue is marked for {bare}")
    return MarkedArticle(identity, text, quotes)


def _quotes(identity: str, head: str) -> dict[int, MarkedQuote]:
    """Quotes without spans, from the lines `name: numbers`, in the order of their numbers."""
    by_name = {
        name: [int(number) for number in numbers.split()]
        for name, _, numbers in (line.rpartition(": ") for line in head.splitlines())
    }
    inner = set(by_name.pop(INNER, ()))
    speakers = {number: name for name, numbers in by_name.items() for number in numbers}
    listed = sorted(number for numbers in by_name.values() for number in numbers)
    if listed != list(range(1, len(listed) + 1)) or not inner <= speakers.keys():
        raise ValueError(f"{identity}: quotes must be numbered from 1, with one speaker each")
    return {
        number: MarkedQuote(
            None if speakers[number] in STATUS else speakers[number],
            STATUS.get(speakers[number], "named"),
            number in inner,
        )
        for number in listed
    }


def _strip(identity: str, body: str, quotes: dict[int, MarkedQuote]) -> str:
    """The text without markup; its pieces go into `quotes`."""
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    at = length = 0
    for mark in MARKUP.finditer(body):
        parts.append(body[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if labels := mark["labels"]:
            opened.append((labels, length))
        elif mark["brace"] == "}" and opened:
            labels, start = opened.pop()
            for label in labels.split("+"):
                number = int(label[1:])
                if number not in quotes:
                    raise ValueError(f"{identity}: nobody is listed as the speaker of {label}")
                quotes[number].pieces(label[0]).append((start, length))
        else:
            raise ValueError(f"{identity}: stray brace near {body[mark.start() :][:40]!r}")
    if opened:
        raise ValueError(f"{identity}: {opened[-1][0]} is never closed")
    parts.append(body[at:])
    return "".join(parts)


def articles() -> Iterator[MarkedArticle]:
    """The articles with all their quotes, by genre."""
    for genre in GENRES:
        yield parse(genre, (FOLDER / f"{genre}.txt").read_text(encoding="utf-8"))


def rows(*, inner: bool = False) -> list[ArticleRow]:
    """The articles in the form of the gold data.

    That gold data marks no quote within another quote's content, so `inner` ones are left out
    unless asked for.
    """
    return [
        {"id": a.id, "text": a.text, "quotes": [_row(q) for q in _chosen(a, inner)]}
        for a in articles()
    ]


def speaker_rows(*, inner: bool = False) -> list[SpeakersRow]:
    """Who said each quote of `rows(inner=inner)`, in the form of the gold speakers."""
    return [
        {
            "id": a.id,
            "speakers": [
                {"quote": i, "name": q.speaker, "status": q.status, "via": a.id}
                for i, q in enumerate(_chosen(a, inner))
            ],
        }
        for a in articles()
    ]


def _chosen(article: MarkedArticle, inner: bool) -> list[MarkedQuote]:
    return [quote for quote in article.quotes.values() if inner or not quote.inner]


def _row(quote: MarkedQuote) -> QuoteRow:
    return {
        "content": [list(piece) for piece in quote.content],
        "cue": [list(piece) for piece in quote.cue],
        "source": [list(piece) for piece in quote.source],
        "speaker": quote.speaker,
        "status": quote.status,
    }
