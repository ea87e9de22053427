"""Cuts a text into blocks: what a reader sees as separate lines or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.domain import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]+")

# A text wrapped by hand at 65-80 columns: no line is longer, and many go on in mid-sentence.
_WRAP_COLUMNS = 100
_WRAP_MIN_LINES = 3
_WRAP_SHARE = 0.3


def split_blocks(text: str) -> list[Span]:
    """The blocks of `text`, trimmed of white space, in order and without overlaps.

    Blank lines separate blocks. In a text without a blank line each line is a block, unless the
    lines are evidently one hand-wrapped paragraph.
    """
    blocks = list(_pieces(text, _BLANK_LINES))
    if len(blocks) != 1:
        return blocks
    lines = lines_of(text, blocks[0])
    if _is_wrapped([line.of(text) for line in lines]):
        return blocks
    return lines


def lines_of(text: str, block: Span) -> list[Span]:
    """The lines of one block that are not blank, trimmed of white space."""
    found = (
        trimmed(text, match.start(), match.end())
        for match in _LINE.finditer(text, block.start, block.end)
    )
    return [line for line in found if line is not None]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends, None where nothing remains."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _pieces(text: str, separator: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for match in separator.finditer(text):
        if piece := trimmed(text, start, match.start()):
            yield piece
        start = match.end()
    if piece := trimmed(text, start, len(text)):
        yield piece


def _is_wrapped(lines: list[str]) -> bool:
    if len(lines) < _WRAP_MIN_LINES or max(map(len, lines)) > _WRAP_COLUMNS:
        return False
    going_on = sum(after[0].islower() for _, after in pairwise(lines))
    return going_on >= _WRAP_SHARE * (len(lines) - 1)
