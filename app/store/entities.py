"""Entities and aliases on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, or_, select, update
from sqlmodel import col

from app.domain import ArticleEntity, ResolvedEntity
from app.identity import name_norm
from app.store import correction_log, tombstones
from app.store.merges import at_once, groups, surviving
from app.store.name_parts import write_name_parts
from app.store.rows import insert_missing, inserting, table_of
from app.store.tables import Alias, Entity

_BY_UID: Any = select(col(Entity.pk), col(Entity.uid), col(Entity.merged_into)).where(
    col(Entity.uid).in_(bindparam("uids", expanding=True))
)

# The origin of an alias that an entity has from one that was merged into it.
MERGED = "merge"
_BEARING: Any = select(col(Alias.entity)).where(
    col(Alias.entity).in_(bindparam("pks", expanding=True)),
    col(Alias.norm).in_(bindparam("norms", expanding=True)),
    col(Alias.origin) != MERGED,
)


def entity_row(entity: ArticleEntity, uid: str, seen: datetime) -> dict[str, Any]:
    """A new entity, which no counter counts yet."""
    return {
        "uid": uid,
        "kind": str(entity.kind),
        "name": entity.name,
        "norm": name_norm(entity.name),
        "status": "active",
        "is_renamed": False,
        "first_seen": seen,
        "last_seen": seen,
        "articles": 0,
        "mentions": 0,
        "quotes": 0,
        "quoted_about": 0,
    }


_TABLE = table_of(Entity)
_SEEN = bindparam("seen", type_=_TABLE.c.first_seen.type)
# An entity of an authority file was seen nowhere before its first article.
_FIRST = or_(_TABLE.c.articles == 0, _TABLE.c.first_seen > _SEEN)
_LAST = or_(_TABLE.c.articles == 0, _TABLE.c.last_seen < _SEEN)
_WIDEN = (
    update(_TABLE)
    .where(_TABLE.c.pk.in_(bindparam("pks", expanding=True)), or_(_FIRST, _LAST))
    .values(
        first_seen=case((_FIRST, _SEEN), else_=_TABLE.c.first_seen),
        last_seen=case((_LAST, _SEEN), else_=_TABLE.c.last_seen),
    )
)


def ensure_entities(
    connection: Connection,
    resolved: Sequence[ResolvedEntity],
    seen: datetime,
    earlier: Collection[int] = (),
) -> list[int]:
    """The keys of resolved entities, in order; new ones are inserted, aliases added.

    `first_seen` and `last_seen` widen to `seen`. A name that resolution found better takes the
    place of the old one, unless an editor gave that. An id that stands for several merged entities
    gives the one among them that the article means: that of `earlier`, which it was given before,
    or whose names it uses; so that a merge can be undone.
    """
    if not resolved:
        return []
    rows = [entity_row(r.entity, r.uid, seen) for r in resolved]
    _withhold_suppressed(connection, rows)
    insert_missing(connection, Entity, rows)
    found = [
        row
        for some in at_once(r.uid for r in resolved)
        for row in connection.execute(_BY_UID, {"uids": some})
    ]
    now = surviving(connection, found)
    keys = {row.uid: now[row.pk].pk for row in found}
    survivors = [keys[r.uid] for r in resolved]
    members = groups(connection, set(survivors))
    meant = [
        survivor
        if len(members[survivor]) == 1
        else _meant(connection, r.entity, survivor, members[survivor], earlier)
        for survivor, r in zip(survivors, resolved, strict=True)
    ]
    both = [pair for pair in zip(meant, survivors, strict=True) if pair[0] != pair[1]]
    _widen(connection, sorted({*meant, *survivors}), seen)
    _rename(connection, resolved, meant)
    _add_aliases(connection, resolved, meant, "text")
    if both:
        _add_aliases(connection, resolved, survivors, MERGED)
    return meant


def _meant(
    connection: Connection,
    entity: ArticleEntity,
    survivor: int,
    members: Sequence[int],
    earlier: Collection[int],
) -> int:
    """Which of the entities that were merged into `survivor` an article's entity is."""
    names = {name_norm(surface) for surface in (entity.name, *entity.aliases)}
    bearing: set[int] = set(
        connection.execute(_BEARING, {"pks": members, "norms": sorted(names)}).scalars()
    )
    for choice in (bearing & set(earlier), bearing & {survivor}, bearing):
        if choice:
            return min(choice)
    before = sorted(set(members) & set(earlier))
    return before[0] if len(before) == 1 else survivor


def _add_aliases(
    connection: Connection,
    resolved: Sequence[ResolvedEntity],
    entities: Sequence[int],
    origin: str,
) -> None:
    surfaces = {
        (key, surface): name_norm(surface)
        for key, r in zip(entities, resolved, strict=True)
        for surface in (r.entity.name, *r.entity.aliases)
    }
    add_aliases(connection, surfaces, origin)


def add_aliases(
    connection: Connection, surfaces: Mapping[tuple[int, str], str], origin: str
) -> None:
    """Add (entity, surface) with their norms where they are missing, also for type-ahead."""
    rows = [
        {"entity": key, "surface": surface, "norm": norm, "origin": origin}
        for (key, surface), norm in surfaces.items()
    ]
    if not rows:
        return
    statement = inserting(connection, Alias)
    # What a text or an editor attests is the entity's own, whatever it was merged with.
    own = (col(Alias.origin) == MERGED) & (statement.excluded.origin != MERGED)
    changed = {"origin": statement.excluded.origin}
    keys = ["entity", "surface"]
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=changed, where=own), rows
    )
    write_name_parts(connection, {(key, norm) for (key, _), norm in surfaces.items()})


def _withhold_suppressed(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Make new entities suppressed that bear the whole name of a suppressed one.

    Rather a namesake too many, whose suppression an editor undoes, than a person who comes back.
    """
    names = {tombstones.name_of(row["kind"], row["norm"]) for row in rows}
    gone = tombstones.buried(connection, names)
    if not gone:
        return
    known = {
        row.uid
        for some in at_once(row["uid"] for row in rows)
        for row in connection.execute(_BY_UID, {"uids": some})
    }
    for row in rows:
        if row["uid"] not in known and tombstones.name_of(row["kind"], row["norm"]) in gone:
            row["status"] = "suppressed"
            # Of its own, so that an editor can undo it for a namesake.
            correction_log.record(
                connection,
                "suppression",
                row["uid"],
                new={"suppressed": True},
                actor="onrecord",
                reason="bears the full name of a suppressed entity",
                at=datetime.now(UTC),
            )


def _rename(
    connection: Connection, resolved: Sequence[ResolvedEntity], entities: Sequence[int]
) -> None:
    # `norm`, by which lists sort, stays: a page's cursor must not jump when a name gets better.
    renamed = [
        {"key": key, "new": r.name}
        for key, r in zip(entities, resolved, strict=True)
        if r.name is not None
    ]
    if renamed:
        connection.execute(
            update(Entity.__table__)  # type: ignore[attr-defined]
            .where(col(Entity.pk) == bindparam("key"), ~col(Entity.is_renamed))
            .values(name=bindparam("new")),
            renamed,
        )


def _widen(connection: Connection, entities: Sequence[int], seen: datetime) -> None:
    for some in at_once(entities):
        connection.execute(_WIDEN, {"pks": some, "seen": seen})
