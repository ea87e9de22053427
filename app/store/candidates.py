"""What resolution asks of the record: entities by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from app.domain import Candidate, EntityKind
from app.store.tables import Entity

# Below the number of parameters that any SQLite of the last ten years takes.
NAMES_AT_ONCE = 500

_merged = Entity.__table__.alias("merged")  # type: ignore[attr-defined]
_BY_NAME = (
    select(
        col(Entity.norm),
        func.coalesce(_merged.c.uid, col(Entity.uid)).label("uid"),
        col(Entity.kind),
        func.coalesce(_merged.c.name, col(Entity.name)).label("name"),
    )
    .outerjoin(_merged, _merged.c.pk == col(Entity.merged_into))
    .where(
        col(Entity.norm).in_(bindparam("names", expanding=True)),
        col(Entity.status) == "active",
    )
    .order_by(col(Entity.pk))
)


class StoredCandidates:
    """A `CandidateSource` over an open connection; a merged entity stands for its larger part."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        """The active entities, oldest first, of each of the (normalised) names."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        rest = iter(sorted(names))
        while some := list(islice(rest, NAMES_AT_ONCE)):
            for row in self.connection.execute(_BY_NAME, {"names": some}):
                found[row.norm].append(Candidate(row.uid, EntityKind(row.kind), row.name))
        return found
