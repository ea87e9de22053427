"""What every correction has: who makes it, why and when; and the laying of what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import ConflictError, GoneError, NotFoundError
from app.store import corrections, snapshots
from app.store.laying import lay


@dataclass(frozen=True, slots=True)
class Edit:
    """Who corrects something, why and when (aware)."""

    actor: str
    at: datetime
    reason: str | None = None

    def signed(self) -> dict[str, Any]:
        """What the log is told."""
        return {"actor": self.actor, "reason": self.reason, "at": self.at}


def lay_again(connection: Connection, articles: Iterable[int], now: datetime) -> None:
    """Make what is served of articles right, and settle what that changes."""
    for article in articles:
        before = snapshots.take(connection, article)
        lay(connection, article)
        after = snapshots.take(connection, article)
        if after != before:
            snapshots.settle(connection, article, before, after, now)


def active_entity(connection: Connection, uid: str) -> Any:
    """The row of an entity that can be corrected.

    Raises NotFoundError, GoneError for a suppressed one, ConflictError for a merged one.
    """
    row = corrections.entity_of(connection, uid)
    if row is None:
        raise NotFoundError(f"There is no entity {uid!r}. Take ids from /v1/entities.")
    if row.merged_into is not None:
        into = corrections.root_of(connection, row).uid
        raise ConflictError(f"The entity {uid!r} was merged into {into!r}: correct that one.")
    if row.status != "active":
        raise GoneError(f"The entity {uid!r} is not shown any more; undo its suppression first.")
    return row
