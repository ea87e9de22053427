"""The log of writes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from fastapi import Request, Response

from app.api import present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.schemas.audit import AuditEntry, AuditList
from app.api.security import AdminAccess
from app.store.read import audit

router = make_router("service")


@router.get(
    "/audit",
    operation_id="list_audit",
    summary="List the log of writes",
    response_model=AuditList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_audit(
    request: Request, database: DatabaseDep, paging: PagingDep, caller: AdminAccess
) -> Response:
    """Requests that write, newest first: whose, what, and what came of them; refused ones too.

    Needs a key of scope admin. There are no bodies and no queries in it. Of the requests refused
    for their number (429) each caller has one a minute.
    """
    after = paging.after(datetime)
    with database.reading() as connection:
        page = audit.audit_page(connection, after=after, limit=paging.limit)
    results = [AuditEntry(**asdict(entry)) for entry in page.rows]
    return answer(request, AuditList(results=results, **present.listing(page, paging)))
