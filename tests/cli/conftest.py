"""The command in this process, over a database of the test's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from app import cli, logs


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Onrecord = Callable[..., Done]


@pytest.fixture
def onrecord(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str
) -> Onrecord:
    """Runs `onrecord` with the arguments given."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", database_url)
    # It would be that of all tests that follow.
    monkeypatch.setattr(logs, "configure", lambda *_: None)

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Done(ended.value.code or 0, *capsys.readouterr())  # type: ignore[arg-type]

    return run
