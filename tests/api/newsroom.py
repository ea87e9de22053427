"""A database of articles about fictional people, and a real server on it."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from app.domain import (
    Alternative,
    ArticleEntity,
    CueClass,
    Document,
    EntityKind,
    Evidence,
    Extraction,
    ExtractorInfo,
    Located,
    Mention,
    MentionType,
    Place,
    Polarity,
    Precision,
    PrintedTime,
    Quote,
    QuoteKind,
    ResolvedEntity,
    Span,
    SpeakerStatus,
    Via,
    Zone,
    ZoneKind,
)
from app.identity import entity_uid
from app.server import configured
from app.store.session import writing
from app.store.write import ensure_run, standing, write_article

INFO = ExtractorInfo("0.1.0", "test_model-1", "digest", "settings")
NOW = datetime(2031, 6, 1, tzinfo=UTC)
PUBLISHERS = ("The Aster Courier", "Lindholm Post", None)

MIRA = ArticleEntity(EntityKind.PERSON, "Mira Kovalenko", ("Kovalenko",))
TOMAS = ArticleEntity(EntityKind.PERSON, "Tomas Quillfeather")
WATCH = ArticleEntity(EntityKind.ORGANISATION, "Harbour Watch", ("100%_Watch",))
LINDHOLM = ArticleEntity(EntityKind.LOCATION, "Lindholm")
COAST = Place("geonames:1", "Lindholm", "town", 54.75, 8.875, "DE", "Schleswig-Holstein", 1200)
INLAND = Place("geonames:2", "Lindholm", "town", 57.0, 14.5, "SE", "Kronobergs län", 300)
ON_THE_COAST = Located(COAST, 0.75, ((INLAND, 0.25),))


def uid(entity: ArticleEntity) -> str:
    return entity_uid(entity.kind, entity.name, "")


def text_of(number: int) -> str:
    return (
        f"🏗 “Pier {number} will open 🚢,” said engineer Mira Kovalenko of Harbour Watch.\n\n"
        f"She denied that Lindholm paid for pier {number}.\n\n"
        f"Pier {number} is too small, US officials say. Tomas Quillfeather hopes for more."
    )


def article(number: int, *, published: PrintedTime | str | None = "daily") -> Document:
    """Article `number`: an hour after the one before it, one in three without a publisher."""
    text = text_of(number)
    if published == "daily":
        local = datetime(2031, 3, 1, 0, 30) + timedelta(hours=number)
        published = PrintedTime(
            local, Precision.MINUTE, f"{local:%d.%m.%Y %H:%M}", local.replace(tzinfo=UTC)
        )
    breaks = [-2, *(i for i in range(len(text)) if text.startswith("\n\n", i)), len(text)]
    zones = tuple(
        Zone(ZoneKind.PARAGRAPH, Span(start + 2, end)) for start, end in itertools.pairwise(breaks)
    )
    assert published is None or isinstance(published, PrintedTime)
    return Document(
        text=text,
        origin="test",
        title=f"Pier {number}",
        url=f"https://news.example/pier/{number}",
        language="en" if number % 2 else "de",
        publisher=PUBLISHERS[number % 3],
        published=published,
        zones=zones,
    )


def extraction_of(text: str, located: Located = ON_THE_COAST) -> Extraction:
    """Salience falls from Mira (0.9) to Tomas (0.2); `located` is where Lindholm is."""

    def span(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part))

    number = text.split("Pier ")[1].split()[0]
    mira = span("Mira Kovalenko")
    name = MentionType.NAME
    return Extraction(
        mentions=(
            Mention(mira, name, EntityKind.PERSON, 0),
            Mention(span("Harbour Watch"), name, EntityKind.ORGANISATION, 2),
            Mention(span("She"), MentionType.PRONOUN, EntityKind.PERSON, 0),
            Mention(span("Lindholm"), name, EntityKind.LOCATION, 3),
            Mention(span("US officials"), MentionType.NOMINAL, EntityKind.PERSON, None),
            Mention(span("Tomas Quillfeather"), name, EntityKind.PERSON, 1),
        ),
        entities=(
            replace(MIRA, salience=0.9, roles=(span("engineer"),)),
            replace(TOMAS, salience=0.2),
            replace(WATCH, salience=0.3),
            replace(LINDHOLM, salience=0.6, located=located),
        ),
        quotes=(
            Quote(
                content=(span(f"“Pier {number} will open 🚢,”"),),
                cue=(span("said"),),
                source=(span("Mira Kovalenko of Harbour Watch"),),
                kind=QuoteKind.DIRECT,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, mira, (Alternative(1, 0.04),)),
                confidence=0.97,
            ),
            Quote(
                content=(span(f"that Lindholm paid for pier {number}"),),
                cue=(span("denied"),),
                source=(span("She"),),
                kind=QuoteKind.INDIRECT,
                polarity=Polarity.DENIED,
                speaker=0,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.PRONOUN, mira),
                about=(3,),
                confidence=0.9,
            ),
            Quote(
                content=(span(f"Pier {number} is too small"),),
                cue=(span("say"),),
                source=(span("US officials"),),
                kind=QuoteKind.INDIRECT,
                status=SpeakerStatus.UNNAMED,
                described_as="US officials",
                organisation=2,
            ),
            Quote(
                content=(span("for more"),),
                cue=(span("hopes"),),
                source=(span("Tomas Quillfeather"),),
                kind=QuoteKind.INDIRECT,
                cue_class=CueClass.FEELING,
                speaker=1,
                status=SpeakerStatus.RESOLVED,
                evidence=Evidence(Via.NAME, span("Tomas Quillfeather")),
                parent=2,
                confidence=0.412,
            ),
        ),
    )


def store(
    engine: Engine,
    document: Document,
    *,
    info: ExtractorInfo = INFO,
    keep: int | None = None,
    located: Located = ON_THE_COAST,
) -> str:
    """Write an article as ingestion does; `keep` keeps only so many quotes. Its id."""
    found = extraction_of(document.text, located)
    if keep is not None:
        found = replace(found, quotes=found.quotes[:keep])
    return write(engine, document, found, info=info)


def write(
    engine: Engine, document: Document, found: Extraction, *, info: ExtractorInfo = INFO
) -> str:
    """Write an article of which that was found; names are enough to tell its entities. Its id."""
    resolved = [ResolvedEntity(entity, uid(entity)) for entity in found.entities]
    with writing(engine) as connection:
        run = ensure_run(connection, info, NOW)
        known = standing(connection, document, run)
        write_article(connection, document, found, resolved, known, run, NOW)
    return known.uid


class StubExtractor:
    """Finds in any text with "Pier n" what `extraction_of` does, and nothing in others."""

    info = INFO

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            try:
                yield extraction_of(document.text)
            except (ValueError, IndexError):
                # Another text, or a generated one with parts of an article.
                yield Extraction()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application behind uvicorn on a free loopback port; its address."""
    server = uvicorn.Server(configured(app, "127.0.0.1", 0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)
    assert not thread.is_alive()


@contextmanager
def asking(app: FastAPI, **more: Any) -> Iterator[httpx.Client]:
    """A client of the application behind a server of its own; `more` is for the client."""
    with serving(app) as url, httpx.Client(base_url=url, **{"timeout": 30, **more}) as made:
        yield made


def pages(client: httpx.Client, url: str) -> Iterator[dict[str, Any]]:
    """All pages of a list."""
    following: str | None = url
    while following is not None:
        response = client.get(following)
        assert response.status_code == 200, response.text
        page = response.json()
        yield page
        following = page["next"]


def results(client: httpx.Client, url: str) -> list[dict[str, Any]]:
    """All results of a list, over all its pages."""
    return [row for page in pages(client, url) for row in page["results"]]


def ids(client: httpx.Client, url: str) -> list[str]:
    """The ids of all results of a list, over all its pages."""
    return [row["id"] for row in results(client, url)]
