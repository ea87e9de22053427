"""Something to try the API with."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.tables import Entity


class Person(NamedTuple):
    """A person's id and name."""

    uid: str
    name: str


def most_quoted_person(connection: Connection) -> Person | None:
    """The person with the most quotes, None where nobody is quoted."""
    row = connection.execute(
        select(col(Entity.uid), col(Entity.name))
        .where(
            col(Entity.kind) == "person",
            col(Entity.status) == "active",
            col(Entity.merged_into).is_(None),
            col(Entity.quotes) > 0,
        )
        .order_by(col(Entity.quotes).desc(), col(Entity.pk).desc())
        .limit(1)
    ).first()
    return None if row is None else Person(row.uid, row.name)
