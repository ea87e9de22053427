"""Entities: pages by name, kind and counters; one entity with its aliases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select, union

from app.identity import name_norm
from app.store.read.base import (
    Key,
    Ordering,
    Page,
    alias,
    any_of,
    count,
    cut,
    entity,
    entity_place,
    has_prefix,
    role,
    survivors,
)

Sort = Literal["mentions:desc", "quotes:desc", "name:asc", "first_seen:desc"]

_ORDERINGS: dict[Sort, Ordering] = {
    "mentions:desc": Ordering(entity.c.mentions, entity.c.pk),
    "quotes:desc": Ordering(entity.c.quotes, entity.c.pk),
    "name:asc": Ordering(entity.c.norm, entity.c.pk, descending=False),
    "first_seen:desc": Ordering(entity.c.first_seen, entity.c.pk),
}


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """Which entities. `prefix` is how a name or an alias starts; `located` asks for a place."""

    prefix: str | None = None
    kinds: Sequence[str] | None = None
    min_mentions: int = 1
    located: bool = False


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity as a list shows it."""

    pk: int
    uid: str
    kind: str
    name: str
    articles: int
    mentions: int
    quotes: int
    quoted_about: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """What articles call an entity, how many of them do, and when the first and the last did."""

    text: str
    articles: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What an entity id leads to: `current_uid` differs from it after a merge."""

    pk: int
    current_uid: str
    status: str


_FIELDS = tuple(field.name for field in fields(EntityRow))
_COLUMNS = tuple(entity.c[name] for name in _FIELDS)


def _row(row: Row[Any]) -> EntityRow:
    values = row._mapping
    return EntityRow(**{name: values[name] for name in _FIELDS})


def entity_page(
    connection: Connection, wanted: EntityFilter, sort: Sort, *, after: Key | None, limit: int
) -> Page[EntityRow]:
    """The active entities that pass a filter, in the order of `sort`."""
    ordering = _ORDERINGS[sort]
    conditions = _conditions(wanted)
    listed = select(*_COLUMNS, ordering.column.label("key")).where(*conditions)
    statement = ordering.apply(listed, after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "key")
    total = count(connection, select(entity.c.pk).where(*conditions))
    return Page([_row(row) for row in rows], end, total)


def _conditions(wanted: EntityFilter) -> list[ColumnElement[bool]]:
    conditions = [
        entity.c.merged_into.is_(None),
        entity.c.status == "active",
        entity.c.mentions >= wanted.min_mentions,
        *any_of(entity.c.kind, wanted.kinds),
    ]
    if wanted.prefix is not None:
        start = name_norm(wanted.prefix)
        named = union(
            select(entity.c.pk).where(has_prefix(entity.c.norm, start)),
            select(alias.c.entity).where(has_prefix(alias.c.norm, start)),
        )
        conditions.append(entity.c.pk.in_(named))
    if wanted.located:
        on_map = select(entity_place.c.place).where(
            entity_place.c.entity == entity.c.pk, entity_place.c.articles > 0
        )
        conditions.append(on_map.exists())
    return conditions


def find(connection: Connection, uid: str) -> Found | None:
    """Where an entity id leads, merges followed; None for an unknown id."""
    pk = survivors(connection, [uid]).get(uid)
    if pk is None:
        return None
    columns = select(entity.c.pk, entity.c.uid.label("current_uid"), entity.c.status)
    return Found(**connection.execute(columns.where(entity.c.pk == pk)).one()._mapping)


def entity_row(connection: Connection, pk: int) -> EntityRow:
    """One entity with its counters."""
    return _row(connection.execute(select(*_COLUMNS).where(entity.c.pk == pk)).one())


def aliases(connection: Connection, pk: int) -> list[str]:
    """The surfaces under which an entity was seen, in alphabetical order."""
    statement = select(alias.c.surface).where(alias.c.entity == pk).order_by(alias.c.surface)
    return list(connection.execute(statement).scalars())


def roles(connection: Connection, pk: int, limit: int) -> list[RoleSeen]:
    """What articles call an entity, the commonest first; under the spelling that most of them use.

    At most `limit`. Reads the index of roles alone: as many rows as articles say a role.
    """
    counted = func.count().label("articles")
    statement: Any = (
        select(
            role.c.norm,
            role.c.text,
            counted,
            func.min(role.c.sort_at).label("first_seen"),
            func.max(role.c.sort_at).label("last_seen"),
        )
        .where(role.c.entity == pk)
        .group_by(role.c.norm, role.c.text)
        .order_by(counted.desc(), role.c.text)
    )
    found: dict[str, RoleSeen] = {}
    for row in connection.execute(statement):
        seen = RoleSeen(row.text, row.articles, row.first_seen, row.last_seen)
        other = found.get(row.norm)
        found[row.norm] = seen if other is None else _together(other, seen)
    return sorted(found.values(), key=lambda seen: (-seen.articles, seen.text))[:limit]


def _together(one: RoleSeen, other: RoleSeen) -> RoleSeen:
    """Two spellings of a role as one, under the first of them."""
    return RoleSeen(
        one.text,
        one.articles + other.articles,
        min(one.first_seen, other.first_seen),
        max(one.last_seen, other.last_seen),
    )
