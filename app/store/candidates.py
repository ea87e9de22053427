"""What resolution asks of the record: entities by name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from app.domain import Candidate, EntityKind
from app.identity import name_norm
from app.store.tables import Entity

# One article asks a few dozen times: the statement is built once.
_merged = Entity.__table__.alias("merged")  # type: ignore[attr-defined]
_BY_NAME = (
    select(
        func.coalesce(_merged.c.uid, col(Entity.uid)).label("uid"),
        col(Entity.kind),
        func.coalesce(_merged.c.name, col(Entity.name)).label("name"),
    )
    .outerjoin(_merged, _merged.c.pk == col(Entity.merged_into))
    .where(
        col(Entity.norm) == bindparam("norm"),
        col(Entity.kind) == bindparam("kind"),
        col(Entity.status) == "active",
    )
    .order_by(col(Entity.pk))
)


class StoredCandidates:
    """A `CandidateSource` over an open connection; a merged entity stands for its larger part."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def named(self, kind: EntityKind, name: str) -> Sequence[Candidate]:
        """The active entities of this kind and (normalised) name, oldest first."""
        rows = self.connection.execute(_BY_NAME, {"norm": name_norm(name), "kind": str(kind)})
        return [Candidate(row.uid, EntityKind(row.kind), row.name) for row in rows]
