"""ASGI middlewares around the application."""

from __future__ import annotations

import logging
import time
from typing import ClassVar

from asgi_correlation_id import correlation_id
from fastapi import FastAPI, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import logs
from app.api.problems import Problem, unforeseen

log = logging.getLogger("onrecord.access")


class HeadAsGet:
    """Answers HEAD as GET, without the body and with the same headers.

    The scope then says `head`, to those whose body is long in the making.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET", "head": True}, receive, send_without_body)


class BodyLimit:
    """Refuses bodies of more than `limit` bytes, declared or streamed, before they are held."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self.limit:
            await self._refusal().response()(scope, receive, send)
            return
        taken = 0

        async def receive_limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.limit:
                raise self._refusal()
            return message

        await self.app(scope, receive_limited, send)

    def _refusal(self) -> Problem:
        detail = f"The body has more than the {self.limit:,} bytes allowed. Split it."
        return Problem("content-too-large", detail, headers={"Connection": "close"})


class LastResort:
    """Answers unforeseen exceptions as a problem, inside CORS so that a page can read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except ClientDisconnect:
            pass  # nobody is left to be answered
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            await unforeseen(error)(scope, receive, send)


class SecurityHeaders:
    """Adds to every answer what keeps browsers from making more of it than it is.

    An answer that names its own policy (`/docs`) keeps it.
    """

    HEADERS: ClassVar = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    # Said over HTTPS alone, where a proxy that is trusted says that it was HTTPS.
    HTTPS_ONLY = "max-age=31536000"

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", self.HTTPS_ONLY)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class PreflightProblems:
    """Answers a refused CORS preflight as a problem; stands outside Starlette's CORSMiddleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        asked = scope["type"] == "http" and scope["method"] == "OPTIONS"
        if not asked or "access-control-request-method" not in Headers(scope=scope):
            await self.app(scope, receive, send)
            return
        refused: Message | None = None

        async def send_or_replace(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] == 400:
                refused = message
            elif refused is None:
                await send(message)
            elif not message.get("more_body", False):
                reason = message.get("body", b"").decode("utf-8", "replace")
                await self._refusal(refused, reason)(scope, receive, send)

        await self.app(scope, receive, send_or_replace)

    def _refusal(self, refused: Message, reason: str) -> Response:
        detail = f"{reason}. The headers Access-Control-Allow-* say what a page may ask for."
        headers = Headers(scope=refused)
        kept = {k: v for k, v in headers.items() if k.startswith(("access-control-", "vary"))}
        return Problem("preflight-refused", detail, headers=kept).response()


def protect(app: FastAPI) -> None:
    """Add what stands outside CORS: refused preflights as problems, headers on every answer."""
    app.add_middleware(PreflightProblems)
    app.add_middleware(SecurityHeaders)


class AccessLog:
    """Logs each request: method, path, status, duration; never a query, a body or an answer.

    Stands inside asgi-correlation-id's middleware, whose id it hands to all logging below it.
    """

    def __init__(self, app: ASGIApp, enabled: bool = True) -> None:
        self.app = app
        self.enabled = enabled

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        logs.request_id.set(correlation_id.get())
        if not self.enabled:
            await self.app(scope, receive, send)
            return
        status = 0
        start = time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        finally:
            fields = {
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "duration_ms": round(1000 * (time.perf_counter() - start), 1),
            }
            # %r: a path may hold line ends, and must not forge a line of the log.
            log.info("%(method)s %(path)r %(status)d in %(duration_ms)s ms", fields, extra=fields)
