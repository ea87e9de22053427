"""Coreference over one article: names first, then descriptions and pronouns in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from app.domain import ArticleEntity, EntityKind, Mention, MentionType, Span
from app.extraction.attributes import text_of
from app.extraction.coreference.bodies import Bodies
from app.extraction.coreference.groups import best_name, group_names
from app.extraction.coreference.people import Person, PersonName, group_people
from app.extraction.coreference.places import Places
from app.extraction.coreference.reading import Reading
from app.extraction.coreference.rivals import Shares
from app.extraction.names.lexicon import HONORIFICS


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
    text = text_of(doc)
    names = [m for m in doc._.mentions if m.type is MentionType.NAME]
    groups, people, shares = _group(text, names)
    order: dict[tuple[EntityKind, int], int] = {}
    resolved = []
    for mention, group in zip(names, groups, strict=True):
        entity = order.setdefault((mention.kind, group), len(order))
        resolved.append(replace(mention, entity=entity))
    genders = {
        entity: people[group].gender
        for (kind, group), entity in order.items()
        if kind is EntityKind.PERSON
    }
    rivals = {
        span: tuple((order[EntityKind.PERSON, group], share) for group, share in ranked)
        for span, ranked in shares.items()
    }
    places = Places(doc)
    reading = Reading(doc, places, resolved, genders, rivals)
    mentions = [*resolved, *reading.read()]
    entities = _entities(text, resolved, len(order))
    bodies = Bodies(doc, places, mentions, entities, reading.rivals)
    mentions = sorted([*mentions, *bodies.read()], key=lambda m: m.span)
    return Resolved(
        tuple(mentions),
        tuple(entities),
        {**reading.rivals, **bodies.rivals},
        tuple(bodies.described),
    )


def _group(
    text: str, names: Sequence[Mention]
) -> tuple[list[int], list[Person], dict[Span, Shares]]:
    """For each name the number of its entity among those of its kind; the people found.

    And, for each name that several people bear, their shares.
    """
    groups = [0] * len(names)
    shares: dict[Span, Shares] = {}
    people: list[Person] = []
    for kind in EntityKind:
        where = [i for i, m in enumerate(names) if m.kind is kind]
        if kind is EntityKind.PERSON:
            grouped = group_people([_person_name(text, names[i].span) for i in where])
            people, owners = grouped.people, grouped.owners
            shares = {
                names[i].span: ranked
                for i, ranked in zip(where, grouped.shares, strict=True)
                if len(ranked) > 1
            }
        else:
            owners = group_names([names[i].span.of(text) for i in where], kind)
        for i, owner in zip(where, owners, strict=True):
            groups[i] = owner
    return groups, people, shares


def _person_name(text: str, span: Span) -> PersonName:
    """A person's name with the form of address before it."""
    words = text[max(0, span.start - 15) : span.start].split()
    title = words[-1].rstrip(".").lower() if words else ""
    return PersonName(span.start, span.of(text), title if title in HONORIFICS else "")


def _entities(text: str, names: Sequence[Mention], count: int) -> list[ArticleEntity]:
    """The entities with their best names and other surfaces, in order of first mention."""
    surfaces: dict[int, list[str]] = defaultdict(list)
    kinds: dict[int, EntityKind] = {}
    for mention in names:
        if mention.entity is not None:
            surfaces[mention.entity].append(" ".join(mention.span.of(text).split()))
            kinds[mention.entity] = mention.kind
    found = []
    for entity in range(count):
        name = best_name(surfaces[entity], kinds[entity])
        aliases = dict.fromkeys(s for s in surfaces[entity] if s != name)
        found.append(ArticleEntity(kinds[entity], name, tuple(aliases)))
    return found
