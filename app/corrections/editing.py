"""What every correction has: who makes it, why and when; and the laying of what it changes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.errors import ConflictError, GoneError, InvalidCorrectionError, NotFoundError
from app.store import correctable, snapshots
from app.store.laying import lay

# They make a text read otherwise than it is.
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Edit:
    """Who corrects something, why and when (aware)."""

    actor: str
    at: datetime
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.reason is not None:
            object.__setattr__(self, "reason", plain(self.reason, "reason"))

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


def log_entities(connection: Connection, uids: Iterable[str], now: datetime) -> None:
    """Tell mirrors what became of entities: a merged one is merged, a suppressed one is gone."""
    changes = []
    for uid in uids:
        row = correctable.entity_of(connection, uid)
        is_merged = row.merged_into is not None
        shown = "upsert" if row.status == "active" else "delete"
        changes.append((uid, "merge" if is_merged else shown))
    snapshots.log_changes(connection, changes, now)


def plain(text: str, what: str) -> str:
    """A line that an editor wrote, white space folded.

    Raises InvalidCorrectionError for one that is blank, or has control or direction marks.
    """
    folded = " ".join(text.split())
    if not folded or any(unicodedata.category(c) == "Cc" or c in _DIRECTIONS for c in folded):
        raise InvalidCorrectionError(
            f"`{what}` is a line of text, without control characters and marks of direction."
        )
    return folded


def active_entity(connection: Connection, uid: str) -> Any:
    """The row of an entity that can be corrected.

    Raises NotFoundError, GoneError for a suppressed one, ConflictError for a merged one.
    """
    row = correctable.entity_of(connection, uid)
    if row is None:
        raise NotFoundError(f"There is no entity {uid!r}. Take ids from /v1/entities.")
    if row.merged_into is not None:
        into = correctable.root_of(connection, row).uid
        raise ConflictError(f"The entity {uid!r} was merged into {into!r}: correct that one.")
    if row.status != "active":
        raise GoneError(f"The entity {uid!r} is not shown any more; undo its suppression first.")
    return row
