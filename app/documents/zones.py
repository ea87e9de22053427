"""Finds an article's zones: dateline, printed times, byline, headings and paragraphs.

Metadata is looked for in the first blocks and in the last one only; a block is metadata when every
character of it is accounted for. Nothing is invented: each value is a stretch of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.documents.blocks import lines_of, split_blocks, trimmed
from app.documents.bylines import read_byline
from app.documents.datelines import read_dateline
from app.documents.times import MAX_LINE_CHARS, Moment, read_times, starts_with_date
from app.domain import PrintedTime, Span, Zone, ZoneKind

HEAD_BLOCKS = 6
"""Title, standfirst, dateline paragraph, times, byline, picture line: where metadata stands."""

_MAX_HEADING_CHARS = 100
_MAX_HEADING_WORDS = 14
_MAX_TITLE_CHARS = 150
_MAX_TITLE_WORDS = 24
# More than two short lines in a row are a list, a table or verse, not headings.
_MAX_HEADINGS_IN_A_ROW = 2
_LONG_BLOCK_CHARS = 160

_CLOSING = "\"”“’»)]'"
_OPENING = "\"“„«'‘’”(["
_ENDS_SENTENCE = ".!…:;,"
_SPEECH = re.compile(r"[,?!]\s?[\"”“’»]\s?\w|[\"”“»]\s?[a-z]+\s?(?:said|says)\b")
_BULLET = re.compile(r"[-–—•*·]\s|\d+[.)]\s")
_PARTS = re.compile(r"\s*[|·•]\s*|\s[-–—]\s")


@dataclass(slots=True)
class Reading:
    """What was found in a text: its zones in text order and what they say about the article."""

    zones: list[Zone] = field(default_factory=list)
    title: str | None = None
    dateline: str | None = None
    published: PrintedTime | None = None
    updated: PrintedTime | None = None

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors as printed, each once."""
        return tuple(dict.fromkeys(self._values(ZoneKind.AUTHOR)))

    @property
    def agency(self) -> str | None:
        """The first agency as printed."""
        return next(iter(self._values(ZoneKind.AGENCY)), None)

    def _values(self, kind: ZoneKind) -> list[str]:
        return [zone.value for zone in self.zones if zone.kind is kind and zone.value]


@dataclass(slots=True)
class _Block:
    span: Span
    kind: ZoneKind | None = None
    """HEADING or PARAGRAPH; None for metadata."""


def read_zones(text: str, known: Mapping[Span, ZoneKind] | None = None) -> Reading:
    """All zones of `text`. `known` says of some blocks that they are HEADING or PARAGRAPH, which
    HTML markup does; times and bylines among them are found all the same."""
    reading = Reading()
    blocks = [_Block(span) for span in _blocks(text)]
    last = len(blocks) - 1
    for index, block in enumerate(blocks):
        in_head = index < HEAD_BLOCKS or index == last
        if not (in_head and _read_metadata(text, block.span, reading, first=index == 0)):
            block.kind = ZoneKind.PARAGRAPH
    _mark_headings(text, blocks, known or {})
    reading.title = _title(text, blocks, known or {})
    _read_dateline(text, blocks, reading)
    reading.zones += [Zone(block.kind, block.span) for block in blocks if block.kind]
    reading.zones.sort(key=lambda zone: (zone.span.start, -zone.span.end, zone.kind))
    return reading


def _blocks(text: str) -> list[Span]:
    """The text's blocks; in its head and at its end a block of several lines is taken apart where
    one of the lines is metadata ("Title / By Jane Roe / Sept 8, 2021" without blank lines)."""
    blocks = split_blocks(text)
    found: list[Span] = []
    for index, block in enumerate(blocks):
        lines = [block]
        if index < HEAD_BLOCKS or index == len(blocks) - 1:
            lines = lines_of(text, block)
            lines = lines if len(lines) <= HEAD_BLOCKS and _has_metadata(text, lines) else [block]
        found.extend(lines)
    return found


def _has_metadata(text: str, lines: list[Span]) -> bool:
    return any(read_times(text, line) or read_byline(text, line) for line in lines)


