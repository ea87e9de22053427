"""The commands as their user runs them: a database of its own, the real model, a real server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import Command, Served, copied, ingest_demo, over, serving


@pytest.fixture(scope="session")
def onrecord(tmp_path_factory: pytest.TempPathFactory) -> Command:
    database = tmp_path_factory.mktemp("e2e") / "onrecord.db"
    return Command({**os.environ, "ONRECORD_DATABASE_URL": f"sqlite:///{database}"})


@pytest.fixture(scope="session")
def ingested(onrecord: Command, seed: Path) -> str:
    """What migrating and ingesting the seed article, and it alone, printed."""
    migrated = onrecord("migrate")
    assert migrated.returncode == 0, migrated.stderr
    done = onrecord("ingest", str(seed))
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="session")
def served(onrecord: Command, ingested: str) -> Iterator[Served]:
    """A server over the seed article alone."""
    with serving(onrecord) as running:
        yield running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of all that `make run` ingests. Copy it before writing to it."""
    database = tmp_path_factory.mktemp("demo") / "onrecord.db"
    ingest_demo(database)
    return database


@pytest.fixture(scope="session")
def made_to_run(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server that `make run` ends with, for reading."""
    copy = copied(demo, tmp_path_factory.mktemp("read") / "onrecord.db")
    with serving(over(copy)) as running:
        yield running
