"""What changed, for mirrors."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from app.api.schemas.common import Next, Schema

ChangeOp = Literal["upsert", "delete", "merge"]


class Change(Schema):
    """Something that a mirror must fetch again, or drop."""

    seq: Annotated[int, Field(description="Only grows; no number is given twice.")]
    id: str
    type: Literal["article", "quote", "entity"]
    op: Annotated[
        ChangeOp,
        Field(
            description="`upsert`: fetch it, an article with its quotes and entities; `delete`: it "
            "is not shown any more; `merge`: the entity was merged, its address redirects."
        ),
    ]
    at: AwareDatetime


class ChangeList(Schema):
    """Some changes, oldest first, of each id the newest one only."""

    results: list[Change]
    next: Next
    last: Annotated[int, Field(description="The newest number there is; 0 in an empty record.")]
