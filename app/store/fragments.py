"""Who was founded by some articles, and who else is on record under the same keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from app.domain import EntityKind
from app.store.merges import at_once
from app.store.tables import (
    Article,
    Correction,
    Entity,
    EntityKey,
    ExternalId,
    ExtractionEntity,
    ExtractionRow,
)

_MENTIONED: Any = (
    select(col(ExtractionRow.article), col(Entity.uid), col(Entity.pk), col(Entity.articles))
    .select_from(ExtractionEntity)
    .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
    .join(Article, col(Article.pk) == col(ExtractionRow.article))
    .join(Entity, col(Entity.pk) == col(ExtractionEntity.entity))
    .where(
        col(Article.uid).in_(bindparam("uids", expanding=True)),
        col(ExtractionRow.is_current),
        col(Entity.kind) == str(EntityKind.PERSON),
    )
)
_CORRECTIONS: Any = select(
    col(Correction.target),
    col(Correction.kind),
    col(Correction.actor),
    col(Correction.old),
    col(Correction.new),
)
_LISTED = (
    select(col(ExternalId.entity))
    .join(Entity, col(Entity.pk) == col(ExternalId.entity))
    .where(col(Entity.uid) == bindparam("uid"))
    .limit(1)
)
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


@dataclass(frozen=True, slots=True)
class Founded:
    """The people whom some articles mention: `new` has the ids, by their keys, of those founded.

    Nobody else mentions these. `articles` has for each id the keys of the articles that mention it.
    """

    new: Mapping[int, str]
    articles: Mapping[str, Collection[int]]


def founded(connection: Connection, articles: Collection[str], after: int) -> Founded:
    """The people of some articles (ids), and who of them was founded after the entity `after`."""
    within: dict[str, set[int]] = defaultdict(set)
    rows: dict[int, Any] = {}
    for some in at_once(sorted(articles)):
        for row in connection.execute(_MENTIONED, {"uids": some}):
            within[row.uid].add(row.article)
            rows[row.pk] = row
    new = {
        pk: row.uid
        for pk, row in rows.items()
        if pk > after and row.articles == len(within[row.uid])
    }
    return Founded(new, within)


def corrected_since(connection: Connection, at: datetime, actor: str) -> set[str]:
    """The ids of the entities that corrections name since then (aware), merges by `actor` aside.

    Those of quotes name who speaks now and who did before.
    """
    ids: set[str] = set()
    for row in connection.execute(_CORRECTIONS.where(col(Correction.at) >= at)):
        if row.kind != "merge" or row.actor != actor:
            told = [said for said in (row.old, row.new) if isinstance(said, dict)]
            named = {said.get(key) for said in told for key in ("into", "entity", "speaker")}
            ids |= {row.target, *(uid for uid in named if isinstance(uid, str))}
    return ids


def is_listed(connection: Connection, uid: str) -> bool:
    """Whether an authority knows an entity."""
    return connection.execute(_LISTED, {"uid": uid}).first() is not None


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
