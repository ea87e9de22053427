"""Following merges: what an entity that was merged into another stands for now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from app.store.tables import Entity

# Below the number of parameters that any SQLite of the last ten years takes.
AT_ONCE = 500
# Merges of merges; a circle, which the software cannot make, must not hang it.
LONGEST_CHAIN = 100

T = TypeVar("T")

# The columns that `surviving` needs of the rows it is given.
ENTITY: Any = select(
    col(Entity.pk),
    col(Entity.uid),
    col(Entity.kind),
    col(Entity.name),
    col(Entity.norm),
    col(Entity.status),
    col(Entity.merged_into),
    col(Entity.articles),
)
_MERGED = select(col(Entity.pk), col(Entity.merged_into)).where(
    col(Entity.merged_into).in_(bindparam("pks", expanding=True))
)
_BY_PK = ENTITY.where(col(Entity.pk).in_(bindparam("pks", expanding=True)))


def at_once(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that fit one statement's parameters."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def surviving(connection: Connection, rows: Collection[Any]) -> dict[int, Any]:
    """For each row of `entity` (by `pk`), the row it was merged into, or itself."""
    standing = {row.pk: row for row in rows}
    for _ in range(LONGEST_CHAIN):
        ahead = {row.merged_into for row in standing.values() if row.merged_into is not None}
        if not ahead:
            break
        found = {
            row.pk: row
            for some in at_once(sorted(ahead))
            for row in connection.execute(_BY_PK, {"pks": some})
        }
        standing = {pk: found.get(row.merged_into, row) for pk, row in standing.items()}
    return standing


def groups(connection: Connection, pks: Iterable[int]) -> dict[int, list[int]]:
    """For each key of an entity, itself and all that were merged into it, over merges of merges."""
    found = {pk: [pk] for pk in pks}
    root = {pk: pk for pk in found}
    ahead = sorted(found)
    for _ in range(LONGEST_CHAIN):
        rows = [
            row for some in at_once(ahead) for row in connection.execute(_MERGED, {"pks": some})
        ]
        ahead = []
        for row in rows:
            if row.pk not in root:
                root[row.pk] = root[row.merged_into]
                found[root[row.pk]].append(row.pk)
                ahead.append(row.pk)
        if not ahead:
            break
    return found
