"""Two ingests of the same articles at once, while a server reads: nothing twice, nothing locked."""

from __future__ import annotations

import threading
from multiprocessing import get_context
from pathlib import Path

import httpx
from sqlalchemy import Engine

from app.main import create_app
from app.settings import Settings
from app.store.check import check
from app.store.session import reading
from tests.api import newsroom
from tests.ingestion.interrupted import ARTICLES, content, ingest, write_articles

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.ingestion.interrupted"])


def test_two_writers_and_many_readers(engine: Engine, database_url: str, tmp_path: Path) -> None:
    articles = tmp_path / "in.jsonl"
    write_articles(articles)
    writers = [
        CONTEXT.Process(target=ingest, args=(database_url, articles, processes))
        for processes in (1, 2)
    ]
    statuses: list[int] = []
    done = threading.Event()

    def read(address: str) -> None:
        with httpx.Client(base_url=address, timeout=30) as client:
            while not done.is_set():
                for path in ("/v1/quotes?limit=5", "/v1/people", "/v1/articles?limit=1"):
                    statuses.append(client.get(path).status_code)

    settings = Settings(database_url=database_url, access_log=False)
    with newsroom.serving(create_app(settings, newsroom.StubExtractor)) as address:
        readers = [threading.Thread(target=read, args=(address,)) for _ in range(4)]
        for worker in (*readers, *writers):
            worker.start()
        for writer in writers:
            writer.join(120)
        done.set()
        for reader in readers:
            reader.join(30)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(statuses) > 20
    assert set(statuses) == {200}
    with reading(engine) as connection:
        assert list(check(connection)) == []
    alone = open_alone(tmp_path, articles)
    found = content(engine)
    assert len(found["article"]) == ARTICLES
    for table in ("article", "entity", "quote"):
        assert ids(found, table) == ids(alone, table)


def open_alone(tmp_path: Path, articles: Path) -> dict[str, list[tuple[object, ...]]]:
    """What one ingest makes of the articles."""
    from app.store import migrate
    from app.store.session import open_database

    url = f"sqlite:///{tmp_path / 'alone.db'}"
    engine = open_database(url)
    migrate.upgrade(engine)
    writer = CONTEXT.Process(target=ingest, args=(url, articles, 1))
    writer.start()
    writer.join(120)
    found = content(engine)
    engine.dispose()
    return found


def ids(tables: dict[str, list[tuple[object, ...]]], table: str) -> list[object]:
    return sorted(str(row[1]) for row in tables[table])
