"""Keys, and the log of writes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ApiKey(SQLModel, table=True):
    """A key that callers present; only its hash is kept. `uid` names it in lists and logs."""

    __tablename__ = "api_key"

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    hash: str
    scope: str
    label: str
    created_at: datetime
    revoked_at: datetime | None = None


class AuditRow(SQLModel, table=True):
    """One writing request: who asked what, and what came of it; never a body."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"), {"sqlite_autoincrement": True})

    pk: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor: str
    address: str | None = None
    method: str
    path: str
    status: int
    request_id: str | None = None
