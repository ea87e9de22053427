"""What an article says about its locations: their surfaces, where they stand, what follows them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from app.domain import ArticleEntity, Document, EntityKind, Extraction, MentionType, Place, Span
from app.resolution.places.forms import folded


@dataclass(slots=True)
class Toponym:
    """A location of the article.

    `names` are its folded surfaces with how often each occurs, `spans` its mentions in text order,
    `within` what it is printed as lying in ("Paris, Texas"), each as the names it may have, the
    longest first. `candidates` are the places it might be.
    """

    names: dict[str, int]
    spans: tuple[Span, ...] = ()
    within: tuple[tuple[str, ...], ...] = ()
    candidates: list[Place] = field(default_factory=list)
    containers: list[list[Place]] = field(default_factory=list)


# "Paris, Texas", "Paris (Texas)", "Paris, in Texas", "Hamburg in northern Germany". Not across
# paragraphs.
_WORD = r"[A-Z][\w'’-]*\.?(?:[A-Z]\.)*"
_WITHIN = re.compile(
    r"(?:,[ ]|[ ]\(|,?[ ]in[ ])(?:the[ ])?(?:(?:north|south|east|west|central)\w*[ -])?"
    rf"(?P<names>{_WORD}(?:[ ](?:and[ ])?{_WORD}){{0,2}})"
)
# "Bexar, Comal and Guadalupe counties"; "Lake and Porter Counties".
_COUNTIES = re.compile(rf"(?:,?[ ](?:and[ ])?{_WORD}(?:[ ]{_WORD})?){{0,4}}[ ][Cc]ounties\b")
FARTHEST = 120
"""Code points after a mention that are looked at."""


def toponyms_of(document: Document, extraction: Extraction) -> dict[int, Toponym]:
    """A toponym for each location entity, by its number."""
    named: dict[int, list[Span]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.entity is not None and mention.type is MentionType.NAME:
            named[mention.entity].append(mention.span)
    return {
        number: _toponym(document.text, entity, tuple(named[number]))
        for number, entity in enumerate(extraction.entities)
        if entity.kind is EntityKind.LOCATION
    }


def _toponym(text: str, entity: ArticleEntity, spans: tuple[Span, ...]) -> Toponym:
    names: Counter[str] = Counter()
    within: list[tuple[str, ...]] = []
    for surface in [span.of(text) for span in spans] or [entity.name, *entity.aliases]:
        head, _, container = surface.partition(", ")
        names[folded(head)] += 1
        if container:
            within.append((folded(container),))
    for span in spans:
        after = text[span.end : span.end + FARTHEST]
        if stated := _WITHIN.match(after):
            words = stated["names"].split()
            within.append(tuple(folded(" ".join(words[:n])) for n in range(len(words), 0, -1)))
        if _COUNTIES.match(after):
            names[f"{folded(span.of(text))} county"] += 1
    del names[""]
    return Toponym(dict(names), spans, tuple(dict.fromkeys(within)))
