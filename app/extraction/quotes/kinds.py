"""Whether a quote is direct, mixed or indirect.

The definitions are those of the PolNeAR evaluation: *direct* if at least nine tenths of the
content's letters stand in quotation marks, *mixed* if some do, *indirect* if none does, or if
content and cue lie together inside one longer quotation (a report within somebody's speech).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.domain import QuoteKind, Span
from app.extraction.quotes.marks import Region

DIRECT_SHARE = 0.9


class Regions:
    """Quotation regions in text order (disjoint), made searchable."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self.regions = tuple(regions)
        self._starts = [region.start for region in self.regions]

    def at(self, position: int) -> int | None:
        """The index of the region that covers a code point, or None."""
        i = bisect_right(self._starts, position) - 1
        return i if i >= 0 and position < self.regions[i].end else None

    def clip(self, span: Span) -> list[Span]:
        """The parts of `span` inside regions."""
        parts = []
        for i in range(max(0, bisect_right(self._starts, span.start) - 1), len(self.regions)):
            region = self.regions[i]
            if region.start >= span.end:
                break
            if region.end > span.start:
                parts.append(Span(max(span.start, region.start), min(span.end, region.end)))
        return parts

    def around(self, spans: Sequence[Span]) -> int | None:
        """The index of the one region that holds all of `spans`, or None."""
        if not spans:
            return None
        first = self.at(min(s.start for s in spans))
        whole = first is not None and max(s.end for s in spans) <= self.regions[first].end
        return first if whole else None


def _letters(text: str, spans: Sequence[Span]) -> int:
    return sum(c.isalnum() for span in spans for c in span.of(text))


def kind_of(text: str, content: Sequence[Span], cue: Sequence[Span], regions: Regions) -> QuoteKind:
    """The kind of a quote, from where its content and cue stand in the quotation marks."""
    inside = _letters(text, [part for span in content for part in regions.clip(span)])
    if not inside or (cue and regions.around([*content, *cue]) is not None):
        return QuoteKind.INDIRECT
    if inside >= DIRECT_SHARE * _letters(text, content):
        return QuoteKind.DIRECT
    return QuoteKind.MIXED
