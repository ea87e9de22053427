"""What resolution asks of the record: entities by name, and those an article had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from app.domain import Candidate, EntityKind
from app.store.merges import ENTITY, at_once, surviving
from app.store.tables import Alias, Entity, ExtractionRow, MentionRow

_ENTITY = ENTITY.order_by(col(Entity.pk))
_BY_NAME = _ENTITY.where(col(Entity.norm).in_(bindparam("names", expanding=True)))
_OF_ARTICLE = _ENTITY.where(
    col(Entity.pk).in_(
        select(col(MentionRow.entity))
        .join(ExtractionRow, col(ExtractionRow.pk) == col(MentionRow.extraction))
        .where(col(ExtractionRow.article) == bindparam("article"), col(ExtractionRow.is_current))
    )
)
_ALIASES = select(col(Alias.entity), col(Alias.norm)).where(
    col(Alias.entity).in_(bindparam("pks", expanding=True))
)


class StoredCandidates:
    """A `CandidateSource` over an open connection, for one article (its key, None if it is new).

    A merged entity stands for the one it was merged into; a suppressed one is no candidate.
    """

    def __init__(self, connection: Connection, article: int | None = None) -> None:
        self.connection = connection
        self.article = article

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        """The active entities, oldest first, of each of the (normalised) names."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        for some in at_once(sorted(names)):
            rows = self.connection.execute(_BY_NAME, {"names": some}).all()
            now = surviving(self.connection, rows)
            for row in rows:
                survivor = now[row.pk]
                if survivor.status == "active":
                    found[row.norm].append(_candidate(survivor))
        return found

    def earlier(self) -> Sequence[Candidate]:
        """The entities of the article's current extraction, with their aliases."""
        if self.article is None:
            return []
        rows = self.connection.execute(_OF_ARTICLE, {"article": self.article}).all()
        survivors = {row.pk: row for row in surviving(self.connection, rows).values()}
        aliases: dict[int, set[str]] = defaultdict(set)
        for some in at_once(sorted(survivors)):
            for entity, norm in self.connection.execute(_ALIASES, {"pks": some}):
                aliases[entity].add(norm)
        return [
            _candidate(row, aliases[pk])
            for pk, row in sorted(survivors.items())
            if row.status == "active"
        ]


def _candidate(row: Any, aliases: Collection[str] = ()) -> Candidate:
    return Candidate(row.uid, EntityKind(row.kind), row.name, frozenset(aliases))
