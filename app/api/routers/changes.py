"""What changed, for mirrors."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request, Response

from app.api.caching import answer
from app.api.dependencies import DEFAULT_LIMIT, DatabaseDep, make_router
from app.api.documentation import answers
from app.api.parameters import Limit
from app.api.schemas.changes import Change, ChangeList
from app.store.read.changes import ChangeRow, change_page

router = make_router("changes")

_TYPES: dict[str, Literal["article", "quote", "entity"]] = {
    "a": "article",
    "q": "quote",
    "e": "entity",
}

After = Annotated[
    int,
    Query(
        ge=0,
        le=2**63 - 1,
        description="The `seq` up to which the mirror is complete; 0 starts from the beginning.",
        examples=[0],
    ),
]


@router.get(
    "/changes",
    operation_id="list_changes",
    summary="List what changed",
    response_model=ChangeList,
    responses=answers("invalid-parameter", "store-unavailable"),
)
def list_changes(
    request: Request, database: DatabaseDep, after: After = 0, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """The ids that changed or went since `after`, oldest first: what keeps a mirror complete.

    Follow `next` until it is null, even where `results` is empty; then ask again from `last`. An id
    that changed several times comes once, where it last did. An article that changed brings its
    quotes and entities with it: fetch them by the article; ids of quotes that it lost come on their
    own as `delete`. A `last` below your `after` says that the record was restored from an older
    copy: start over from 0.
    """
    with database.reading() as connection:
        page = change_page(connection, after=after, limit=limit)
    following = None
    if page.after is not None:
        following = str(request.url.include_query_params(after=page.after))
    listed = ChangeList(results=[_shown(row) for row in page.rows], next=following, last=page.last)
    return answer(request, listed)


def _shown(row: ChangeRow) -> Change:
    return Change.model_validate(
        {"seq": row.seq, "id": row.uid, "type": _TYPES[row.uid[0]], "op": row.op, "at": row.at}
    )
