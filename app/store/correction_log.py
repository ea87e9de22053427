"""The log of corrections: who said what of which thing, when and why; nothing in it is deleted."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.store.rows import table_of
from app.store.tables import Correction


@dataclass(frozen=True, slots=True)
class Logged:
    """A correction as the log has it; `article` is the key of the article of a corrected quote.

    `old`, `new` and `anchor` are JSON that depends on the kind: see `tables.Correction`.
    """

    pk: int
    uid: str
    kind: str
    target: str
    article: int | None
    old: Any
    new: Any
    anchor: Any
    undone_by: int | None


def new_uid() -> str:
    """An id for a correction: 120 random bits, since the same may be said twice."""
    return f"c_{base64.b32encode(secrets.token_bytes(15)).decode().lower()}"


def record(
    connection: Connection,
    kind: str,
    target: str,
    *,
    uid: str | None = None,
    actor: str,
    reason: str | None,
    at: datetime,
    old: Any = None,
    new: Any = None,
    article: int | None = None,
    anchor: dict[str, Any] | None = None,
) -> Logged:
    """Append a correction to the log."""
    uid = uid or new_uid()
    values = {
        "uid": uid,
        "kind": kind,
        "target": target,
        "article": article,
        "anchor": anchor,
        "old": old,
        "new": new,
        "actor": actor,
        "reason": reason,
        "at": at,
    }
    made = connection.execute(insert(table_of(Correction)).values(**values)).inserted_primary_key
    assert made is not None
    return Logged(int(made[0]), uid, kind, target, article, old, new, anchor, None)


def logged(connection: Connection, uid: str) -> Logged | None:
    """The correction of that id."""
    row: Any = connection.execute(_logged().where(col(Correction.uid) == uid)).one_or_none()
    return None if row is None else Logged(*row)


def in_force(connection: Connection, kind: str, target: str) -> list[Logged]:
    """The corrections of a kind that a target has and nobody undid, the oldest first."""
    statement = (
        _logged()
        .where(
            col(Correction.target) == target,
            col(Correction.kind) == kind,
            col(Correction.undone_by).is_(None),
        )
        .order_by(col(Correction.pk))
    )
    return [Logged(*row) for row in connection.execute(statement)]


def _logged() -> Any:
    return select(
        col(Correction.pk),
        col(Correction.uid),
        col(Correction.kind),
        col(Correction.target),
        col(Correction.article),
        col(Correction.old),
        col(Correction.new),
        col(Correction.anchor),
        col(Correction.undone_by),
    )


def mark_undone(connection: Connection, pk: int, by: int) -> None:
    """Note which correction undid another."""
    statement = update(Correction).where(col(Correction.pk) == pk)
    connection.execute(statement.values(undone_by=by))
