"""A read-only world shared by the tests of the API, and one of its own for tests that write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import Precision, PrintedTime
from app.main import create_app
from app.settings import Settings
from app.store import migrate
from app.store.session import open_database
from tests.api import newsroom

ARTICLES = 25


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """ARTICLES articles, an hour apart from 2031-03-01 00:30 UTC on; treat as read-only."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('world') / 'onrecord.db'}")
    migrate.upgrade(engine)
    for number in range(ARTICLES):
        newsroom.store(engine, newsroom.article(number))
    yield engine
    engine.dispose()


def settings_for(engine: Engine, **more: object) -> Settings:
    return Settings(database_url=str(engine.url), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def address(world: Engine) -> Iterator[str]:
    app = create_app(settings_for(world), newsroom.StubExtractor)
    with newsroom.serving(app) as url:
        yield url


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of a server on the shared world."""
    with httpx.Client(base_url=address, timeout=30) as made:
        yield made


@pytest.fixture
def own(engine: Engine) -> Iterator[httpx.Client]:
    """A client of a server on this test's own, empty database (`engine`)."""
    with newsroom.asking(create_app(settings_for(engine), newsroom.StubExtractor)) as made:
        yield made


@pytest.fixture
def undated() -> PrintedTime:
    """A printed time without a zone."""
    from datetime import datetime

    return PrintedTime(datetime(2031, 3, 1, 23, 30), Precision.MINUTE, "Mar 1, 2031 at 11:30 pm")


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a server whose database has not been migrated."""
    path = tmp_path / "empty.db"
    path.touch()
    with newsroom.asking(create_app(Settings(database_url=f"sqlite:///{path}"))) as made:
        yield made
