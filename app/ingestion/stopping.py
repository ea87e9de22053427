"""Stopping a job when asked: the article at hand is finished, the others stay for later."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether, and by which signal, this process was asked to stop."""

    def __init__(self) -> None:
        self.signal: signal.Signals | None = None

    def __bool__(self) -> bool:
        return self.signal is not None

    @property
    def exit_status(self) -> int:
        """What a shell expects of a process ended by the signal: 130 (SIGINT), 143 (SIGTERM)."""
        return 128 + (self.signal or 0)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self.signal is not None:
            raise KeyboardInterrupt  # asked twice: at once
        self.signal = signal.Signals(number)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """A `Stop` that SIGINT and SIGTERM set; a second signal interrupts at once."""
    stop = Stop()
    before = {number: signal.signal(number, stop._asked) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