def _read_metadata(text: str, block: Span, reading: Reading, first: bool) -> bool:
    """Add the block's zones to `reading` if it is metadata as a whole; whether it was."""
    if block.end - block.start > MAX_LINE_CHARS:
        return False
    posted = reading.published
    if moments := read_times(text, block, posted):
        _add_moments(reading, moments)
        return True
    if zones := read_byline(text, block, first):
        reading.zones += zones
        return True
    parts = _parts(text, block)
    if len(parts) < 2:
        return False
    found = [(read_times(text, part, posted), read_byline(text, part, first)) for part in parts]
    if not all(moments or zones for moments, zones in found):
        return False
    for moments, zones in found:
        _add_moments(reading, moments)
        reading.zones += zones if not moments else []
    return True


def _parts(text: str, block: Span) -> list[Span]:
    """The parts of "By Jane Roe | Sept 8, 2021"."""
    cuts = [match.span() for match in _PARTS.finditer(text, block.start, block.end)]
    starts = [block.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), block.end]
    parts = (trimmed(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [part for part in parts if part is not None]


def _add_moments(reading: Reading, moments: list[Moment]) -> None:
    for moment in moments:
        printed = moment.time.printed if moment.time else None
        reading.zones.append(Zone(moment.kind, moment.span, printed))
        if moment.kind is ZoneKind.PUBLISHED:
            reading.published = reading.published or moment.time
        else:
            reading.updated = reading.updated or moment.time


def _mark_headings(text: str, blocks: list[_Block], known: Mapping[Span, ZoneKind]) -> None:
    """Make headings of short blocks that stand alone before a paragraph."""
    likely = [block.kind is not None and _is_heading(text, block.span, known) for block in blocks]
    last = max((at for at, block in enumerate(blocks) if block.kind), default=0)
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and likely[end]:
            end += 1
        run = blocks[start:end]
        before_paragraph = end <= last
        for block in run:
            if block.span in known or (before_paragraph and len(run) <= _MAX_HEADINGS_IN_A_ROW):
                block.kind = ZoneKind.HEADING
        start = end + 1


def _is_heading(text: str, span: Span, known: Mapping[Span, ZoneKind]) -> bool:
    if span in known:
        return known[span] is ZoneKind.HEADING
    return _could_be_heading(span.of(text), _MAX_HEADING_CHARS, _MAX_HEADING_WORDS)


def _could_be_heading(line: str, max_chars: int, max_words: int) -> bool:
    if len(line) > max_chars or "\n" in line or len(line.split()) > max_words:
        return False
    if not any(map(str.isalpha, line)) or _BULLET.match(line) or _SPEECH.search(line):
        return False
    bare = line.rstrip(_CLOSING + " ")
    first = line.lstrip(_OPENING)[:1]
    return bool(bare) and bare[-1] not in _ENDS_SENTENCE and not first.islower()


def _title(text: str, blocks: list[_Block], known: Mapping[Span, ZoneKind]) -> str | None:
    """The first block where it clearly is a title: short, without a full stop, no dateline, and
    followed by running text."""
    opening = next((block for block in blocks if block.kind is not None), None)
    if opening is None:
        return None
    rest = [block for block in blocks if block.kind is not None and block is not opening]
    if not any(_is_running_text(block.span.of(text)) for block in rest):
        return None
    line = opening.span.of(text)
    is_title = _could_be_heading(line, _MAX_TITLE_CHARS, _MAX_TITLE_WORDS)
    if opening.span in known:
        is_title = known[opening.span] is ZoneKind.HEADING
    if not is_title or read_dateline(text, opening.span) or starts_with_date(text, opening.span):
        return None
    opening.kind = ZoneKind.HEADING
    return line


def _is_running_text(block: str) -> bool:
    if len(block) > _LONG_BLOCK_CHARS:
        return True
    return block.rstrip(_CLOSING + " ")[-1:] in (".", "!", "?", "…") and len(block.split()) > 5


def _read_dateline(text: str, blocks: list[_Block], reading: Reading) -> None:
    paragraph = next((block for block in blocks if block.kind is ZoneKind.PARAGRAPH), None)
    if paragraph is None:
        return
    zones = read_dateline(text, paragraph.span)
    reading.zones += zones
    reading.dateline = next((z.value for z in zones if z.kind is ZoneKind.DATELINE), None)
