"""ASGI middlewares around the application."""

from __future__ import annotations

import logging
import time

from asgi_correlation_id import correlation_id
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import logs
from app.api.problems import Problem, unforeseen

log = logging.getLogger("onrecord.access")


class HeadAsGet:
    """Answers HEAD as GET, without the body and with the same headers."""

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

        await self.app({**scope, "method": "GET"}, receive, send_without_body)


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
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            await unforeseen(error)(scope, receive, send)


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
