"""Examples of the log of writes."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from app.api.schemas.audit import AuditEntry, AuditList
from app.api.schemas.common import Total

_ENTRIES = [
    AuditEntry(
        at=datetime(2031, 3, 2, 9, 15, tzinfo=UTC),
        actor="k_5d1f0a9b8c7e6f42",
        address="203.0.113.7",
        method="PATCH",
        path="/v1/quotes/q_cranes",
        status=200,
        request_id="0b5c3a8f4f5e4a0d9f6f1f0f4f2b7c11",
    ),
    AuditEntry(
        at=datetime(2031, 3, 2, 9, 14, tzinfo=UTC),
        actor="anonymous",
        address="203.0.113.9",
        method="DELETE",
        path="/v1/articles/a_harbour",
        status=401,
        request_id="7f0e6d5c4b3a49288716050403020100",
    ),
]

BY_OPERATION: dict[str, BaseModel] = {
    "list_audit": AuditList(results=_ENTRIES, next=None, total=Total(value=2, relation="eq"))
}
