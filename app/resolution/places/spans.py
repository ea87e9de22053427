"""Locations given as spans, as gold data has them."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Gazetteer,
    Located,
    Mention,
    MentionType,
    Span,
)
from app.identity import name_norm
from app.resolution.places import locate
from app.resolution.places.forms import folded


def extraction_of(text: str, spans: Sequence[Span]) -> Extraction:
    """An extraction whose location mentions are the spans; those of one surface are one entity.

    The mentions stand in text order. A span that occurs twice is one mention.
    """
    entities: dict[str, int] = {}
    names: list[str] = []
    mentions = []
    for span in sorted(set(spans)):
        surface = span.of(text)
        number = entities.setdefault(folded(surface) or surface, len(entities))
        if number == len(names):
            names.append(surface)
        mentions.append(Mention(span, MentionType.NAME, EntityKind.LOCATION, number))
    return Extraction(
        tuple(mentions), tuple(ArticleEntity(EntityKind.LOCATION, name) for name in names)
    )


def locate_spans(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Located | None]:
    """The place of each span of a text, None where it has none."""
    extraction = extraction_of(text, spans)
    located = locate(Document(text, ""), extraction, gazetteer)
    entity = {m.span: m.entity for m in located.mentions}
    numbers = [entity[span] for span in spans]
    return [None if n is None else located.entities[n].located for n in numbers]


def country_code(name: str, gazetteer: Gazetteer) -> str | None:
    """The ISO 3166-1 alpha-2 code of the state of a name, None for what is no state."""
    norm = name_norm(name)
    states = (p.country for p in gazetteer.named([norm]).get(norm, ()) if p.kind == "country")
    return next(states, None)
