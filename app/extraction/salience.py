"""Which entities an article is about, in [0, 1].

The features are those that predict what editors' abstracts name: where and how often an entity is
mentioned, whether the headline has it (Dunietz and Gillick, "A New Entity Salience Task with
Millions of Training Examples", 2014), how far it is spread over the text (Ponza, Ferragina and
Piccinno, "SWAT", 2019), and, for a record of who said what, whether it speaks or is spoken of. Each
is a number in [0, 1] that more mentions never lower; salience is their weighted mean. There is no
gold data for it here: the weights are set by judgement and not fitted.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from app.domain import ArticleEntity, Document, Mention, MentionType, Quote, Span, Zone, ZoneKind
from app.extraction import attributes
from app.identity import name_norm

NAME = "onrecord_salience"

TITLE, EARLY, OFTEN, SHARE, SPREAD, SUBJECT, QUOTED = 0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.1
"""Weights of the features; their sum is 1."""

# What a mention counts by how it refers: a pronoun is cheap, and resolved with less certainty.
_COUNTS = {MentionType.NAME: 1.0, MentionType.NOMINAL: 0.7, MentionType.PRONOUN: 0.5}
# Code points behind the beginning of the body at which being early is worth half: a lead's length.
_LEAD = 500
# So many mentions, subjects or quotes make about two thirds of what any number of them can.
_MANY_MENTIONS, _MANY_SUBJECTS, _MANY_QUOTES = 4, 2, 3
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Mentions there say who wrote it and where, not what it is about.
_IMPRINT = frozenset({ZoneKind.AUTHOR, ZoneKind.AGENCY, ZoneKind.DATELINE})
_DIGITS = 4

attributes.register()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an article's parts are: `headings` stand before the body, `imprint` is not content.

    `paragraphs` are where they begin, at least one; all stand in text order, headings and imprint
    without overlaps. `title` is that of the metadata.
    """

    paragraphs: tuple[int, ...] = (0,)
    headings: tuple[Span, ...] = ()
    imprint: tuple[Span, ...] = ()
    title: str | None = None

    @property
    def has_title(self) -> bool:
        """Whether there is a title that could name an entity."""
        return bool(self.headings or self.title)


def layout_of(document: Document | None) -> Layout:
    """The layout that a document's zones give."""
    if document is None:
        return Layout()
    zones: Sequence[Zone] = document.zones
    paragraphs = sorted(z.span.start for z in zones if z.kind is ZoneKind.PARAGRAPH) or [0]
    headings = [z.span for z in zones if z.kind is ZoneKind.HEADING]
    return Layout(
        tuple(paragraphs),
        tuple(h for h in sorted(headings) if h.start < paragraphs[0]),
        tuple(sorted(z.span for z in zones if z.kind in _IMPRINT)),
        document.title,
    )


def salience(
    layout: Layout,
    entities: Sequence[ArticleEntity],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    subjects: Collection[Span] = (),
) -> list[float]:
    """The salience of each entity, in order.

    `subjects` are the spans of mentions that are subjects of a clause.
    """
    found = [_Tally() for _ in entities]
    acting = frozenset(subjects)
    for mention in mentions:
        if mention.entity is not None and not _within(mention.span, layout.imprint):
            found[mention.entity].add(mention, layout, mention.span in acting)
    heard: Counter[int] = Counter()
    for quote in quotes:
        heard.update({*quote.about} | ({quote.speaker} if quote.speaker is not None else set()))
    everything = sum(tally.count for tally in found)
    title = f" {_words(layout.title)} " if layout.title else ""
    return [
        _combined(tally, layout, _is_in(title, entity), everything, heard[i])
        for i, (tally, entity) in enumerate(zip(found, entities, strict=True))
    ]


class _Tally:
    """What counts for one entity."""

    __slots__ = ("count", "first", "in_heading", "paragraphs", "subjects")

    def __init__(self) -> None:
        self.count = 0.0
        self.first: int | None = None
        self.in_heading = False
        self.paragraphs: set[int] = set()
        self.subjects = 0

    def add(self, mention: Mention, layout: Layout, is_subject: bool) -> None:
        """Note a mention."""
        start = mention.span.start
        self.count += _COUNTS[mention.type]
        self.first = start if self.first is None else min(self.first, start)
        self.subjects += is_subject
        if start >= layout.paragraphs[0]:
            self.paragraphs.add(bisect_right(layout.paragraphs, start))
        elif _within(mention.span, layout.headings):
            self.in_heading = True


def _combined(
    tally: _Tally, layout: Layout, in_title: bool, everything: float, quotes: int
) -> float:
    early = 0.0
    if tally.first is not None:
        early = 1 / (1 + max(0, tally.first - layout.paragraphs[0]) / _LEAD)
    whole = 1.0 if layout.has_title else 1.0 - TITLE
    total = (
        TITLE * (tally.in_heading or in_title)
        + EARLY * early
        + OFTEN * _saturating(tally.count, _MANY_MENTIONS)
        + SHARE * (math.sqrt(tally.count / everything) if everything else 0.0)
        + SPREAD * math.sqrt(len(tally.paragraphs) / len(layout.paragraphs))
        + SUBJECT * _saturating(tally.subjects, _MANY_SUBJECTS)
        + QUOTED * _saturating(quotes, _MANY_QUOTES)
    )
    return round(min(total / whole, 1.0), _DIGITS)


def _saturating(count: float, many: float) -> float:
    return 1 - math.exp(-count / many)


def _within(span: Span, zones: Sequence[Span]) -> bool:
    """Whether one of some zones, in text order, holds a span."""
    at = bisect_right(zones, span.start, key=lambda zone: zone.start) - 1
    return at >= 0 and zones[at].contains(span)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in name_norm(text)).split())


def _is_in(title: str, entity: ArticleEntity) -> bool:
    """Whether a title (its words, spaces around it) has the name of an entity or an alias."""
    return bool(title) and any(
        f" {words} " in title for s in (entity.name, *entity.aliases) if (words := _words(s))
    )


@Language.component(
    NAME,
    requires=["doc._.mentions", "doc._.entities", "doc._.quotes"],
    assigns=["doc._.entities"],
)
def salience_component(doc: Doc) -> Doc:
    """Give the entities their salience."""
    mentions = cast(tuple[Mention, ...], doc._.mentions)
    entities = cast(tuple[ArticleEntity, ...], doc._.entities)
    found = salience(
        layout_of(doc._.document), entities, mentions, doc._.quotes, _acting(doc, mentions)
    )
    doc._.entities = tuple(
        replace(entity, salience=value) for entity, value in zip(entities, found, strict=True)
    )
    return doc


def _acting(doc: Doc, mentions: Sequence[Mention]) -> list[Span]:
    """The mentions that are, or end with, the subject of a clause."""
    subjects = [token.idx for token in doc if token.dep_ in _SUBJECTS]
    found = []
    for mention in mentions:
        at = bisect_right(subjects, mention.span.end - 1) - 1
        if at >= 0 and subjects[at] >= mention.span.start:
            found.append(mention.span)
    return found
