"""Requests to the application in this process, without a socket: what they cost in CPU time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.main import create_app
from app.server import settle_memory
from app.settings import Settings


class Application:
    """The whole application on a record, with all its middlewares; one request at a time."""

    def __init__(self, record: Path) -> None:
        self._app = create_app(
            Settings(database_url=f"sqlite:///{record}", rate_limit="off", log_level="WARNING")
        )
        self._loop = asyncio.new_event_loop()
        settle_memory()

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body."""
        return self._loop.run_until_complete(self._get(path))

    async def _get(self, path: str) -> tuple[int, bytes]:
        parts = urlsplit(path)
        messages: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1:8000"), (b"accept-encoding", b"identity")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }
        await self._app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in messages[1:])
        return messages[0]["status"], body

    def cost(self, path: str) -> float | None:
        """CPU milliseconds of one request, all threads; None where it is not answered 200."""
        start = time.process_time()
        status, _ = self.get(path)
        return 1000 * (time.process_time() - start) if status == 200 else None

    def close(self) -> None:
        """Give back what is open."""
        self._app.state.database.close()
        self._loop.close()
