"""The commands as their user runs them: a database of its own, the real model, a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.conftest import ROOT


class Command(NamedTuple):
    """Runs `onrecord` over one database."""

    environment: dict[str, str]

    def __call__(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=180,
            env=self.environment,
            cwd=ROOT,
        )


@pytest.fixture(scope="session")
def onrecord(tmp_path_factory: pytest.TempPathFactory) -> Command:
    database = tmp_path_factory.mktemp("e2e") / "onrecord.db"
    return Command({**os.environ, "ONRECORD_DATABASE_URL": f"sqlite:///{database}"})


@pytest.fixture(scope="session")
def ingested(onrecord: Command, seed: Path) -> str:
    """What migrating and ingesting the seed article printed."""
    migrated = onrecord("migrate")
    assert migrated.returncode == 0, migrated.stderr
    done = onrecord("ingest", str(seed.parent))
    assert done.returncode == 0, done.stderr
    return done.stderr


class Served(NamedTuple):
    """A running server: a client for it and what it printed at the start."""

    client: httpx.Client
    greeting: str


@pytest.fixture(scope="session")
def served(onrecord: Command, ingested: str, free_port: int) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(free_port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**onrecord.environment, "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
    )
    try:
        assert process.stderr is not None
        assert process.stdout is not None
        for line in process.stderr:
            if "running on" in line:
                break
        greeting = process.stdout.readline()
        while not greeting.rstrip().endswith("said"):
            greeting += process.stdout.readline()
        base = re.search(r"http://[\d.:]+", greeting)
        assert base is not None
        with httpx.Client(base_url=base.group(), timeout=60) as client:
            yield Served(client, greeting)
    finally:
        process.terminate()
        process.wait(30)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
