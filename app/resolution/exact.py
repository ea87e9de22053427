"""Linking an article's entities to the record by exact name.

Conservative: two entities rather than a wrong merge. A person known by one word only ("Blinken") is
not taken for anybody of another article; organisations and places are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count

from app.domain import ArticleEntity, CandidateSource, EntityKind, ResolvedEntity
from app.identity import entity_uid, name_norm


def is_distinctive(entity: ArticleEntity) -> bool:
    """Whether the name alone may tie the entity to another article's."""
    return entity.kind is not EntityKind.PERSON or " " in name_norm(entity.name)


def own_uids(entity: ArticleEntity, article_uid: str) -> Iterator[str]:
    """The ids this entity gets if it is new: the first, then those of namesakes in the article."""
    yield entity_uid(entity.kind, entity.name, article_uid)
    for n in count(2):
        yield entity_uid(entity.kind, f"{entity.name} #{n}", article_uid)


def resolve(
    article_uid: str, entities: Sequence[ArticleEntity], record: CandidateSource
) -> list[ResolvedEntity]:
    """The ids of an article's entities, in order.

    Deterministic: the same entities and record give the same ids. Two entities of one article never
    get one id.
    """
    resolved: list[ResolvedEntity] = []
    taken: set[str] = set()
    namesakes = record.named({name_norm(e.name) for e in entities if is_distinctive(e)})
    for entity in entities:
        known: list[str] = []
        if is_distinctive(entity):
            bearers = namesakes.get(name_norm(entity.name), ())
            known = [c.uid for c in bearers if c.kind is entity.kind]
        uids = chain(known, own_uids(entity, article_uid))
        uid = next(uid for uid in uids if uid not in taken)
        taken.add(uid)
        resolved.append(ResolvedEntity(entity, uid))
    return resolved
