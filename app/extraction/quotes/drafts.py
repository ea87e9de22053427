"""What the rules hand to one another: an attribution in the making."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.sources import Range
from app.extraction.quotes.tree import Tree

EDGES = " \t\n\r\f\v\xa0,;:.-–—"


@dataclass(slots=True)
class Draft:
    """Content as code-point pairs, cue and source as token ranges, the cue's main token."""

    content: list[tuple[int, int]]
    verb: int = -1
    cue: Range | None = None
    source: Range | None = None
    quoted: bool = False
    parent: Draft | None = None
    context: bool = False

    @property
    def start(self) -> int:
        """Where the content starts."""
        return min(s for s, _ in self.content)

    @property
    def end(self) -> int:
        """Where the content ends."""
        return max(e for _, e in self.content)


def tidy(text: str, pieces: list[tuple[int, int]], keep: str = "") -> list[tuple[int, int]]:
    """Content pieces sorted, made disjoint, and stripped of white space and loose punctuation."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        start = max(start, out[-1][1]) if out else start
        while start < end and text[start] in EDGES:
            start += 1
        while end > start and text[end - 1] in EDGES and text[end - 1] not in keep:
            end -= 1
        if start < end:
            out.append((start, end))
    return out


def minus(piece: tuple[int, int], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`piece` without the parts that `holes` cover."""
    parts = [piece]
    for low, high in holes:
        parts = [
            (s, e)
            for start, end in parts
            for s, e in ((start, min(end, low)), (max(start, high), end))
            if s < e
        ]
    return sorted(set(parts))


def finished(tree: Tree, drafts: list[Draft]) -> list[Attribution]:
    """Drafts as attributions in text order, their links as indices."""
    order = sorted(drafts, key=lambda d: (d.start, -d.end, d.verb))
    index = {id(d): i for i, d in enumerate(order)}
    found = []
    for i, draft in enumerate(order):
        cue = tree.span(*draft.cue) if draft.cue else None
        source = tree.span(*draft.source) if draft.source else None
        before = index.get(id(draft.parent)) if draft.parent is not None else None
        found.append(
            Attribution(
                content=tuple(Span(s, e) for s, e in draft.content),
                cue=(cue,) if cue else (),
                source=(source,) if source else (),
                continues=before if before is not None and before < i else None,
                context=draft.context,
            )
        )
    return found
