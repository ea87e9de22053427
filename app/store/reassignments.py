"""Splits: in which articles what resolution says is one entity is served as another."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from app.store.merges import at_once
from app.store.rows import inserting
from app.store.tables import Correction, Reassignment

_REASSIGNED: Any = select(
    col(Reassignment.article),
    col(Reassignment.resolved),
    col(Reassignment.entity),
    col(Reassignment.correction),
)


def reassign(
    connection: Connection, rows: Collection[tuple[int, int]], entity: int, correction: int
) -> None:
    """Serve what resolution gives (article, entity) as another entity.

    What stood there before goes into the correction's anchor, for `give_back`.
    """
    before = [
        [row.article, row.resolved, row.entity, row.correction]
        for some in at_once({article for article, _ in rows})
        for row in connection.execute(_REASSIGNED.where(col(Reassignment.article).in_(some)))
        if (row.article, row.resolved) in rows
    ]
    connection.execute(
        update(Correction).where(col(Correction.pk) == correction).values(anchor={"before": before})
    )
    statement = inserting(connection, Reassignment)
    changed = {name: statement.excluded[name] for name in ("entity", "correction")}
    if rows:
        connection.execute(
            statement.on_conflict_do_update(index_elements=["article", "resolved"], set_=changed),
            [
                {"article": a, "resolved": r, "entity": entity, "correction": correction}
                for a, r in sorted(rows)
            ],
        )


def give_back(connection: Connection, correction: int) -> dict[int, int]:
    """Take the reassignments of a split back: to what stood there before, or to none.

    Those that a later split made its own stay. Gives, for each article, what is said of it now.
    """
    given: dict[int, int] = {}
    mine = _REASSIGNED.where(col(Reassignment.correction) == correction)
    for row in connection.execute(mine).all():
        entity, by = _before(connection, correction, row.article, row.resolved)
        here = (col(Reassignment.article) == row.article) & (
            col(Reassignment.resolved) == row.resolved
        )
        if entity is None:
            connection.execute(delete(Reassignment).where(here))
        else:
            change = update(Reassignment).where(here).values(entity=entity, correction=by)
            connection.execute(change)
        given.setdefault(row.article, row.resolved if entity is None else entity)
    return given


def _before(
    connection: Connection, correction: int | None, article: int, resolved: int
) -> tuple[int | None, int | None]:
    """What served (article, entity) before a split: the latest one that was not undone."""
    while correction is not None:
        statement = select(col(Correction.anchor)).where(col(Correction.pk) == correction)
        anchor = connection.execute(statement).scalar_one() or {}
        stood = [row for row in anchor.get("before", ()) if row[:2] == [article, resolved]]
        if not stood:
            break
        _, _, entity, correction = stood[0]
        undone = select(col(Correction.undone_by)).where(col(Correction.pk) == correction)
        if connection.execute(undone).scalar_one() is None:
            return entity, correction
    return None, None
