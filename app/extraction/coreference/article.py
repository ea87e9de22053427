"""Coreference over one article: names first, then descriptions and pronouns in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from app.domain import ArticleEntity, Mention, MentionType, Span
from app.extraction.attributes import text_of
from app.extraction.coreference.bodies import Bodies
from app.extraction.coreference.named import name_entities
from app.extraction.coreference.places import Places
from app.extraction.coreference.reading import Reading
from app.extraction.coreference.rivals import Shares


@dataclass(frozen=True, slots=True)
class Resolved:
    """All mentions of an article, resolved as far as the rules reach, and its entities.

    `rivals` holds, for every mention that may mean several entities, the likeliest of them with
    their shares (`rivals.py` says of what), best first; the first is the mention's own.
    `described` are what may be mentions of organisations by description or "it": good enough where
    one is a source.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[ArticleEntity, ...]
    rivals: Mapping[Span, Shares]
    described: tuple[Mention, ...] = ()


def resolve(doc: Doc) -> Resolved:
    """Read an article: names, then descriptions and pronouns."""
    named = name_entities(text_of(doc), [m for m in doc._.mentions if m.type is MentionType.NAME])
    places = Places(doc)
    reading = Reading(doc, places, named.mentions, named.genders, named.rivals)
    mentions = [*named.mentions, *reading.read()]
    entities = named.entities
    bodies = Bodies(doc, places, mentions, entities, reading.rivals)
    mentions = sorted([*mentions, *bodies.read()], key=lambda m: m.span)
    return Resolved(
        tuple(mentions),
        tuple(entities),
        {**reading.rivals, **bodies.rivals},
        tuple(bodies.described),
    )
