"""The log of corrections, as readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select
from sqlmodel import SQLModel

from app.store.read.base import Key, Ordering, Page, any_of, count, cut, entity, survivors

_correction: Table = SQLModel.metadata.tables["correction"]
_undoing = _correction.alias("undoing")


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction. `undone_by` is the id of the correction that undid it."""

    uid: str
    kind: str
    target: str
    old: Any
    new: Any
    actor: str
    reason: str | None
    at: datetime
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class CorrectionFilter:
    """Which corrections: None means no condition, a sequence any of its values."""

    targets: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    actors: Sequence[str] | None = None


_COLUMNS = (
    _correction.c.pk,
    _correction.c.uid,
    _correction.c.kind,
    _correction.c.target,
    _correction.c.old,
    _correction.c.new,
    _correction.c.actor,
    _correction.c.reason,
    _correction.c.at,
    _undoing.c.uid.label("undone_by"),
)
_LISTED: Select[Any] = select(*_COLUMNS).select_from(
    _correction.outerjoin(_undoing, _undoing.c.pk == _correction.c.undone_by)
)


def _meant(row: Any) -> set[str]:
    """The ids that a correction speaks of."""
    said = [part for part in (row.old, row.new) if isinstance(part, dict)]
    named = (part.get(name) for part in said for name in ("speaker", "entity", "into"))
    return {row.target, *(uid for uid in named if isinstance(uid, str))}


def _hidden(connection: Connection, rows: Sequence[Any]) -> set[str]:
    """Of the ids that corrections speak of, those of entities that are suppressed now."""
    pks = survivors(connection, {uid for row in rows for uid in _meant(row)})
    statement = select(entity.c.pk).where(
        entity.c.pk.in_(set(pks.values())), entity.c.status != "active"
    )
    gone = set(connection.execute(statement).scalars())
    return {uid for uid, pk in pks.items() if pk in gone}


def _row(row: Any, hidden: set[str]) -> CorrectionRow:
    # What was said of somebody who is suppressed now would name them again.
    is_told = not _meant(row) & hidden
    return CorrectionRow(
        row.uid,
        row.kind,
        row.target,
        row.old if is_told else None,
        row.new if is_told else None,
        row.actor,
        row.reason if is_told else None,
        row.at,
        row.undone_by,
    )


def correction_page(
    connection: Connection, wanted: CorrectionFilter, *, after: Key | None, limit: int
) -> Page[CorrectionRow]:
    """The corrections that pass a filter, newest first."""
    ordering = Ordering(_correction.c.at, _correction.c.pk)
    conditions = _conditions(wanted)
    statement = ordering.apply(_LISTED.where(*conditions), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "at")
    total = count(connection, select(_correction.c.pk).where(*conditions))
    hidden = _hidden(connection, rows)
    return Page([_row(row, hidden) for row in rows], end, total)


def _conditions(wanted: CorrectionFilter) -> list[ColumnElement[bool]]:
    return [
        *any_of(_correction.c.target, wanted.targets),
        *any_of(_correction.c.kind, wanted.kinds),
        *any_of(_correction.c.actor, wanted.actors),
    ]


def correction(connection: Connection, uid: str) -> CorrectionRow | None:
    """The correction of that id."""
    row = connection.execute(_LISTED.where(_correction.c.uid == uid)).one_or_none()
    return None if row is None else _row(row, _hidden(connection, [row]))
