"""What corrections change of entities: identity, names, whether they are shown.

What is served of articles follows by `laying.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlmodel import col

from app.identity import name_norm
from app.store import tombstones
from app.store.entities import MERGED, add_aliases
from app.store.merges import ENTITY, LONGEST_CHAIN, at_once, groups
from app.store.name_parts import write_name_parts
from app.store.rows import insert_missing, table_of
from app.store.tables import (
    Alias,
    Article,
    Entity,
    ExtractionEntity,
    ExtractionRow,
    NamePart,
)

# A title and a surname are no full name: very many people share them.
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady"]
)
# The origin of an alias that an editor gave.
EDITOR = "editor"


def set_merged(connection: Connection, entity: int, into: int | None) -> None:
    """Make an entity one with another, or one of its own again, and its names with it."""
    before = connection.execute(select(col(Entity.merged_into)).where(col(Entity.pk) == entity))
    above = before.scalar_one() if into is None else into
    statement = update(Entity).where(col(Entity.pk) == entity)
    connection.execute(statement.values(merged_into=into))
    _share_up(connection, above)


def _share_up(connection: Connection, above: int | None) -> None:
    for _ in range(LONGEST_CHAIN):
        if above is None:
            break
        _share_names(connection, above)
        parent = select(col(Entity.merged_into)).where(col(Entity.pk) == above)
        above = connection.execute(parent).scalar_one()


def _share_names(connection: Connection, entity: int) -> None:
    """Give an entity the aliases of those that were merged into it, and of no others."""
    own = select(col(Entity.name)).where(col(Entity.pk) == entity)
    of_entity = col(Alias.entity) == entity
    connection.execute(
        delete(Alias).where(
            of_entity, col(Alias.origin) == MERGED, col(Alias.surface) != own.scalar_subquery()
        )
    )
    members = [pk for pk in groups(connection, [entity])[entity] if pk != entity]
    for some in at_once(members):
        surfaces = connection.execute(
            select(col(Alias.surface)).where(
                col(Alias.entity).in_(some), col(Alias.origin) != MERGED
            )
        ).scalars()
        add_aliases(connection, {(entity, s): name_norm(s) for s in surfaces}, MERGED)
    _renew_parts(connection, entity)


def _renew_parts(connection: Connection, entity: int) -> None:
    connection.execute(delete(NamePart).where(col(NamePart.entity) == entity))
    norms = connection.execute(select(col(Alias.norm)).where(col(Alias.entity) == entity))
    write_name_parts(connection, {(entity, norm) for norm in norms.scalars()})


def set_name(connection: Connection, entity: int, name: str, is_renamed: bool) -> None:
    """Give an entity its name on record; an editor's name stays whatever resolution finds."""
    add_aliases(connection, {(entity, name): name_norm(name)}, EDITOR)
    statement = update(Entity).where(col(Entity.pk) == entity)
    connection.execute(statement.values(name=name, is_renamed=is_renamed))


def drop_alias(connection: Connection, entity: int, surface: str) -> None:
    """Take back an alias that only an editor gave."""
    connection.execute(
        delete(Alias).where(
            col(Alias.entity) == entity,
            col(Alias.surface) == surface,
            col(Alias.origin) == EDITOR,
        )
    )
    _renew_parts(connection, entity)
    above = connection.execute(select(col(Entity.merged_into)).where(col(Entity.pk) == entity))
    _share_up(connection, above.scalar_one())


def set_suppressed(connection: Connection, row: Any, is_suppressed: bool, now: datetime) -> None:
    """Suppress an entity, or show it again; a person's full names stay out with it."""
    status = "suppressed" if is_suppressed else "active"
    connection.execute(update(Entity).where(col(Entity.pk) == row.pk).values(status=status))
    if not is_suppressed:
        tombstones.dig_up(connection, row.uid)
        return
    norms = connection.execute(select(col(Alias.norm)).where(col(Alias.entity) == row.pk)).scalars()
    full = {norm for norm in norms if " " in norm and norm.split()[0] not in _TITLES}
    names = {tombstones.name_of(row.kind, norm) for norm in {*full, name_norm(row.name)}}
    tombstones.bury(connection, row.uid, names, now)


def new_entity(connection: Connection, row: dict[str, Any], surfaces: Iterable[str]) -> int:
    """Insert an entity under its names; its key."""
    insert_missing(connection, Entity, [row])
    pk: int = connection.execute(ENTITY.where(col(Entity.uid) == row["uid"])).one().pk
    names = dict.fromkeys((row["name"], *surfaces))
    add_aliases(connection, {(pk, name): name_norm(name) for name in names}, "text")
    return pk


def widen_again(connection: Connection, entities: Collection[int]) -> None:
    """Make `first_seen` and `last_seen` of entities those of the articles that mention them."""
    for entity in sorted(entities):
        statement = (
            select(func.min(col(Article.sort_at)), func.max(col(Article.sort_at)))
            .select_from(table_of(ExtractionEntity))
            .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
            .join(Article, col(Article.pk) == col(ExtractionRow.article))
            .where(col(ExtractionEntity.entity) == entity)
        )
        first, last = connection.execute(statement).one()
        if first is not None:
            change = update(Entity).where(col(Entity.pk) == entity)
            connection.execute(change.values(first_seen=first, last_seen=last))
