"""What resolution asks of the record: entities by key, and those an article had before.

However many share a key, only the first `MOST` of them are kept and read, so that an article costs
about the same in a small record and in a large one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlmodel import col

from app.domain import NEAR, Candidate, EntityKind, ResolvedEntity, Traits
from app.identity import name_norm
from app.store.merges import ENTITY, at_once, surviving
from app.store.profiles import from_json, profiles, together
from app.store.served import reassigned
from app.store.tables import (
    Alias,
    Entity,
    EntityKey,
    EntityPlace,
    ExtractionEntity,
    ExtractionRow,
)

# How many entities one key leads to.
MOST = 16

_BY_KEY: Any = (
    ENTITY.add_columns(col(EntityKey.key))
    .join(EntityKey, col(EntityKey.entity) == col(Entity.pk))
    .where(col(EntityKey.key).in_(bindparam("keys", expanding=True)))
    .order_by(col(EntityKey.key), col(EntityKey.rank))
)
_OF_ARTICLE = ENTITY.order_by(col(Entity.pk)).where(
    col(Entity.pk).in_(bindparam("pks", expanding=True))
)
_RESOLVED = (
    select(col(ExtractionEntity.resolved))
    .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
    .where(col(ExtractionRow.article) == bindparam("article"), col(ExtractionRow.is_current))
)
_ALIASES = select(col(Alias.entity), col(Alias.norm)).where(
    col(Alias.entity).in_(bindparam("pks", expanding=True))
)
_PLACES = select(col(EntityPlace.entity), col(EntityPlace.place)).where(
    col(EntityPlace.entity).in_(bindparam("pks", expanding=True)),
    col(EntityPlace.articles) > 0,
    # A guess by its neighbours is no place that could tell two apart.
    ~col(EntityPlace.place).startswith(NEAR),
)
_KEYS_OF = select(col(EntityKey.entity), col(EntityKey.key)).where(
    col(EntityKey.entity).in_(bindparam("pks", expanding=True))
)
_ADD_KEY = text(
    """INSERT INTO entity_key (key, rank, entity)
       SELECT :key, next, :entity FROM
         (SELECT coalesce(max(rank) + 1, 0) AS next FROM entity_key WHERE key = :key) AS n
       WHERE next < :most"""
)


class StoredCandidates:
    """A `CandidateSource` over an open connection, for one article (its key, None if it is new).

    A merged entity stands for the one it was merged into. A suppressed one is a candidate like any
    other: what is said of it must find it, so as not to be shown under a new id.
    """

    def __init__(self, connection: Connection, article: int | None = None) -> None:
        self.connection = connection
        self.article = article

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        """The entities under each of the keys, at most `MOST`: who had it first, first."""
        rows = [
            row
            for some in at_once(sorted(keys))
            for row in self.connection.execute(_BY_KEY, {"keys": some})
        ]
        now = surviving(self.connection, rows)
        under: dict[str, dict[int, Any]] = defaultdict(dict)
        sought: dict[int, set[str]] = defaultdict(set)
        parts: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            survivor = now[row.pk]
            under[row.key][survivor.pk] = survivor
            sought[survivor.pk].add(row.key)
            parts[survivor.pk] |= {survivor.pk, row.pk}
        standing = {pk: row for some in under.values() for pk, row in some.items()}
        known = self._known(standing, sought, parts)
        return {key: [known[pk] for pk in some] for key, some in under.items()}

    def _known(
        self,
        rows: Mapping[int, Any],
        sought: Mapping[int, Collection[str]],
        parts: Mapping[int, Collection[int]],
    ) -> dict[int, Candidate]:
        """Candidates with their profiles, under the names they were sought by and were given.

        `parts` are the entities that were merged into each, of those found, itself included: each
        keeps the profile that its articles tell.
        """
        told = self._told(parts)
        places = self._places(pk for pk, row in rows.items() if row.kind == EntityKind.LOCATION)
        made = {}
        for pk, row in rows.items():
            traits = from_json(told[pk]) if pk in told else None
            called = () if traits is None else traits.called
            aliases = {*sought[pk], name_norm(row.name), *(name_norm(form) for form in called)}
            made[pk] = _candidate(row, aliases, traits, places.get(pk, ()))
        return made

    def _told(self, parts: Mapping[int, Collection[int]]) -> dict[int, Any]:
        everything = {part for some in parts.values() for part in some}
        told = profiles(self.connection, everything, without=self.article)
        sums = {}
        for pk, some in parts.items():
            summed = together(told[part] for part in sorted(some) if part in told)
            if summed is not None:
                sums[pk] = summed
        return sums

    def _places(self, entities: Iterable[int]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for some in at_once(sorted(entities)):
            for entity, place in self.connection.execute(_PLACES, {"pks": some}):
                found[entity].add(place)
        return found

    def earlier(self) -> Sequence[Candidate]:
        """The entities of the article's current extraction, with their aliases."""
        if self.article is None:
            return []
        resolved = self.connection.execute(_RESOLVED, {"article": self.article}).scalars().all()
        parts = reassigned(self.connection, self.article)
        pks = sorted({parts.get(pk, pk) for pk in resolved})
        rows = [
            row
            for some in at_once(pks)
            for row in self.connection.execute(_OF_ARTICLE, {"pks": some})
        ]
        survivors = {row.pk: row for row in surviving(self.connection, rows).values()}
        aliases: dict[int, set[str]] = defaultdict(set)
        for some in at_once(sorted(survivors)):
            for entity, norm in self.connection.execute(_ALIASES, {"pks": some}):
                aliases[entity].add(norm)
        told = profiles(self.connection, survivors, without=self.article)
        return [
            _candidate(row, aliases[pk], from_json(told[pk]) if pk in told else None)
            for pk, row in sorted(survivors.items())
        ]


def write_keys(
    connection: Connection, resolved: Sequence[ResolvedEntity], entities: Sequence[int]
) -> None:
    """Let entities (their keys in the database) be found by the keys that resolution gave them."""
    wanted = {(entity, key) for entity, r in zip(entities, resolved, strict=True) for key in r.keys}
    there = {
        (row.entity, row.key)
        for some in at_once(sorted({entity for entity, _ in wanted}))
        for row in connection.execute(_KEYS_OF, {"pks": some})
    }
    rows = [{"key": key, "entity": entity} for entity, key in sorted(wanted - there)]
    if rows:
        connection.execute(_ADD_KEY, [row | {"most": MOST} for row in rows])


def _candidate(
    row: Any,
    aliases: Collection[str],
    traits: Traits | None = None,
    places: Collection[str] = (),
) -> Candidate:
    return Candidate(
        row.uid,
        EntityKind(row.kind),
        row.name,
        frozenset(aliases),
        traits,
        row.articles,
        frozenset(places),
    )
