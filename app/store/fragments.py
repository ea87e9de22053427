"""Who was founded by some articles, and who else is on record under the same keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from app.domain import EntityKind
from app.store.merges import at_once
from app.store.tables import Article, Entity, EntityKey, ExtractionEntity, ExtractionRow

_MENTIONED: Any = (
    select(col(ExtractionRow.article), col(Entity.uid), col(Entity.pk), col(Entity.kind),
           col(Entity.articles), col(Entity.merged_into))
    .select_from(ExtractionEntity)
    .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
    .join(Article, col(Article.pk) == col(ExtractionRow.article))
    .join(Entity, col(Entity.pk) == col(ExtractionEntity.entity))
    .where(col(Article.uid).in_(bindparam("uids", expanding=True)), col(ExtractionRow.is_current))
)  # fmt: skip
_KEYS = select(col(EntityKey.key)).where(
    col(EntityKey.entity).in_(bindparam("pks", expanding=True))
)
_SHARED = (
    select(col(EntityKey.key))
    .where(col(EntityKey.key).in_(bindparam("keys", expanding=True)))
    .group_by(col(EntityKey.key))
    .having(func.count() > 1)
)


def latest(connection: Connection) -> int:
    """The key of the entity that was founded last, 0 where there is none."""
    return connection.execute(select(func.max(col(Entity.pk)))).scalar_one() or 0


def founded(
    connection: Connection, articles: Collection[str], after: int
) -> tuple[Mapping[int, str], Mapping[str, frozenset[str]]]:
    """The people founded after entity `after` whom none but these articles (ids) mention.

    Gives their ids by their keys, and the ids of who stands beside each of them.
    """
    together: dict[int, set[str]] = defaultdict(set)
    within: dict[int, set[int]] = defaultdict(set)
    new: dict[int, Any] = {}
    for some in at_once(sorted(articles)):
        for row in connection.execute(_MENTIONED, {"uids": some}):
            together[row.article].add(row.uid)
            if row.kind == EntityKind.PERSON and row.pk > after and row.merged_into is None:
                within[row.pk].add(row.article)
                new[row.pk] = row
    own = {pk: row.uid for pk, row in new.items() if row.articles == len(within[pk])}
    beside = {
        uid: frozenset().union(*(together[article] for article in within[pk])) - {uid}
        for pk, uid in own.items()
    }
    return own, beside


def shared_keys(connection: Connection, entities: Collection[int]) -> list[str]:
    """The keys of some entities (by their own keys) that lead to others as well."""
    keys = {
        key
        for some in at_once(sorted(entities))
        for key in connection.execute(_KEYS, {"pks": some}).scalars()
    }
    return [
        key
        for some in at_once(sorted(keys))
        for key in connection.execute(_SHARED, {"keys": some}).scalars()
    ]
