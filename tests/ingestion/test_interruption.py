"""Nothing is lost and nothing stored twice, at whatever moment an ingest is killed."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

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


def run(url: str, articles: Path, workers: int, kill_after: float | None = None) -> float:
    """Ingest in a process of its own, killed after some seconds; how long it took."""
    process = CONTEXT.Process(target=ingest, args=(url, articles, workers))
    start = time.monotonic()
    process.start()
    if kill_after is not None:
        process.join(kill_after)
        process.kill()
    process.join(120)
    assert process.exitcode is not None, "the ingest hangs"
    if kill_after is None:
        assert process.exitcode == 0
    return time.monotonic() - start


@pytest.fixture(scope="module")
def undisturbed(
    articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[object, float]]:
    url, engine = fresh(tmp_path_factory.mktemp("undisturbed") / "onrecord.db")
    seconds = run(url, articles, 1)
    expected = content(engine)
    assert len(expected["article"]) == ARTICLES
    yield expected, seconds
    engine.dispose()


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_any_moment_and_run_again_it_is_as_if_undisturbed(
    articles: Path, undisturbed: tuple[object, float], tmp_path: Path, workers: int
) -> None:
    expected, seconds = undisturbed
    moments = random.Random(workers)
    interrupted = 0
    for n in range(KILLS):
        url, engine = fresh(tmp_path / f"{n}.db")
        run(url, articles, workers, kill_after=moments.uniform(0, 1.1 * seconds))
        with reading(engine) as connection:
            assert list(check(connection)) == []
            stored = connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one()
        interrupted += 0 < stored < ARTICLES
        run(url, articles, workers)
        with reading(engine) as connection:
            assert list(check(connection)) == []
        assert content(engine) == expected
        engine.dispose()
    assert interrupted >= KILLS // 3, "most kills missed the writing: nothing was proven"
