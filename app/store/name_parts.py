"""What type-ahead looks up: each alias from each of its words on."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.store.rows import insert_missing
from app.store.tables import NamePart


def name_parts(norm: str) -> list[str]:
    """An alias, folded by `identity.name_norm`, from each of its words on, the whole one first."""
    words = norm.split()
    return [" ".join(words[start:]) for start in range(len(words))]


def write_name_parts(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Insert the parts of aliases, each `(pk of its entity, norm)`; those that stand are left."""
    found = {(part, entity): None for entity, norm in rows for part in name_parts(norm)}
    insert_missing(
        connection, NamePart, [{"part": part, "entity": entity} for part, entity in found]
    )
