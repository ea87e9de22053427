"""Merge proposals: written by resolution, read by editors; nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, bindparam, select
from sqlmodel import col

from app.domain import ResolvedEntity
from app.store.entities import INSERTS
from app.store.merges import at_once
from app.store.tables import Entity, MergeProposalRow

_PKS = select(col(Entity.uid), col(Entity.pk)).where(
    col(Entity.uid).in_(bindparam("uids", expanding=True))
)


def write_proposals(
    connection: Connection,
    article: int,
    resolved: Sequence[ResolvedEntity],
    entities: Sequence[int],
    now: datetime,
) -> None:
    """Store what an article proposes; of a pair that was proposed before the surer reasons stay.

    A pair that an editor dismissed stays dismissed.
    """
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
    table: Any = MergeProposalRow.__table__  # type: ignore[attr-defined]
    statement = cast(Any, INSERTS[connection.dialect.name])(table)
    better = {name: statement.excluded[name] for name in ("article", "score", "reasons", "at")}
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["entity", "other"],
            set_=better,
            where=(table.c.score < statement.excluded.score) & (table.c.status == "open"),
        ),
        rows,
    )
