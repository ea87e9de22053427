"""`If-Match`: a correction is of what its author saw (RFC 9110, 13.1.1; RFC 6585, 3).

Tags are compared weakly, since all of ours are weak; RFC 9110 would have none of them match.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import Header, Request
from pydantic import BaseModel

from app.api.caching import matches, tag_of
from app.api.problems import Problem

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The `ETag` of what is corrected, as last read; `*` corrects it as it is now. "
        "Required.",
        examples=["*"],
    ),
]


def condition(request: Request, if_match: IfMatch = None) -> str:
    """The request's `If-Match`; several header lines are one list. Raises a Problem (428)."""
    given = request.headers.getlist("if-match")
    if not given:
        raise Problem(
            "precondition-required",
            "Send `If-Match` with the ETag that you read, so that nobody else's correction is "
            "overwritten unseen; `If-Match: *` corrects whatever stands there now.",
        )
    return ", ".join(given)


def require_match(if_match: str, seen: Iterable[BaseModel]) -> None:
    """Refuse (412) unless the condition holds the tag of one of the answers given."""
    if if_match.strip() == "*":
        return
    if not any(matches(if_match, tag_of(model.model_dump_json().encode())) for model in seen):
        raise Problem(
            "precondition-failed",
            "It has changed since you read it. Read it again, and send its new ETag.",
        )
