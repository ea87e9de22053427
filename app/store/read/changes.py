"""The log of changes, for mirrors.

A reader must not go past a row that a slower transaction has yet to commit. SQLite has one writer
at a time and hands out `seq` (AUTOINCREMENT) inside its transaction, so that the order of `seq` is
the order of commits and a snapshot never lacks a row below one that it shows. PostgreSQL takes
numbers from a sequence before the commit: there the writer must hold a lock from the first row it
logs to its commit (`pg_advisory_xact_lock`), or the reader stop below the oldest transaction that
is still under way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.store.read.base import change

# Rows looked at for one page. Those of ids that changed again later are passed over, and a log of
# nothing else must not make a request slow.
WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that a mirror must fetch again, or drop."""

    seq: int
    uid: str
    op: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes in order; where the next page starts (None at the end); the log's last number.

    `rows` may be fewer than asked for, or none, where `after` is not None.
    """

    rows: Sequence[ChangeRow]
    after: int | None
    last: int


def change_page(connection: Connection, *, after: int, limit: int) -> ChangePage:
    """The changes behind `after`, of each id the newest one only."""
    last = connection.execute(select(func.coalesce(func.max(change.c.seq), 0))).scalar_one()
    ahead = select(change.c.seq).where(change.c.seq > after).order_by(change.c.seq)
    # The last row of the window; None where the log ends in it.
    bound = connection.execute(ahead.limit(1).offset(WINDOW - 1)).scalar()
    later = change.alias("later")
    changed_again = (
        select(later.c.seq).where(later.c.uid == change.c.uid, later.c.seq > change.c.seq).exists()
    )
    statement = select(change).where(change.c.seq > after, ~changed_again).order_by(change.c.seq)
    if bound is not None:
        statement = statement.where(change.c.seq <= bound)
    found = [
        ChangeRow(r.seq, r.uid, r.op, r.at) for r in connection.execute(statement.limit(limit + 1))
    ]
    rows = found[:limit]
    if len(found) > limit:
        return ChangePage(rows, rows[-1].seq, last)
    return ChangePage(rows, bound if bound is not None and bound < last else None, last)
