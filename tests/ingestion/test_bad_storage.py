"""A disk that is full or read-only: one sentence that says what to do, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.documents import Limits
from app.errors import StoreError
from app.ingestion import workers
from app.ingestion.job import Job
from app.store import migrate
from app.store.check import check
from app.store.session import open_database, reading
from tests.builders import INFO
from tests.ingestion.conftest import SETTINGS
from tests.ingestion.interrupted import ARTICLES, CannedExtractor, Silent, write_articles

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can mount a small file system"
)


@pytest.fixture(autouse=True)
def _extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "build", lambda settings: CannedExtractor())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    write_articles(path)
    return path


def job(engine: Engine) -> Job:
    return Job(engine, INFO, SETTINGS, Limits(), Silent())  # type: ignore[arg-type]


def sound_articles(engine: Engine) -> int:
    with reading(engine) as connection:
        assert list(check(connection)) == []
        return int(connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one())


def test_a_full_disk_stops_the_job_and_keeps_what_was_committed(
    small_disk: Path, articles: Path
) -> None:
    ballast = small_disk / "ballast"
    engine = open_database(f"sqlite:///{small_disk / 'onrecord.db'}")
    migrate.upgrade(engine)
    ballast.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 900_000))
    with pytest.raises(StoreError, match=r"disk is full.*run the same command again"):
        job(engine).ingest([articles])
    engine.dispose()
    ballast.unlink()
    kept = sound_articles(engine)
    assert 0 < kept < ARTICLES
    report = job(engine).ingest([articles])
    assert report.articles == ARTICLES
    assert sound_articles(engine) == ARTICLES
    engine.dispose()


def test_a_read_only_database_is_told_in_one_sentence(small_disk: Path, articles: Path) -> None:
    url = f"sqlite:///{small_disk / 'onrecord.db'}"
    engine = open_database(url)
    migrate.upgrade(engine)
    engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    def ingest() -> None:
        again = open_database(url)
        try:
            job(again).ingest([articles])
        finally:
            again.dispose()

    with pytest.raises(StoreError, match=r"(readonly|read-only|unable to open)") as error:
        ingest()
    assert "\n" not in str(error.value)
    # Reading it is possible all the same.
    reader = open_database(url, readonly=True)
    assert sound_articles(reader) == 0
    reader.dispose()
