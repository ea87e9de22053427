"""Writing an article of usual size."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Span,
)
from app.ingestion.storing import store_document
from app.store import migrate
from app.store.session import open_database, writing
from app.store.write import ensure_run
from tests.bench.measure import Figure, cpu_seconds
from tests.builders import INFO

ARTICLES, ENTITIES, MENTIONS, QUOTES = 200, 20, 60, 15


def figures() -> Iterator[Figure]:
    """CPU milliseconds an article: resolve and write, a transaction each."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(engine)
        with writing(engine) as connection:
            run = ensure_run(connection, INFO, datetime.now(UTC))
        seconds = []
        for n in range(ARTICLES):
            document, extraction = article(n)

            def write(document: Document = document, extraction: Extraction = extraction) -> None:
                with writing(engine) as connection:
                    store_document(connection, document, extraction, run)

            seconds.append(cpu_seconds(write))
        engine.dispose()
    yield Figure("write_article", 1000 * statistics.median(seconds), "CPU ms", ARTICLES)


def article(n: int) -> tuple[Document, Extraction]:
    """An article of 60 mentions and 15 quotes; half of its entities are those of the others."""
    text = " ".join(f"word{n}x{i}" for i in range(600))
    kinds = tuple(EntityKind)
    entities = tuple(
        ArticleEntity(kinds[i % 3], f"Name {i} {'' if i % 2 else n}") for i in range(ENTITIES)
    )
    mentions = tuple(
        Mention(Span(10 * i, 10 * i + 5), MentionType.NAME, kinds[i % 3], i % ENTITIES)
        for i in range(MENTIONS)
    )
    quotes = tuple(
        Quote(
            content=(Span(100 * i, 100 * i + 80),),
            cue=(Span(100 * i + 85, 100 * i + 89),),
            kind=QuoteKind.DIRECT,
            speaker=i % ENTITIES,
            about=((i + 1) % ENTITIES,),
        )
        for i in range(QUOTES)
    )
    return Document(text=text, origin=str(n)), Extraction(mentions, entities, quotes)
