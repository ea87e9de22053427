"""Articles made unlike the training corpus: other marks, damage, other names, other layout.

Every change is a list of replacements of stretches of the text, so that the spans move with it.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable

from app.domain import Span
from app.extraction.quotes.marks import DOUBLE, quoted_regions
from app.training.quotes.data import GoldArticle, GoldQuote
from app.words import listed

# Replace the stretch from start to end (code points) by a string.
Edit = tuple[int, int, str]

STYLES = (("“", "”"), ('"', '"'), ("''", "''"), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"))
STYLE_WEIGHTS = (2, 6, 3, 4, 3, 2, 1)
NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})+\b")
WORD = re.compile(r"[A-Za-z]{4,}")
ONSETS = listed("b br c ch d dr f fl g gr h j k kr l m mar n ol p pr qu r s sh sl st t tr v w y z")
NUCLEI = listed("a ai e ee i ia o oo u au")
CODAS = listed("ck der ez ford l land ley lin ll man mer n nd ner nov rd rson s son sky t tz ton x")


def edited(article: GoldArticle, edits: Iterable[Edit]) -> GoldArticle:
    """The article with its text changed and its spans moved; edits that overlap are left out.

    A span that lies wholly in a removed stretch is dropped; a quote without content or cue too.
    """
    pieces: list[str] = []
    bounds = [0]  # where a kept stretch starts in the old text
    shifts = [0]  # by how much it moved
    at = moved = 0
    for start, end, new in sorted(edits):
        if start < at:
            continue
        pieces += [article.text[at:start], new]
        moved += len(new) - (end - start)
        at = end
        bounds.append(end)
        shifts.append(moved)
    pieces.append(article.text[at:])
    text = "".join(pieces)

    def place(position: int) -> int:
        return position + shifts[bisect_right(bounds, position) - 1]

    def span(old: Span) -> Span | None:
        start, end = place(old.start), place(old.end)
        start, end = min(start, len(text)), min(max(start, end), len(text))
        return Span(start, end) if text[start:end].strip() else None

    quotes = []
    for quote in article.quotes:
        content, cue, source = (
            tuple(s for s in map(span, spans) if s is not None)
            for spans in (quote.content, quote.cue, quote.source)
        )
        if content and cue:
            quotes.append(GoldQuote(content, cue, source))
    return GoldArticle(article.id, text, tuple(quotes))


def other_marks(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """All double marks in another style."""
    opening, closing = rng.choices(STYLES, STYLE_WEIGHTS)[0]
    edits: list[Edit] = []
    for region in quoted_regions(article.text):
        if region.single:
            continue
        for start, default in ((region.start, opening), (region.end, closing)):
            mark = DOUBLE.match(article.text, start) if start == region.start else None
            if start == region.end and region.closed:
                back = 2 if article.text[region.end - 2 : region.end] == "''" else 1
                mark = DOUBLE.match(article.text, region.end - back)
            if mark:
                edits.append((mark.start(), mark.end(), default))
    return edits


def damaged_marks(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """Some marks lost, turned round, glued to the word beside or torn from it."""
    edits: list[Edit] = []
    rate = rng.choice((0.05, 0.1, 0.25))
    for mark in DOUBLE.finditer(article.text):
        if rng.random() > rate:
            continue
        start, end = mark.span()
        turned = {"“": "”", "”": "“"}.get(mark.group(), '"')
        glued = start > 0 and article.text[start - 1] == " "
        match rng.randrange(4):
            case 0:
                edits.append((start, end, ""))
            case 1:
                edits.append((start, end, turned))
            case 2:
                edits.append((start - glued, end, mark.group()))
            case _:
                edits.append((start, end, f" {mark.group()} "))
    return edits


def other_names(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """Names of two words and more, and their last words alone, as other names."""
    invented: dict[str, str] = {}
    for match in NAME.finditer(article.text):
        for word in match.group().split():
            invented.setdefault(word, _name(rng) if rng.random() < 0.8 else word)
    if not invented:
        return []
    names = re.compile(r"\b(?:" + "|".join(map(re.escape, invented)) + r")\b")
    return [(m.start(), m.end(), invented[m.group()]) for m in names.finditer(article.text)]


def _name(rng: random.Random) -> str:
    middle = rng.choice(ONSETS) + rng.choice(NUCLEI) if rng.random() < 0.5 else ""
    return (rng.choice(ONSETS) + rng.choice(NUCLEI) + middle + rng.choice(CODAS)).capitalize()


def misread(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """Letters lost or swapped in some words, as by bad character recognition."""
    edits: list[Edit] = []
    rate = rng.choice((0.01, 0.03))
    for match in WORD.finditer(article.text):
        if rng.random() < rate:
            at = rng.randrange(match.start() + 1, match.end() - 1)
            pair = article.text[at : at + 2]
            edits.append((at, at + 2, rng.choice((pair[::-1], pair[0], pair[0] + "l" + pair[1]))))
    return edits


def mistranslated(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """Small words lost or in the wrong place, as in machine translation."""
    edits: list[Edit] = []
    for match in re.finditer(r" (?:that|the|a|to|of|had|was)\b", article.text):
        if rng.random() < 0.06:
            edits.append((match.start(), match.end(), rng.choice(("", "", " the", " that"))))
    return edits


def other_layout(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """Paragraphs run together or broken apart by single line ends."""
    new = rng.choice((" ", "\n", "\n"))
    return [
        (m.start(), m.end(), new)
        for m in re.finditer(r"[^\S\n]*\n\s*", article.text)
        if new == "\n" or rng.random() < 0.4
    ]


def other_case(article: GoldArticle, rng: random.Random) -> list[Edit]:
    """A heading in capitals, or now and then everything in one case."""
    end = article.text.find("\n")
    if rng.random() < 0.6 and 0 < end < 200:
        upper = article.text[:end].upper()
        return [(i, i + 1, c) for i, c in enumerate(upper) if len(upper) == end and c.isalpha()]
    whole = article.text.lower() if rng.random() < 0.7 else article.text.upper()
    if len(whole) != len(article.text):
        return []
    return [(m.start(), m.end(), whole[m.start() : m.end()]) for m in WORD.finditer(article.text)]


CHANGES: tuple[tuple[Callable[[GoldArticle, random.Random], list[Edit]], float], ...] = (
    (other_names, 0.4),
    (other_marks, 0.5),
    (damaged_marks, 0.25),
    (misread, 0.12),
    (mistranslated, 0.15),
    (other_layout, 0.15),
    (other_case, 0.12),
)


def augmented(article: GoldArticle, rng: random.Random) -> GoldArticle:
    """The article after some of the changes, each with its own chance."""
    for change, chance in CHANGES:
        if rng.random() < chance:
            article = edited(article, change(article, rng))
    return article
