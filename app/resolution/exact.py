"""Linking an article's entities to the record by exact name.

Conservative: two entities rather than a wrong merge. A person known by one word only ("Kovalenko")
is not taken for anybody of another article; organisations and places are. An article that is
extracted again keeps its entities, also where their best name is another one now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from app.domain import ArticleEntity, Candidate, CandidateSource, EntityKind, ResolvedEntity
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
    get one id. An earlier entity of the article under the same name comes first, then one on record
    under the full name, then an earlier one that shares an alias.
    """
    earlier = record.earlier()
    namesakes = record.named({name_norm(e.name) for e in entities if is_distinctive(e)})
    found: dict[int, str] = {}
    taken: set[str] = set()

    def take(index: int, candidates: Iterable[Candidate]) -> None:
        kind = entities[index].kind
        free = (c.uid for c in candidates if c.kind is kind and c.uid not in taken)
        if index not in found and (uid := next(free, None)) is not None:
            found[index] = uid
            taken.add(uid)

    # Each step for all entities before the next: an exact name is never lost to another's alias.
    for index, entity in enumerate(entities):
        norm = name_norm(entity.name)
        take(index, [c for c in earlier if name_norm(c.name) == norm])
    for index, entity in enumerate(entities):
        if is_distinctive(entity):
            take(index, namesakes.get(name_norm(entity.name), ()))
    for index, entity in enumerate(entities):
        norms = {name_norm(surface) for surface in (entity.name, *entity.aliases)}
        take(index, [c for c in earlier if c.aliases & norms])
    for index, entity in enumerate(entities):
        if index not in found:
            found[index] = next(u for u in own_uids(entity, article_uid) if u not in taken)
            taken.add(found[index])
    return [ResolvedEntity(entity, found[index]) for index, entity in enumerate(entities)]
