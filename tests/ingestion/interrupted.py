"""An ingest in a process that can be killed at any moment, and what is compared afterwards.

A module of its own, because the processes import it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect

from app.documents import Limits
from app.domain import Document, Extraction
from app.ingestion import workers
from app.ingestion.job import Job
from app.store.session import open_database, reading
from tests.builders import INFO, TEXT, extraction
from tests.ingestion.conftest import SETTINGS

ARTICLES = 200
# When something was done differs between two runs; what was done must not.
CLOCKS = {"created_at", "changed_at", "first_seen_at", "started_at", "at"}


def write_articles(path: Path) -> None:
    """A file of dated articles that share people, places and organisations."""
    with path.open("w", encoding="utf-8") as out:
        for n in range(ARTICLES):
            row = {
                "url": f"https://news.example/{n}",
                "text": f"Report {n}. {TEXT}",
                "published_at": f"2026-01-{n % 28 + 1:02}T08:00:00Z",
                "language": "en",
            }
            out.write(json.dumps(row) + "\n")


class CannedExtractor:
    """Finds in each text what `builders.extraction` finds."""

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            yield extraction(document.text)


class Silent:
    """A progress that nobody watches."""

    def article(self, *_: object) -> None: ...

    def failure(self, error: Exception) -> None:
        raise error


def ingest(database: str, path: Path, processes: int) -> None:
    """Run the job to its end, in this process."""
    workers.build = lambda settings: CannedExtractor()  # type: ignore[assignment,return-value]
    workers.CONTEXT = get_context("fork")
    engine = open_database(database)
    Job(engine, INFO, SETTINGS, Limits(), Silent()).ingest([path], workers=processes)
    engine.dispose()


def content(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, keys and ids included, without the times of writing."""
    tables = {}
    with reading(engine) as connection:
        for table in sorted(inspect(connection).get_table_names()):
            columns = [c["name"] for c in inspect(connection).get_columns(table)]
            kept = ", ".join(f'"{name}"' for name in columns if name not in CLOCKS)
            rows = connection.exec_driver_sql(f'SELECT {kept} FROM "{table}"')
            tables[table] = sorted((tuple(row) for row in rows), key=repr)
    return tables
