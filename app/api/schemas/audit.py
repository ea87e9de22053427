"""The log of writes in answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from app.api.schemas.common import Listing, Schema


class AuditEntry(Schema):
    """One request that writes, whether it was let in or refused."""

    at: AwareDatetime
    actor: Annotated[
        str,
        Field(
            description="Id of the key; `local` for a request of the server's own machine that "
            "needed none, `anonymous` for one without a valid key."
        ),
    ]
    address: Annotated[str | None, Field(description="Where it came from.")]
    method: str
    path: Annotated[str, Field(description="Percent-encoded, without its query.")]
    status: Annotated[int, Field(description="HTTP status of the answer.")]
    request_id: Annotated[str | None, Field(description="`X-Request-ID` of the answer.")]


class AuditList(Listing[AuditEntry]):
    """A page of the log of writes, newest first."""
