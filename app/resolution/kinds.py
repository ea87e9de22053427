"""The kind that the record knows a name by: what "one sense per discourse" is in one article.

The model calls the White House a place here and there, and a swimmer a body. A name of several
words that some articles more read as another kind is taken for that, so that it stays one entity.
What counts is how each article read it, not what was made of that: a kind that was wrong at first
gives way to the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain import ArticleEntity, Candidate, EntityKind, Extraction, MentionType
from app.identity import name_norm

# So many articles more must read the name as the other kind: a single mistaken one says nothing.
LEAD = 2


def kinds_on_record(
    extraction: Extraction, named: Mapping[str, Sequence[Candidate]]
) -> list[EntityKind]:
    """The kinds that an article's entities are taken for, by who is on record under their names.

    Whom the article itself calls by an office or a pronoun stays a person, whoever speaks is no
    place, and nothing gets a kind under which the article has the name already.
    """
    entities = extraction.entities
    people = {i for i, entity in enumerate(entities) if entity.roles} | {
        mention.entity
        for mention in extraction.mentions
        if mention.type is MentionType.PRONOUN and mention.kind is EntityKind.PERSON
    }
    speakers = {quote.speaker for quote in extraction.quotes}
    there = {(entity.kind, name_norm(entity.name)) for entity in entities}
    kinds = []
    for index, entity in enumerate(entities):
        kind = kind_on_record(entity, named)
        if (
            (entity.kind is EntityKind.PERSON and index in people)
            or (kind is EntityKind.LOCATION and index in speakers)
            or (kind, name_norm(entity.name)) in there
        ):
            kind = entity.kind
        there.add((kind, name_norm(entity.name)))
        kinds.append(kind)
    return kinds


def kind_on_record(entity: ArticleEntity, named: Mapping[str, Sequence[Candidate]]) -> EntityKind:
    """The kind that the record has for an entity's name alone.

    A body stays one where the name is a place on the map: "New Zealand" plays.
    """
    norm = name_norm(entity.name)
    under = named.get(norm, ())
    if " " not in norm or not under:
        return entity.kind
    readings: Counter[EntityKind] = Counter()
    for candidate in under:
        if _is_called(candidate, norm):
            readings.update(_readings(candidate))
    if entity.kind is EntityKind.ORGANISATION and any(c.places for c in under):
        del readings[EntityKind.LOCATION]
    best = max(EntityKind, key=lambda kind: readings[kind])
    return best if readings[best] >= readings[entity.kind] + LEAD else entity.kind


def _is_called(candidate: Candidate, norm: str) -> bool:
    called = () if candidate.traits is None else candidate.traits.called
    return any(name_norm(form) == norm for form in (candidate.name, *called))


def _readings(candidate: Candidate) -> dict[EntityKind, int]:
    """As which kind how many articles read an entity's name, also one that is not shown."""
    if candidate.traits is None:
        return {candidate.kind: candidate.articles}
    others = {EntityKind(kind): n for kind, n in candidate.traits.read_as.items()}
    return {candidate.kind: candidate.traits.articles - sum(others.values()), **others}


def of_kinds(extraction: Extraction, kinds: Sequence[EntityKind]) -> Extraction:
    """The extraction with its entities, and their mentions, taken for these kinds, in order.

    What was read of an entity as one of another kind, its roles and its place, goes.
    """
    changed = {
        index: replace(entity, kind=kind, roles=(), located=None)
        for index, (entity, kind) in enumerate(zip(extraction.entities, kinds, strict=True))
        if entity.kind is not kind
    }
    if not changed:
        return extraction
    entities = (changed.get(i, entity) for i, entity in enumerate(extraction.entities))
    mentions = (
        replace(mention, kind=changed[mention.entity].kind)
        if mention.entity in changed
        else mention
        for mention in extraction.mentions
    )
    return replace(extraction, entities=tuple(entities), mentions=tuple(mentions))
