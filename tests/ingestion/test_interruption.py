"""Nothing is lost and nothing stored twice, at whatever moment an ingest is killed."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from app.store import migrate
from app.store.check import check
from app.store.session import open_database, reading
from tests.ingestion.interrupted import ARTICLES, content, ingest, write_articles

# With one worker and with two: thirty moments in all.
KILLS = 15
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.ingestion.interrupted"])


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "in.jsonl"
    write_articles(path)
    return path


def fresh(path: Path) -> tuple[str, Engine]:
    url = f"sqlite:///{path}"
    engine = open_database(url)
    migrate.upgrade(engine)
    return url, engine


def run(
    url: str, articles: Path, workers: int, kill_at: int | None = None, later: float = 0
) -> None:
    """Ingest in a process of its own; killed `later` seconds after `kill_at` are stored."""
    process = CONTEXT.Process(target=ingest, args=(url, articles, workers))
    process.start()
    if kill_at is not None:
        while process.is_alive() and stored(url) < kill_at:
            time.sleep(0.001)
        time.sleep(later)
        process.kill()
    process.join(120)
    assert process.exitcode is not None, "the ingest hangs"
    if kill_at is None:
        assert process.exitcode == 0


def stored(url: str) -> int:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


@pytest.fixture(scope="module")
def undisturbed(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    url, engine = fresh(tmp_path_factory.mktemp("undisturbed") / "onrecord.db")
    run(url, articles, 1)
    expected = content(engine)
    engine.dispose()
    assert len(expected["article"]) == ARTICLES
    return expected


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_and_run_again_it_is_as_if_undisturbed(
    articles: Path, undisturbed: object, tmp_path: Path, workers: int
) -> None:
    random = Random(workers)
    interrupted = 0
    for n in range(KILLS):
        url, engine = fresh(tmp_path / f"{n}.db")
        # An article takes some milliseconds: any moment of its transaction is met.
        run(url, articles, workers, random.randrange(ARTICLES), random.uniform(0, 0.02))
        with reading(engine) as connection:
            assert list(check(connection)) == []
        interrupted += 0 < stored(url) < ARTICLES
        run(url, articles, workers)
        with reading(engine) as connection:
            assert list(check(connection)) == []
        assert content(engine) == undisturbed
        engine.dispose()
    assert interrupted >= KILLS // 2, "most kills missed the writing: nothing was proven"
