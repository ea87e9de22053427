"""Merge proposals: written by resolution, read by editors; nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import col

from app.domain import ResolvedEntity
from app.store.merges import at_once
from app.store.rows import inserting, table_of
from app.store.tables import Entity, MergeProposalRow

_PKS = select(col(Entity.uid), col(Entity.pk)).where(
    col(Entity.uid).in_(bindparam("uids", expanding=True))
)

_DELETE = delete(MergeProposalRow).where(
    col(MergeProposalRow.article) == bindparam("of"), col(MergeProposalRow.status) == "open"
)


def write_proposals(
    connection: Connection,
    article: int,
    resolved: Sequence[ResolvedEntity],
    entities: Sequence[int],
    now: datetime,
) -> None:
    """Store what an article proposes, in place of what it proposed before.

    Of a pair that another article proposed the surer reasons stay; one that an editor dismissed
    stays dismissed.
    """
    connection.execute(_DELETE, {"of": article})
    others = {p.other for r in resolved for p in r.proposals}
    if not others:
        return
    pks: dict[str, int] = {
        row.uid: row.pk
        for some in at_once(sorted(others))
        for row in connection.execute(_PKS, {"uids": some})
    }
    rows = []
    for key, found in zip(entities, resolved, strict=True):
        for proposal in found.proposals:
            other = pks.get(proposal.other, key)
            if other != key:
                rows.append(
                    {
                        "entity": min(key, other),
                        "other": max(key, other),
                        "article": article,
                        "score": proposal.score,
                        "reasons": list(proposal.reasons),
                        "status": "open",
                        "at": now,
                    }
                )
    if not rows:
        return
    table = table_of(MergeProposalRow)
    statement = inserting(connection, MergeProposalRow)
    better = {name: statement.excluded[name] for name in ("article", "score", "reasons", "at")}
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["entity", "other"],
            set_=better,
            where=(table.c.score < statement.excluded.score) & (table.c.status == "open"),
        ),
        rows,
    )
