"""Child processes that read HTML, reused from page to page and replaced when killed.

Starting one costs about half a second, a short page some 5 milliseconds. Safe to call from
several threads: each page has a child to itself, and at most `MAX_CHILDREN` run at a time.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, cast

from app.documents.html_protocol import ANSWER, REQUEST, Page, receive, send
from app.errors import DocumentError

MAX_CHILDREN = 4
"""Children at a time in one process: a page that takes all its time blocks only one of them."""
_MAX_IDLE = 2
_START_SECONDS = 60.0
_PAGES_PER_CHILD = 1_000  # trafilatura keeps caches; a fresh process forgets them
_ROOT = Path(__file__).parents[2]


def read_in_child(page: bytes, seconds: float, origin: str) -> Page:
    """What the child finds in a page in UTF-8. Raises `DocumentError` where that fails.

    A child that takes longer than `seconds` is killed.
    """
    with _pool.slots:
        child = _pool.take()
        reusable = False
        try:
            answer = child.read(page, seconds)
            reusable = answer is not None and child.is_fresh
        finally:
            _pool.give_back(child, reusable)
    if answer is None:
        raise DocumentError(origin, _why_not(child, seconds))
    return cast(Page, json.loads(answer))


def _why_not(child: _Child, seconds: float) -> str:
    if not child.started:
        return "the HTML reader did not start; try `python -m app.documents.html_child`"
    if child.expired:
        return (
            f"it took longer than the {seconds:g} seconds allowed; extract its text first or raise "
            "html_timeout"
        )
    return "the process reading it died (too deep or too large?); extract its text first"


class _Child:
    """One child process. After an answer of None it is of no more use."""

    def __init__(self) -> None:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.documents.html_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._pages = 0
        self.expired = False
        # The imports are no page's time.
        self.started = self._exchange(None, _START_SECONDS) is not None

    @property
    def is_fresh(self) -> bool:
        """Whether the child may take another page."""
        return not self.expired and self._pages < _PAGES_PER_CHILD

    def read(self, page: bytes, seconds: float) -> bytes | None:
        """The answer to a page; None when the child was too slow or died."""
        self._pages += 1
        if not self.started:
            return None
        return self._exchange(page, seconds)

    def _exchange(self, page: bytes | None, seconds: float) -> bytes | None:
        # Killing the child ends a blocked write as well as a blocked read.
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            if page is not None:
                send(self._requests, REQUEST.pack(seconds, len(page)), page)
            answer = receive(self._answers, ANSWER)
        except OSError:
            return None
        finally:
            timer.cancel()
        return answer[1] if answer is not None else None

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def close(self) -> None:
        """Kill the child, wait for it and close the pipes."""
        self._process.kill()
        self._process.wait()
        self._close_pipes()

    def forget(self) -> None:
        """Let go of a child that belongs to the process this one was forked from."""
        self._process.returncode = 0  # else its destructor waits for what is not its own
        self._close_pipes()

    def _close_pipes(self) -> None:
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):  # bytes that the dead child will not read
                pipe.close()


class _Pool:
    """The children of this process that wait for a page."""

    def __init__(self) -> None:
        self.slots = threading.BoundedSemaphore(MAX_CHILDREN)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []

    def take(self) -> _Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return _Child()

    def give_back(self, child: _Child, reusable: bool) -> None:
        with self._lock:
            if reusable and len(self._idle) < _MAX_IDLE:
                self._idle.append(child)
                return
        child.close()

    def close(self) -> None:
        """Kill the waiting children."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def forget(self) -> None:
        """Start anew in a forked process: two processes must not share a child's pipes."""
        for child in self._idle:
            child.forget()
        self.__init__()  # type: ignore[misc]


_pool = _Pool()
atexit.register(_pool.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.forget)


def close_children() -> None:
    """Kill the waiting children now instead of at exit; the next page starts a new one."""
    _pool.close()
