"""Who a caller is, and the dependencies by which an operation says what it needs.

`WriteAccess` and `AdminAccess` refuse (401, 403) whoever may not; `Actor` and `AdminActor` do the
same and give the name under which the caller acts. `TextAccess` only tells, and refuses nobody.
Reading needs no dependency: where reads are closed, `app.api.gate` refuses whatever path it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from app.store.keys import KeyScope

if TYPE_CHECKING:
    from app.api.access import Access

SCHEME = "key"
BEARER = HTTPBearer(
    scheme_name=SCHEME,
    auto_error=False,
    description="A key made with `onrecord keys create`, sent as `Authorization: Bearer KEY`. "
    "Scopes are `read`, `write` and `admin`, each with what stands before it.",
)
LOCAL = "local"
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request; without a key all is None. `uid` and `label` are those of the key."""

    uid: str | None = None
    label: str | None = None
    scope: KeyScope | None = None


NOBODY = Caller()


async def _caller(request: Request) -> Caller:
    return getattr(request.state, "caller", NOBODY)


CallerDep = Annotated[Caller, Depends(_caller)]
"""Whoever sends the request; nobody is refused (a wrong key was refused before)."""


# That the scheme stands among a dependency's parameters makes the OpenAPI document name it.
_Declared = Annotated[object, Depends(BEARER)]


async def write_access(request: Request, caller: CallerDep, _: _Declared) -> Caller:
    """Refuse whoever may not write."""
    access: Access = request.app.state.access
    await access.require(request.scope, caller, KeyScope.WRITE)
    return caller


async def admin_access(request: Request, caller: CallerDep, _: _Declared) -> Caller:
    """Refuse whoever may not withdraw, suppress or read the audit log."""
    access: Access = request.app.state.access
    await access.require(request.scope, caller, KeyScope.ADMIN)
    return caller


WriteAccess = Annotated[Caller, Depends(write_access)]
"""The caller of an operation that needs a key of scope write."""
AdminAccess = Annotated[Caller, Depends(admin_access)]
"""The caller of an operation that needs a key of scope admin."""


async def _actor(request: Request, caller: WriteAccess) -> str:
    return _acting_name(request, caller)


async def _admin_actor(request: Request, caller: AdminAccess) -> str:
    return _acting_name(request, caller)


def _acting_name(request: Request, caller: Caller) -> str:
    """The key's label, else its uid; without a key "local", or "anonymous" from elsewhere."""
    access: Access = request.app.state.access
    nobody = LOCAL if access.is_local(request.scope) else ANONYMOUS
    return caller.label or caller.uid or nobody


Actor = Annotated[str, Depends(_actor)]
"""The acting name of a caller who may write; refuses others."""
AdminActor = Annotated[str, Depends(_admin_actor)]
"""The acting name of a caller of scope admin; refuses others."""


async def _text_access(request: Request, caller: CallerDep) -> bool:
    access: Access = request.app.state.access
    return access.may_read_texts(request.scope, caller)


TextAccess = Annotated[bool, Depends(_text_access)]
"""Whether the caller may read the full texts of articles (ONRECORD_ARTICLE_TEXT)."""
