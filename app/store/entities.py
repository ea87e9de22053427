"""Entities and aliases on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from app.domain import ArticleEntity, ResolvedEntity
from app.identity import name_norm
from app.store.merges import at_once, surviving
from app.store.tables import Alias, Entity

_BY_UID: Any = select(col(Entity.pk), col(Entity.uid), col(Entity.merged_into)).where(
    col(Entity.uid).in_(bindparam("uids", expanding=True))
)

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def table_of(model: Any) -> Table:
    """The table of a SQLModel class."""
    table: Table = model.__table__
    return table


def inserting(connection: Connection, model: Any) -> Any:
    """An insert statement of the connection's dialect, which knows `on_conflict_do_…`."""
    return cast(Any, INSERTS[connection.dialect.name])(table_of(model))


def insert_missing(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows, leaving those whose key or unique column is already there as they are."""
    if rows:
        connection.execute(inserting(connection, model).on_conflict_do_nothing(), rows)


def entity_row(entity: ArticleEntity, uid: str, seen: datetime) -> dict[str, Any]:
    """A new entity, which no counter counts yet."""
    return {
        "uid": uid,
        "kind": str(entity.kind),
        "name": entity.name,
        "norm": name_norm(entity.name),
        "status": "active",
        "first_seen": seen,
        "last_seen": seen,
        "articles": 0,
        "mentions": 0,
        "quotes": 0,
        "quoted_about": 0,
    }


def ensure_entities(
    connection: Connection, resolved: Sequence[ResolvedEntity], seen: datetime
) -> list[int]:
    """The keys of resolved entities, in order; new ones are inserted, aliases added.

    `first_seen` and `last_seen` widen to `seen`. An id that was merged in the meantime gives the
    entity it was merged into. A name that resolution found better takes the place of the old one.
    """
    if not resolved:
        return []
    rows = [entity_row(r.entity, r.uid, seen) for r in resolved]
    insert_missing(connection, Entity, rows)
    found = [
        row
        for some in at_once(r.uid for r in resolved)
        for row in connection.execute(_BY_UID, {"uids": some})
    ]
    now = surviving(connection, found)
    keys = {row.uid: now[row.pk].pk for row in found}
    ordered = [keys[r.uid] for r in resolved]
    _widen(connection, ordered, seen)
    _rename(connection, resolved, ordered)
    aliases = {
        (key, surface): name_norm(surface)
        for key, r in zip(ordered, resolved, strict=True)
        for surface in (r.entity.name, *r.entity.aliases)
    }
    insert_missing(
        connection,
        Alias,
        [
            {"entity": key, "surface": surface, "norm": norm, "origin": "text"}
            for (key, surface), norm in aliases.items()
        ],
    )
    return ordered


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
            .where(col(Entity.pk) == bindparam("key"))
            .values(name=bindparam("new")),
            renamed,
        )


def _widen(connection: Connection, entities: Sequence[int], seen: datetime) -> None:
    # An entity of an authority file was seen nowhere before its first article.
    connection.execute(
        update(Entity.__table__)  # type: ignore[attr-defined]
        .where(col(Entity.pk) == bindparam("key"), col(Entity.articles) == 0)
        .values(first_seen=bindparam("seen"), last_seen=bindparam("seen")),
        [{"key": key, "seen": seen} for key in entities],
    )
    for column, is_outside in (
        (Entity.first_seen, col(Entity.first_seen) > bindparam("seen")),
        (Entity.last_seen, col(Entity.last_seen) < bindparam("seen")),
    ):
        connection.execute(
            update(Entity.__table__)  # type: ignore[attr-defined]
            .where(col(Entity.pk) == bindparam("key"), is_outside)
            .values({col(column): bindparam("seen")}),
            [{"key": key, "seen": seen} for key in entities],
        )
