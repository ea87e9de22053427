"""What every request passes before the application: its key, its limit; and the log of writes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from re import Pattern
from urllib.parse import quote

from asgi_correlation_id import correlation_id
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.access import Access
from app.api.dependencies import Database
from app.api.limiting import RateLimits, caller_of
from app.api.problems import Problem
from app.api.security import ANONYMOUS, LOCAL, NOBODY, Caller, admin_access, write_access
from app.store import audit
from app.store.keys import KeyScope

log = logging.getLogger("onrecord.api")

# Asked by what watches the server, often and without a key.
_WATCHED = frozenset(("/healthz", "/readyz", "/metrics"))
# What stays open where reads need a key: how to use the API, and what its errors mean.
_OPEN = frozenset(("/", "/docs", "/openapi.json", "/problems"))
_OPEN_UNDER = ("/problems/", "/static-offline-docs/")
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
# The longest path that is written to the log of writes; no id is as long.
LONGEST_PATH = 500

_NEEDS = {write_access: KeyScope.WRITE, admin_access: KeyScope.ADMIN}


class Guarded:
    """The operations that need a scope, as their routes' dependencies say it.

    `routes` is asked once, at the first write: all routes are known by then.
    """

    def __init__(self, routes: Callable[[], Iterable[BaseRoute]]) -> None:
        self._routes = routes
        self._found: list[tuple[set[str], Pattern[str], KeyScope]] | None = None

    def needed(self, method: str, path: str) -> KeyScope | None:
        """What the operation needs; None for one that is open to all, and where there is none."""
        if self._found is None:
            self._found = [
                (route.methods or set(), route.path_regex, needed)
                for route in self._routes()
                if isinstance(route, APIRoute) and (needed := _needed(route.dependant)) is not None
            ]
        for methods, pattern, needed in self._found:
            if method in methods and pattern.match(path):
                return needed
        return None


def _needed(dependant: Dependant) -> KeyScope | None:
    found = [_NEEDS.get(dependant.call)] if dependant.call is not None else []
    found += [_needed(nested) for nested in dependant.dependencies]
    scopes = [scope for scope in found if scope is not None]
    return KeyScope.ADMIN if KeyScope.ADMIN in scopes else (scopes[0] if scopes else None)


class Gate:
    """Says who the caller is (`request.state.caller`), refuses, and logs what writes.

    The operations' own dependencies refuse as well. Here it happens before a body is read.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        limits: RateLimits,
        database: Database,
        guarded: Guarded,
        reads_open: bool,
    ) -> None:
        self.app = app
        self._access = access
        self._limits = limits
        self._database = database
        self._guarded = guarded
        self._reads_open = reads_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in _WATCHED:
            await self.app(scope, receive, send)
            return
        is_read = scope["method"] in _SAFE
        needed = None if is_read else self._guarded.needed(scope["method"], path)
        caller, refusal = await self._admitted(scope, path, needed, is_read)
        scope.setdefault("state", {})["caller"] = caller
        app = self.app if refusal is None else refusal.response()
        if needed is None or self._is_more_of_the_same(scope, caller, refusal):
            await app(scope, receive, send)
        else:
            await self._audited(app, scope, receive, send)

    async def _admitted(
        self, scope: Scope, path: str, needed: KeyScope | None, is_read: bool
    ) -> tuple[Caller, Problem | None]:
        """Who the caller is, and why the request is refused, if it is."""
        caller, wrong_key = await self._identified(scope)
        try:
            # Wrong keys are counted too: trying many must not be free.
            if not self._access.is_local(scope):
                self._limits.check(caller_of(caller.uid, scope.get("client")), is_read=is_read)
            if wrong_key is None and needed is not None:
                await self._access.require(scope, caller, needed)
            elif wrong_key is None and not (self._reads_open or _is_open(path)):
                await self._access.require(scope, caller, KeyScope.READ)
        except Problem as problem:
            return caller, problem
        return caller, wrong_key

    async def _identified(self, scope: Scope) -> tuple[Caller, Problem | None]:
        presented = [v.decode("latin-1") for n, v in scope["headers"] if n == b"authorization"]
        try:
            return await self._access.identify(presented), None
        except Problem as problem:
            return NOBODY, problem

    def _is_more_of_the_same(self, scope: Scope, caller: Caller, refusal: Problem | None) -> bool:
        """Whether it is one of many refusals for too many requests, which must not fill the log."""
        if refusal is None or refusal.kind.code != "rate-limited":
            return False
        return not self._limits.is_first_refusal(caller_of(caller.uid, scope.get("client")))

    async def _audited(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request that writes: its row is there before its answer is."""
        is_written = False

        async def send_after_writing(message: Message) -> None:
            nonlocal is_written
            if message["type"] == "http.response.start" and not is_written:
                is_written = True
                await self._write(self._entry(scope, message["status"]))
            await send(message)

        try:
            await app(scope, receive, send_after_writing)
        finally:
            if not is_written:
                # No answer: a fault of the server, or the client has gone.
                await self._write(self._entry(scope, 500))

    def _entry(self, scope: Scope, status: int) -> audit.AuditEntry:
        caller: Caller = scope["state"]["caller"]
        client = scope.get("client")
        is_let_in = status not in (401, 403, 429) and self._access.is_local(scope)
        return audit.AuditEntry(
            at=datetime.now(UTC),
            actor=caller.uid or (LOCAL if is_let_in else ANONYMOUS),
            address=client[0] if client else None,
            method=scope["method"],
            # As it came: no character in it can do anything to whoever reads the log.
            path=quote(scope["path"], safe="/:@-._~!$&'()*+,;=")[:LONGEST_PATH],
            status=status,
            request_id=correlation_id.get(),
        )

    async def _write(self, entry: audit.AuditEntry) -> None:
        """Write a row in a transaction of its own; a failure goes to the server's log."""
        try:
            await self._database.write(partial(audit.record, entry=entry))
        except Exception:
            # Whatever it is: the answer must not be lost with it.
            log.exception("the log of writes lacks a row: %r", entry)


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_OPEN_UNDER)
