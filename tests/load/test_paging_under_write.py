"""Reading while articles arrive: a list that is paged through neither repeats nor skips a quote."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import httpx
import pytest
from sqlalchemy import Engine, select

from app.main import create_app
from app.store.read.base import entity, quote
from app.store.session import reading
from tests.api import newsroom
from tests.api.conftest import settings_for
from tests.api.crowd import multiply

QUOTES, ARTICLES = 20_000, 40
MIRA = newsroom.uid(newsroom.MIRA)


@contextmanager
def arriving(engine: Engine, first: int, pause: float) -> Iterator[list[str]]:
    """Articles arrive meanwhile, before and behind what is read; their ids afterwards."""
    ended, written, failures = threading.Event(), [], []

    def write() -> None:
        try:
            for number in count(first):
                # Newer than all that is there, older, or of a moment that others have.
                when = newsroom.article((number, -number, number % ARTICLES)[number % 3]).published
                article = newsroom.article(number, published=when)
                written.append(newsroom.store(engine, article))
                if ended.wait(pause):
                    return
        except Exception as failure:
            failures.append(failure)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        ended.set()
        thread.join(timeout=30)
    assert not failures


def served(engine: Engine, speaker: str) -> tuple[set[str], set[str]]:
    """The ids of a speaker's quotes, and of all."""
    with reading(engine) as connection:
        found = connection.execute(
            select(quote.c.uid, entity.c.uid.label("speaker")).select_from(
                quote.outerjoin(entity, entity.c.pk == quote.c.speaker)
            )
        ).all()
    return {row.uid for row in found if row.speaker == speaker}, {row.uid for row in found}


@pytest.mark.timeout(240)
def test_paging_through_20_000_quotes_while_articles_arrive(engine: Engine) -> None:
    for number in range(ARTICLES):
        newsroom.store(engine, newsroom.article(number))
    # Each article has four already.
    multiply(engine, QUOTES // ARTICLES - 4)
    of_mira, everything = served(engine, MIRA)
    assert (len(of_mira), len(everything)) == (QUOTES - 2 * ARTICLES, QUOTES)
    app = create_app(settings_for(engine, rate_limit="off"))
    with newsroom.asking(app) as client, arriving(engine, 100, 0.1) as written:
        for first, there in (
            ("/v1/quotes?limit=200", everything),
            (f"/v1/quotes?speaker={MIRA}&limit=200", of_mira),
        ):
            seen = newsroom.ids(client, first)
            assert len(seen) == len(set(seen)), "a quote came twice"
            assert there <= set(seen), "a quote was skipped"
        arrived = len(written)
    assert arrived > 5, "nothing arrived meanwhile"


def test_reading_beside_a_writer_never_fails(engine: Engine) -> None:
    for number in range(5):
        newsroom.store(engine, newsroom.article(number))
    paths = (
        f"/v1/quotes?speaker={MIRA}&limit=50",
        "/v1/quotes?limit=20&kind=direct",
        f"/v1/entities/{MIRA}",
        "/v1/articles?publisher=Lindholm+Post",
    )
    with (
        newsroom.serving(create_app(settings_for(engine, rate_limit="off"))) as url,
        arriving(engine, 100, 0.02) as written,
    ):
        results: list[tuple[int, str]] = []
        until = time.monotonic() + 4

        def read(first: int) -> None:
            with httpx.Client(base_url=url, timeout=30) as client:
                for number in count(first):
                    if time.monotonic() > until:
                        return
                    response = client.get(paths[number % len(paths)])
                    results.append((response.status_code, response.text))

        threads = [threading.Thread(target=read, args=(first,)) for first in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    assert len(written) > 5
    assert len(results) > 20
    assert {status for status, _ in results} == {200}
    assert all(json.loads(body) for _, body in results)
