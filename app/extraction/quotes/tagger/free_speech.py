"""Speech in quotation marks that the network gave to nobody, and reports within speech.

The network was trained on quotes that have a cue. A second paragraph of a long quotation, or an
answer in an interview, has none; whose it is can be told by typography, which the rules know. Nor
was it trained on quotes within quotes ("“He told us that …,” she said"): its labels are flat.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from app.domain import Span
from app.extraction.attributes import text_of
from app.extraction.quotes import lexicon
from app.extraction.quotes.attributions import Attribution, reordered
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.rules import in_marks

WORD = re.compile(r"\w+")


def with_free_speech(doc: Doc, regions: Regions, found: Sequence[Attribution]) -> list[Attribution]:
    """`found`, the rules' quoted speech beside it and their reports in it; sorted, links kept.

    A quote of the rules of which `found` has at least half stands for the quote that has it: what
    continues the one then continues the other.
    """
    covered = Covered(found)
    if not _may_add(doc, regions, covered):
        return sorted(found, key=_place)
    ruled, reports = in_marks(doc, regions)
    # What each quote of the rules has become: an index into `merged`.
    became: dict[int, int] = {}
    merged = list(found)
    for i, attribution in enumerate(ruled):
        owner = covered.owner(attribution.content)
        if owner is not None:
            became[i] = owner
            continue
        content = covered.free(attribution.content)
        earlier = attribution.continues
        free = not attribution.cue
        if content and free:
            became[i] = len(merged)
            merged.append(
                replace(
                    attribution,
                    content=content,
                    continues=became.get(earlier) if earlier is not None else None,
                )
            )
    merged += [report for report in reports if covered.within_one(report)]
    order = sorted(range(len(merged)), key=lambda k: _place(merged[k]))
    # The rules may continue a quote that now starts further down: nobody goes on before speaking.
    return [
        one if one.continues is None or one.continues < i else replace(one, continues=None)
        for i, one in enumerate(reordered(merged, order))
    ]


def _place(one: Attribution) -> tuple[int, int]:
    """What quotes are sorted by."""
    return one.start, -one.content[-1].end


def _may_add(doc: Doc, regions: Regions, covered: Covered) -> bool:
    """Whether the rules can have anything to add; reading a whole document for them takes time."""
    text = text_of(doc)
    for region in regions.regions:
        if covered.owner([region.span]) is None:
            return True
        words = WORD.findall(text, region.start, region.end)
        if any(word.lower() in lexicon.SAY_FORMS for word in words):
            return True
    return False


class Covered:
    """Which stretches of a text belong to contents."""

    def __init__(self, found: Sequence[Attribution]) -> None:
        pieces = sorted((span, i) for i, one in enumerate(found) for span in one.content)
        self._spans = [span for span, _ in pieces]
        self._owners = [i for _, i in pieces]
        self._ends = [span.end for span in self._spans]
        self._starts = [span.start for span in self._spans]

    def _over(self, span: Span) -> range:
        """The contents that overlap a stretch. Contents do not overlap one another."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def owner(self, content: Sequence[Span]) -> int | None:
        """The quote that has most of a content, if all quotes together have half of it."""
        shares: dict[int, int] = {}
        for span in content:
            for k in self._over(span):
                other = self._spans[k]
                overlap = min(span.end, other.end) - max(span.start, other.start)
                shares[self._owners[k]] = shares.get(self._owners[k], 0) + overlap
        length = sum(span.end - span.start for span in content)
        if 2 * sum(shares.values()) < length:
            return None
        return max(shares, key=lambda i: (shares[i], -i))

    def within_one(self, attribution: Attribution) -> bool:
        """Whether all of a quote lies within one stretch of a content."""
        spans = (*attribution.content, *attribution.cue, *attribution.source)
        k = bisect_right(self._starts, min(spans).start) - 1
        return k >= 0 and all(self._spans[k].contains(span) for span in spans)

    def free(self, content: Sequence[Span]) -> tuple[Span, ...]:
        """The stretches of a content that no quote has, if they are more than a mark."""
        parts = []
        for span in content:
            at = span.start
            for k in self._over(span):
                parts.append((at, self._spans[k].start))
                at = self._spans[k].end
            parts.append((at, span.end))
        return tuple(Span(start, end) for start, end in parts if end - start > 2)
