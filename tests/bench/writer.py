"""Writes twenty new articles a second, extraction stubbed, until standard input ends.

`python -m tests.bench.writer DATABASE` prints a line once it has begun, and at the end how many
articles a second it wrote.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from datetime import UTC, datetime

from app.domain import Document, Extraction, Quote, QuoteKind, Span, SpeakerStatus
from app.ingestion.storing import store_document
from app.store.session import open_database, writing
from app.store.write import ensure_run
from tests.bench.growth import Draw
from tests.builders import INFO

A_SECOND = 20


def article(draw: Draw, name: str) -> tuple[Document, Extraction]:
    """An article with fourteen quotes."""
    document, extraction = draw.article(name)
    size = len(document.text)
    quotes = tuple(
        Quote(
            content=(Span(start, start + 70),),
            cue=(Span(start + 71, start + 75),),
            kind=QuoteKind.DIRECT,
            speaker=number % len(extraction.entities),
            status=SpeakerStatus.RESOLVED,
        )
        for number, start in enumerate(range(0, size - 80, size // 15))
    )
    return document, Extraction(extraction.mentions, extraction.entities, quotes)


def main(database: str) -> None:
    """Write until standard input ends."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    engine = open_database(f"sqlite:///{database}")
    draw = Draw(random.Random(time.time_ns()))
    with writing(engine) as connection:
        run = ensure_run(connection, INFO, datetime.now(UTC))
    print("writing", flush=True)
    start, written = time.monotonic(), 0
    while not ended.is_set():
        document, extraction = article(draw, f"bench {time.time_ns()}")
        with writing(engine) as connection:
            store_document(connection, document, extraction, run)
        written += 1
        ended.wait(max(0.0, start + written / A_SECOND - time.monotonic()))
    print(written / (time.monotonic() - start))
    engine.dispose()


main(sys.argv[1])
