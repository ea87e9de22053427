"""What waits for what when several ask for an extraction at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from anyio import create_task_group, fail_after, sleep

from app.api.extracting import _READERS, Extracting, Source
from app.documents.html_worker import MAX_CHILDREN
from app.domain import Document
from app.errors import BusyError, TextTooLongError
from tests.api.newsroom import StubExtractor

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Gate:
    """Documents whose reading takes until the gate is opened."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self.started = threading.Semaphore(0)

    def read(self) -> Document:
        self.started.release()
        assert self._open.wait(20)
        return Document(text="slow", origin="test")

    @contextmanager
    def closed(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._open.set()


def quick() -> Document:
    return Document(text="quick", origin="test")


async def until(condition: object) -> None:
    with fail_after(20):
        while not condition():  # type: ignore[operator]
            await sleep(0.01)


def test_there_are_as_many_readers_as_children() -> None:
    assert _READERS == MAX_CHILDREN


async def test_slow_pages_keep_no_text_waiting() -> None:
    extracting = Extracting(StubExtractor, 100, max_waiting=10)
    gate = Gate()
    slow: list[str] = []

    async def ask() -> None:
        document, *_ = await extracting.run(Source(gate.read, is_page=True))
        slow.append(document.text)

    async with create_task_group() as group:
        with gate.closed():
            for _ in range(_READERS + 2):
                group.start_soon(ask)
            for _ in range(_READERS):
                await until(lambda: gate.started.acquire(blocking=False))
            with fail_after(10):
                document, *_ = await extracting.run(Source(quick))
            assert document.text == "quick"
            assert not gate.started.acquire(blocking=False)
            assert slow == []
    assert len(slow) == _READERS + 2


async def test_a_slow_page_keeps_no_page_waiting() -> None:
    extracting = Extracting(StubExtractor, 100, max_waiting=10)
    gate = Gate()
    async with create_task_group() as group:
        with gate.closed():
            group.start_soon(extracting.run, Source(gate.read, is_page=True))
            await until(lambda: gate.started.acquire(blocking=False))
            with fail_after(10):
                await extracting.run(Source(quick, is_page=True))


@pytest.mark.parametrize("is_page", [False, True])
async def test_more_than_may_wait_are_refused(is_page: bool) -> None:
    extracting = Extracting(StubExtractor, 100, max_waiting=2)
    gate = Gate()
    async with create_task_group() as group:
        with gate.closed():
            for _ in range(3):
                group.start_soon(extracting.run, Source(gate.read, is_page=is_page))
            await until(lambda: gate.started.acquire(blocking=False))
            with pytest.raises(BusyError, match="2 extractions wait already"):
                await extracting.run(Source(quick, is_page=not is_page))
    await extracting.run(Source(quick))


async def test_what_fails_leaves_the_queue() -> None:
    extracting = Extracting(StubExtractor, max_text_chars=3, max_waiting=1)
    for is_page in (False, True, False, True):
        with pytest.raises(TextTooLongError):
            await extracting.run(Source(quick, is_page=is_page))
