"""Examples of changes."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel

from app.api.schemas.changes import Change, ChangeList

_AT = datetime(2031, 3, 3, 8, 0, tzinfo=UTC)
CHANGES = ChangeList(
    results=[
        Change(seq=1, id="a_harbour", type="article", op="upsert", at=_AT),
        Change(seq=4, id="e_m_lindqvist", type="entity", op="merge", at=_AT),
        Change(seq=5, id="q_withdrawn", type="quote", op="delete", at=_AT),
    ],
    next=None,
    last=5,
)

BY_OPERATION: dict[str, BaseModel] = {"list_changes": CHANGES}
