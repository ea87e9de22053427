"""How the HTTP server is run: deadlines for slow clients, a bounded end, one form of log."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

# Seconds that a client has for a request's headers, and then for its body. Without them a client
# that sends a byte a second holds its connection for ever.
HEADERS_WITHIN = 15.0
BODY_WITHIN = 60.0
# Seconds that running requests are given when the server is asked to stop.
FINISH_WITHIN = 30

# Bytes of a request's line and headers.
LARGEST_HEAD = 65_536


def _problem(status: str, code: str, detail: str) -> bytes:
    """A whole answer, for what never reaches the application; closes the connection."""
    number, _, title = status.partition(" ")
    problem = {
        "type": f"/problems/{code}",
        "title": title,
        "status": int(number),
        "detail": detail,
        "errors": [],
    }
    body = json.dumps(problem).encode()
    head = (
        f"HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


_TIMEOUT = _problem(
    "408 Request Timeout",
    "request-timeout",
    "The request did not arrive in time. Send it again, without pauses.",
)
_TOO_LARGE = _problem(
    "431 Request Header Fields Too Large",
    "headers-too-large",
    f"The address and the headers have more than {LARGEST_HEAD:,} bytes. Send fewer.",
)
_NO_HTTP = _problem("400 Bad Request", "bad-request", "This is no HTTP/1.1 request.")


HEAD_END = b"\r\n\r\n"


class ImpatientProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, with a deadline for the headers and one for the body of a request.

    A request that arrives late is answered 408 where no answer has begun, and the connection is
    closed. What the application takes for its answer has no deadline here.
    """

    _deadline: asyncio.TimerHandle | None = None
    _in_head = True
    _head = 0
    # The last bytes of the head so far: its end may come in two pieces.
    _tail = b""

    def data_received(self, data: bytes) -> None:
        """Some bytes have come: of a head there may not be too many."""
        if self._in_head:
            joined = self._tail + data
            end = joined.find(HEAD_END)
            self._head += len(data) if end < 0 else max(0, end - len(self._tail))
            self._tail = joined[1 - len(HEAD_END) :]
            if self._head > LARGEST_HEAD:
                self._refuse(_TOO_LARGE)
                return
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        self._refuse(_NO_HTTP)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come: its first request is due."""
        super().connection_made(transport)
        self._expect(HEADERS_WITHIN)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._expect(None)
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A request begins."""
        # What came of its head until now is counted already.
        self._in_head = True
        self._expect(HEADERS_WITHIN)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The headers are there: the body is due."""
        self._in_head, self._head, self._tail = False, 0, b""
        self._expect(BODY_WITHIN)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole request is there.

        uvicorn stops reading behind a large piece of a body and goes on when the application asks
        for more. Behind the last piece nobody does, and a client that leaves would go unnoticed.
        """
        self._in_head = True
        self._expect(None)
        super().on_message_complete()
        self.flow.resume_reading()

    def _expect(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if seconds is not None:
            self._deadline = self.loop.call_later(seconds, self._too_late)

    def _too_late(self) -> None:
        self._refuse(_TIMEOUT)

    def _refuse(self, answer: bytes) -> None:
        """Answer, unless an answer has begun, and close.

        An application that waits for the rest of a body is told that the client has gone.
        """
        if self.transport.is_closing():
            return
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(answer)
        self.transport.close()


def configured(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """uvicorn's configuration; logging is the process's own (`app.logs`)."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=ImpatientProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        # The application believes the proxies of ONRECORD_TRUSTED_PROXIES, and no others.
        proxy_headers=False,
        timeout_graceful_shutdown=FINISH_WITHIN,
    )


class StoppingServer(uvicorn.Server):
    """uvicorn's server, which tells the application at once that it was asked to stop."""

    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGINT or SIGTERM has come."""
        self._stopping()
        super().handle_exit(sig, frame)


def settle_memory() -> None:
    """Leave everything that is loaded by now out of all later garbage collections.

    What the application consists of (modules, routes, schemas) is some hundred thousand objects
    that stay until the end. A full collection that looks at them holds every request up for a tenth
    of a second. To be called once, in a process that only serves.
    """
    gc.collect()
    gc.freeze()


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; running requests are then finished, for a while."""
    app.state.access.host = host
    settle_memory()
    StoppingServer(configured(app, host, port), app.state.extracting.stop).run()
