"""Says at the end of a run what became of the accuracy gate, so that a skip is not overlooked."""

from __future__ import annotations

import pytest

GATE = pytest.StashKey[list[str]]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    lines = config.stash.get(GATE, [])
    if lines:
        terminalreporter.section("accuracy gate")
        for line in lines:
            terminalreporter.write_line(line)
