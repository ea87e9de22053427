"""Pages of the audit log."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.store.audit import AuditEntry
from app.store.read.base import Key, Ordering, Page, count, cut
from app.store.rows import table_of
from app.store.tables import AuditRow

_audit = table_of(AuditRow)
_COLUMNS = (
    _audit.c.at,
    _audit.c.actor,
    _audit.c.address,
    _audit.c.method,
    _audit.c.path,
    _audit.c.status,
    _audit.c.request_id,
)


def audit_page(connection: Connection, *, after: Key | None, limit: int) -> Page[AuditEntry]:
    """The entries, newest first."""
    ordering = Ordering(_audit.c.at, _audit.c.pk)
    statement = ordering.apply(select(*_COLUMNS, _audit.c.pk), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "at")
    entries = [AuditEntry(*row[: len(_COLUMNS)]) for row in rows]
    return Page(entries, end, count(connection, select(_audit.c.pk)))
