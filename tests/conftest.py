"""Fixtures that tests of several packages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.store import migrate
from app.store.session import open_database

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'onrecord.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated, empty SQLite database in a file."""
    made = open_database(database_url)
    migrate.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def seed() -> Path:
    """The document that the project was created from."""
    return next((ROOT / "seeds").glob("000_*.txt"))
