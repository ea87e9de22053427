"""What endpoints are given: the database, a page's bounds, the extractor; and their routers."""

from __future__ import annotations

import re
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, fail_after, to_thread
from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection, Engine

from app.api.extracting import Extracting
from app.api.pagination import Paging
from app.api.parameters import Cursor, Limit, known_parameters
from app.api.problems import Problem
from app.errors import StoreBusyError
from app.store import migrate
from app.store.session import open_database, reading, writing

T = TypeVar("T")

DEFAULT_LIMIT = 50
# Seconds that a request waits while others write (an article is written in milliseconds).
REQUEST_PATIENCE = 5.0
# Bytes that the one connection of the event loop keeps: hot pages come from memory.
LOOP_CACHE = 64 * 2**20


class Database:
    """The database, opened at its first use: once for reading, once for writing.

    Endpoints take a connection from it inside their own thread. As a dependency with `yield` it
    would be taken and given back in other threads of the same pool, and requests that hold
    connections could wait for the threads of requests that wait for connections.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._writer: Engine | None = None
        self._loop: Engine | None = None
        self._turn = CapacityLimiter(1)
        self._writing_thread = CapacityLimiter(1)

    def engine(self) -> Engine:
        """The engine. Raises StoreError while the database cannot be opened."""
        with self._lock:
            if self._engine is None:
                self._engine = open_database(self._url, readonly=True)
            return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot of the database."""
        with reading(self.engine()) as connection:
            yield connection

    def at_once(self) -> Engine:
        """The engine of small queries in the event loop. Raises StoreError as `engine` does.

        Its connections are the loop's own: it never waits until a thread gives one back.
        """
        if self._loop is None:
            with self._lock:
                self._loop = open_database(self._url, readonly=True, cache=LOOP_CACHE)
        return self._loop

    def writer(self) -> Engine:
        """The engine of requests that write. Raises StoreError while it cannot be opened."""
        with self._lock:
            if self._writer is None:
                self._writer = open_database(self._url)
            return self._writer

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writing transaction, committed at the end. Raises StoreBusyError after a while."""
        with writing(self.writer(), REQUEST_PATIENCE) as connection:
            yield connection

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a writing transaction, in a thread.

        SQLite has one writer at a time, so that requests take turns here: those that wait hold no
        thread of the pool that queries run in. Raises StoreBusyError where the turn does not come.
        """
        try:
            with fail_after(REQUEST_PATIENCE):
                await self._turn.acquire()
        except TimeoutError:
            raise StoreBusyError("Others are writing to the database.") from None
        try:
            return await to_thread.run_sync(self._written, work, limiter=self._writing_thread)
        finally:
            self._turn.release()

    def _written(self, work: Callable[[Connection], T]) -> T:
        with self.writing() as connection:
            return work(connection)

    def state(self) -> str:
        """ "current", or what is wrong with the schema: "missing", "behind", "newer"."""
        return migrate.state(self.engine())

    def close(self) -> None:
        """Give back what is open."""
        with self._lock:
            for engine in (self._engine, self._writer, self._loop):
                if engine is not None:
                    engine.dispose()
            self._engine = self._writer = self._loop = None


async def _database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


async def _extracting(request: Request) -> Extracting:
    found: Extracting = request.app.state.extracting
    return found


async def _paging(request: Request, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Paging:
    return Paging(request, limit, cursor)


DatabaseDep = Annotated[Database, Depends(_database)]
ExtractingDep = Annotated[Extracting, Depends(_extracting)]
PagingDep = Annotated[Paging, Depends(_paging)]

_QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)", re.I)
# What a client may say to mean JSON, the more specific the later. Whoever takes JSON takes what is
# made of it too, such as GeoJSON.
JSON_RANGES = ("*/*", "application/*", "application/json")
GEOJSON = "application/geo+json"


def _accepted(request: Request, accepted: Sequence[str]) -> None:
    accept = ",".join(request.headers.getlist("accept"))
    ranges: dict[str, float] = {}
    for item in accept.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weights = [m for p in parameters if (m := _QUALITY.fullmatch(p))]
        if name:
            ranges[name] = float(weights[0][1]) if weights else 1.0
    if not ranges:
        return
    quality = next((ranges[r] for r in reversed(accepted) if r in ranges), 0.0)
    if quality == 0:
        answered = accepted[-1]
        raise Problem(
            "not-acceptable",
            f"Answers are {answered}, which {accept!r} rules out. Leave Accept out, or add "
            f"{answered}.",
        )


def accepting(*ranges: str) -> Callable[[Request], Awaitable[None]]:
    """Refuse a request whose `Accept` has none of `ranges` (RFC 9110, 12.5.1).

    The last of them is what is answered; the more specific ones come later.
    """

    async def accepted(request: Request) -> None:
        _accepted(request, ranges)

    return accepted


json_accepted = accepting(*JSON_RANGES)


def make_router(
    tag: str,
    prefix: str = "/v1",
    accepted: Callable[[Request], Awaitable[None]] = json_accepted,
) -> APIRouter:
    """A router whose paths answer JSON and refuse parameters that they do not declare."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        dependencies=[Depends(known_parameters), Depends(accepted)],
    )
