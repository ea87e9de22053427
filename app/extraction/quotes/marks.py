"""Where the quotation marks of a text open and close, however badly they are set.

Paragraphs (lines) are read one by one, so that a missing mark costs one paragraph and no more.
Every mark is first judged by its glyph and its neighbours (an opener hugs the word after it, a
closer the word or the punctuation before it), then openers and closers are paired with one
automaton. Where the two sources of evidence disagree (``[…] “.``: an opening glyph used to close),
the neighbours win only if the glyph would make no sense. The idea of pairing by paragraph and
letting an open region run to the paragraph's end follows the typographic rule for speech of several
paragraphs, in which every paragraph opens and only the last one closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain import Span

LINE = re.compile(r"[^\n]+")
DOUBLE = re.compile("[“”„«»\"]|''|``|‟|＂")
SINGLE = re.compile("[‘’'‚‛]")
OPENING_GLYPHS = frozenset(("“", "„", "``", "«", "‘", "‚", "‛", "‟"))
CLOSING_GLYPHS = frozenset(("”", "»", "’"))
OPENS_AFTER = frozenset("([{—–-/")
CLOSES_BEFORE = frozenset(".,;:)]}?!—–-…")
# A single-quoted stretch longer than this is an apostrophe that found a partner.
LONGEST_SINGLE = 600


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch in quotation marks, marks included (code points, end exclusive).

    `closed` is False where the paragraph ended first; `single` tells single quotation marks.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False

    @property
    def span(self) -> Span:
        """The region as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool
    glyph_opens: bool
    tail: bool  # nothing but punctuation follows in its line


def _judge(text: str, line: re.Match[str], mark: re.Match[str]) -> _Mark:
    """What a mark may be, by its glyph and by what stands beside it."""
    start, end, glyph = mark.start(), mark.end(), mark.group()
    before = text[start - 1] if start > line.start() else " "
    after = text[end] if end < line.end() else " "
    hugs_right = (before.isspace() or before in OPENS_AFTER) and not after.isspace()
    hugs_left = not before.isspace() and (after.isspace() or after in CLOSES_BEFORE)
    tail = (
        not any(c.isalnum() for c in text[end : min(end + 4, line.end())]) and end + 4 > line.end()
    )
    if glyph in OPENING_GLYPHS:
        # “ before a full stop at a line's end, or hugging only the word before it, closes.
        reversed_ = (after in CLOSES_BEFORE and after != "…" and not hugs_right) or (
            hugs_left and not hugs_right
        )
        reversed_ = reversed_ or (tail and after in CLOSES_BEFORE)
        return _Mark(start, end, not reversed_, reversed_, True, tail)
    if glyph in CLOSING_GLYPHS:
        # ” at the start of a word after a space opens only where nothing is open (see `_pair`).
        return _Mark(start, end, hugs_right and not hugs_left, True, False, tail)
    if hugs_right and not hugs_left:
        return _Mark(start, end, True, False, False, tail)
    if hugs_left and not hugs_right:
        return _Mark(start, end, False, True, False, tail)
    return _Mark(start, end, True, True, False, tail)


def _pair(text: str, line: re.Match[str], marks: list[_Mark]) -> Iterator[Region]:
    """Pair the marks of one line; nested marks only deepen the region they are in."""
    openers = sum(m.opens and not m.closes for m in marks)
    closers = sum(m.closes and not m.opens for m in marks)
    nests = openers == closers == len(marks) - openers
    opened: int | None = None
    depth = 0
    for mark in marks:
        if opened is None:
            if mark.opens or (mark.closes and mark.glyph_opens and not mark.tail):
                opened, depth = mark.start, 1
        elif mark.closes:
            depth -= 1
            if depth <= 0:
                yield Region(opened, mark.end)
                opened = None
        elif nests and mark.glyph_opens:
            depth += 1
        elif not mark.glyph_opens or _ended(text, mark.start):
            # A straight opener while open, or a new sentence's opener: the closer before it was
            # forgotten, and nobody can say where; the new region is the one to trust.
            opened, depth = mark.start, 1
    if opened is not None and line.end() - opened > 1:
        yield Region(opened, line.end(), closed=False)


def _ended(text: str, at: int) -> bool:
    """Whether a sentence ends just before `at`."""
    before = text[max(0, at - 4) : at].rstrip()
    return before[-1:] in (".", "?", "!", ":")


def _stray_tail(text: str, line: re.Match[str], marks: list[_Mark], found: list[Region]) -> None:
    """Let a closer without an opener at a line's end lengthen the region before it.

    A machine-translated or edited quotation often closes twice: once where a full stop was put
    into it, once where it ends.
    """
    if not found or not marks:
        return
    last, region = marks[-1], found[-1]
    alone = last.closes and last.tail and region.closed and region.end <= last.start
    if alone and all(m.start < region.end for m in marks[:-1]):
        between = text[region.end : last.start]
        if text[region.end - 2 : region.end - 1] == "." and between.strip()[:1].isupper():
            found[-1] = Region(region.start, last.end)


def double_regions(text: str) -> list[Region]:
    """Every stretch in double quotation marks, in text order; disjoint, each within a line."""
    regions: list[Region] = []
    for line in LINE.finditer(text):
        marks = [_judge(text, line, m) for m in DOUBLE.finditer(text, line.start(), line.end())]
        if marks:
            found = list(_pair(text, line, marks))
            _stray_tail(text, line, marks, found)
            regions += found
    return regions


def single_regions(text: str, start: int, end: int) -> list[Region]:
    """Stretches in single quotation marks within text[start:end] (a line).

    An apostrophe looks like a closing mark, so a region must open before a word after a space,
    close before a space or punctuation, and end in punctuation where any of its candidates does.
    """
    regions: list[Region] = []
    opened: int | None = None
    weak: int | None = None
    for mark in SINGLE.finditer(text, start, end):
        i = mark.start()
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        opens = (before.isspace() or before in OPENS_AFTER) and not after.isspace()
        closes = not before.isspace() and (after.isspace() or after in CLOSES_BEFORE)
        if opened is not None and i - opened > LONGEST_SINGLE:
            opened = None
        if opened is None:
            opened, weak = (i, None) if opens and mark.group() != "’" else (None, None)
        elif closes and before in ".,?!…":
            regions.append(Region(opened, i + 1, single=True))
            opened = None
        elif closes:
            weak = i + 1
        elif opens and mark.group() != "’":
            if weak is not None:
                regions.append(Region(opened, weak, single=True))
            opened, weak = i, None
    if opened is not None and weak is not None:
        regions.append(Region(opened, weak, single=True))
    return regions


def quoted_regions(text: str) -> list[Region]:
    """All quotation regions: double ones, and single ones in lines that use no double marks."""
    doubles = double_regions(text)
    regions: list[Region] = []
    at = 0
    for line in LINE.finditer(text):
        inside = []
        while at < len(doubles) and doubles[at].start < line.end():
            inside.append(doubles[at])
            at += 1
        regions += inside or single_regions(text, line.start(), line.end())
    return regions
