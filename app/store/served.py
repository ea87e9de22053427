"""What resolution said against what is served: merges, splits and suppressions lie between.

Rows keep both. An article's row that resolution gave entity A is served as

* B, where an editor split A and gave this article's part to B (`reassignment`);
* what that was merged into, over merges of merges;
* nothing, where that is suppressed.

So every correction can be undone, in any order, and is there again when an article is extracted
anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from app.store.merges import ENTITY, at_once, surviving
from app.store.tables import Reassignment

_REASSIGNED = select(col(Reassignment.resolved), col(Reassignment.entity)).where(
    col(Reassignment.article) == bindparam("article")
)
_BY_PK: Any = ENTITY.where(ENTITY.selected_columns.pk.in_(bindparam("pks", expanding=True)))


@dataclass(frozen=True, slots=True)
class Served:
    """Where one entity of an article leads: the entity on record, and whether it may be shown."""

    entity: int
    is_shown: bool

    @property
    def shown(self) -> int | None:
        """The entity's key, None where it is not shown."""
        return self.entity if self.is_shown else None


def reassigned(connection: Connection, article: int) -> dict[int, int]:
    """What splits made of the article's entities, by what resolution said."""
    rows = connection.execute(_REASSIGNED, {"article": article})
    return {row.resolved: row.entity for row in rows}


def served(connection: Connection, article: int, entities: Collection[int]) -> dict[int, Served]:
    """What is served of an article's entities, by their keys as resolution said them."""
    parts = reassigned(connection, article)
    return _followed(connection, {pk: parts.get(pk, pk) for pk in entities})


def standing_for(connection: Connection, entities: Collection[int]) -> dict[int, Served]:
    """What entities stand for now, whatever the article: merges followed."""
    return _followed(connection, {pk: pk for pk in entities})


def _followed(connection: Connection, parts: Mapping[int, int]) -> dict[int, Served]:
    rows = [
        row
        for some in at_once(sorted(set(parts.values())))
        for row in connection.execute(_BY_PK, {"pks": some})
    ]
    now = surviving(connection, rows)
    return {
        pk: Served(now[part].pk, now[part].status == "active")
        for pk, part in parts.items()
        if part in now
    }
