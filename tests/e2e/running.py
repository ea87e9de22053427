"""The command and the server as their user runs them."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

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
            timeout=900,
            env=self.environment,
            cwd=ROOT,
        )


class Served(NamedTuple):
    """A running server: a client for it and what it printed at the start."""

    client: httpx.Client
    greeting: str


def over(database: Path) -> Command:
    """The command over a database of its own, with none of the caller's settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() not in ("EXTRACTOR", "ARTICLE_TEXT")
        and not name.upper().startswith("ONRECORD_")
    }
    return Command({**kept, "ONRECORD_DATABASE_URL": f"sqlite:///{database}"})


def ingest_demo(database: Path) -> None:
    """Do what `make run` does before it serves: migrate, and ingest the folder of articles."""
    onrecord = over(database)
    for arguments in (("migrate",), ("ingest", "seeds")):
        done = onrecord(*arguments)
        if done.returncode != 0:
            raise RuntimeError(f"onrecord {' '.join(arguments)}: {done.stderr}")


def copied(database: Path, to: Path) -> Path:
    """A copy of a database that nobody writes to, whatever still stands in its journal."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return to


def _unused_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(onrecord: Command) -> Iterator[Served]:
    """A server in a process of its own, from its greeting until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(_unused_port())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**onrecord.environment, "PYTHONUNBUFFERED": "1", "ONRECORD_ACCESS_LOG": "false"},
        cwd=ROOT,
    )
    try:
        assert process.stderr is not None
        assert process.stdout is not None
        complaints = ""
        for line in process.stderr:
            complaints += line
            if "running on" in line:
                break
        greeting = ""
        for line in process.stdout:
            greeting += line
            if line.rstrip().endswith("said"):
                break
        base = re.search(r"http://[\d.:]+", greeting)
        assert base is not None, complaints
        with httpx.Client(base_url=base.group(), timeout=60) as client:
            yield Served(client, greeting)
    finally:
        process.terminate()
        process.wait(30)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
