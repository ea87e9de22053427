"""The service itself: health, what problems mean, where to start."""

from __future__ import annotations

from fastapi import Request, Response

from app.api import problems
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, make_router
from app.api.documentation import answers
from app.api.schemas.meta import Health, Index, ProblemKind, ProblemKindList, Readiness
from app.errors import NotFoundError

router = make_router("service", prefix="")

_NEVER_KEPT = {"Cache-Control": "no-store"}
_NOT_READY = {
    "missing": "The database has no tables yet; run `onrecord migrate`.",
    "behind": "The database is of an older version; run `onrecord migrate`.",
    "newer": "The database is of a newer version than this server; upgrade the server.",
}


@router.get(
    "/",
    operation_id="get_index",
    summary="Get the index",
    response_model=Index,
    responses=answers(),
)
def get_index(request: Request) -> Response:
    """Where to go from here."""
    index = Index(
        name=request.app.title,
        version=request.app.version,
        documentation="/docs",
        openapi="/openapi.json",
        problems="/problems",
        resources=[
            path
            for path in request.app.openapi()["paths"]
            if path.startswith("/v1/") and "{" not in path
        ],
    )
    return answer(request, index)


@router.get(
    "/healthz",
    operation_id="get_health",
    summary="Ask whether the process lives",
    response_model=Health,
    responses=answers(cached=False),
)
async def get_health(request: Request) -> Response:
    """Answers as long as the process does; asks nothing of the database. Never cached."""
    return Response(
        Health(status="ok").model_dump_json(), media_type="application/json", headers=_NEVER_KEPT
    )


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Ask whether queries can be answered",
    response_model=Readiness,
    responses=answers("not-ready", "store-unavailable", cached=False),
)
def get_readiness(request: Request, database: DatabaseDep) -> Response:
    """200 once the database is there and has been migrated to this version, else 503.

    Never cached. `detail` says what to run.
    """
    state = database.state()
    if state != "current":
        raise problems.Problem("not-ready", _NOT_READY[state])
    ready = Readiness(status="ready", database="current")
    return Response(ready.model_dump_json(), media_type="application/json", headers=_NEVER_KEPT)


@router.get(
    "/problems",
    operation_id="list_problems",
    summary="List the kinds of problems",
    response_model=ProblemKindList,
    responses=answers(),
)
def list_problems(request: Request) -> Response:
    """Every kind of error that this API answers with, and what helps against it."""
    return answer(request, ProblemKindList(results=[_shown(k) for k in problems.KINDS.values()]))


@router.get(
    "/problems/{code}",
    operation_id="get_problem",
    summary="Get a kind of problem",
    response_model=ProblemKind,
    responses=answers("not-found"),
)
def get_problem(request: Request, code: str) -> Response:
    """What a problem's `type` means: the address that it gives leads here."""
    kind = problems.KINDS.get(code)
    if kind is None:
        near = problems.nearest(code, problems.KINDS)
        hint = f"did you mean {near}?" if near else "/problems lists all."
        raise NotFoundError(f"There is no kind of problem {code!r}; {hint}")
    return answer(request, _shown(kind))


def _shown(kind: problems.Kind) -> ProblemKind:
    return ProblemKind(
        type=problems.type_of(kind.code),
        code=kind.code,
        status=kind.status,
        title=kind.title,
        advice=kind.advice,
    )
