"""The audit log: a row for each request that writes, refused ones included; never a body."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from app.store.rows import table_of
from app.store.tables import AuditRow

_audit = table_of(AuditRow)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One request. `actor` is the uid of a key, "local" or "anonymous"; `path` has no query."""

    at: datetime
    actor: str
    address: str | None
    method: str
    path: str
    status: int
    request_id: str | None


def record(connection: Connection, entry: AuditEntry) -> None:
    """Write an entry."""
    connection.execute(insert(_audit).values(**asdict(entry)))


def prune(connection: Connection, before: datetime) -> int:
    """Delete the entries from before a time; how many they were."""
    return connection.execute(delete(_audit).where(_audit.c.at < before)).rowcount
