"""The kind that the record knows a name by: what "one sense per discourse" is in one article.

The model calls the White House a place here and there, and a swimmer a body. A name of several
words that some articles more have as another kind is taken for that, so that it stays one entity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain import ArticleEntity, Candidate, EntityKind, Extraction
from app.identity import name_norm

# So many articles more must have the name as the other kind. With one, the first article's mistake
# would stand for ever; with two it takes two.
LEAD = 2


def kind_on_record(entity: ArticleEntity, named: Mapping[str, Sequence[Candidate]]) -> EntityKind:
    """The kind that an article's entity is taken for, by who is on record under its name.

    A body stays one where the name is a place on the map: "New Zealand" plays.
    """
    norm = name_norm(entity.name)
    if " " not in norm:
        return entity.kind
    under = named.get(norm, ())
    if all(c.kind is entity.kind for c in under):
        return entity.kind
    bearers = [c for c in under if _is_called(c, norm)]
    others = [
        c
        for c in bearers
        if c.kind is not entity.kind and not (entity.kind is EntityKind.ORGANISATION and c.places)
    ]
    best = max(others, key=lambda c: c.articles, default=None)
    own = max((c.articles for c in bearers if c.kind is entity.kind), default=0)
    return entity.kind if best is None or best.articles < own + LEAD else best.kind


def _is_called(candidate: Candidate, norm: str) -> bool:
    called = () if candidate.traits is None else candidate.traits.called
    return any(name_norm(form) == norm for form in (candidate.name, *called))


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
