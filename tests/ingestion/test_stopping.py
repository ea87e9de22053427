from __future__ import annotations

import os
import signal

import pytest

from app.ingestion.stopping import stoppable


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_asks_to_stop(number: signal.Signals, status: int) -> None:
    with stoppable() as stop:
        assert not stop
        os.kill(os.getpid(), number)
        assert stop
        assert stop.exit_status == status


def test_a_second_signal_interrupts_at_once() -> None:
    with stoppable():
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)


def test_the_handlers_before_come_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
