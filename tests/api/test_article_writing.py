from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.api import dependencies
from app.domain import Document, Extraction, ExtractorInfo
from app.main import create_app
from app.store import session
from app.store.session import writing
from app.store.withdrawing import withdraw
from tests.api import newsroom
from tests.api.conftest import settings_for
from tests.api.guarded import ELSEWHERE, guarded, key
from tests.api.test_problems import check

TEXT = newsroom.text_of(7)
URL = "https://news.example/pier/7"
TABLES = ("article", "revision", "extraction", "quote", "entity", "change", "run")


def post(client: httpx.Client, body: Any = None, **more: Any) -> httpx.Response:
    if body is not None:
        more["json"] = body
    return client.post("/v1/articles", **more)


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in TABLES
        }


def test_a_new_article_is_created_and_can_be_read(own: httpx.Client) -> None:
    body = {
        "text": TEXT,
        "url": URL,
        "id": "P-7",
        "title": "  Pier   7 ",
        "publisher": "The Aster Courier",
        "agency": "Coast Wire",
        "authors": ["Tomas Quillfeather", "Mara Lindqvist"],
        "published_at": "2031-03-01T07:12:00+02:00",
        "updated_at": "2031-03-02",
        "language": "en-GB",
    }
    response = post(own, body)
    assert response.status_code == 201, response.text
    made = response.json()
    assert made["outcome"] == "new"
    assert made["revision"] == 1
    assert made["counts"] == {"entities": 4, "quotes": 4}
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["location"] == f"{own.base_url}/v1/articles/{made['id']}"
    found = own.get(response.headers["location"]).json()
    assert found["text"] == TEXT
    assert found["updated"]["date"] == "2031-03-02"
    for field in ("id", "url", "title", "publisher", "agency", "authors", "language", "published"):
        assert found[field] == made[field]
    assert (made["title"], made["language"]) == ("Pier 7", "en")
    assert made["published"]["instant"] == "2031-03-01T05:12:00Z"
    assert own.get(f"/v1/articles/{made['id']}/quotes").json()["total"]["value"] == 4


def test_what_an_article_came_to(own: httpx.Client, engine: Engine) -> None:
    first = post(own, {"text": TEXT, "url": URL}).json()
    before = rows(engine)
    again = post(own, {"text": TEXT, "url": f"{URL}/?utm_source=feed#top"})
    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    assert "location" not in again.headers
    assert rows(engine) == before
    titled = post(own, {"text": TEXT, "url": URL, "title": "A pier"})
    assert (titled.status_code, titled.json()["outcome"]) == (200, "updated")
    revised = post(own, {"text": f"{TEXT} It rained.", "url": URL, "title": "A pier"}).json()
    assert (revised["outcome"], revised["revision"]) == ("revised", 2)
    # An older state that comes by again does not turn the record back.
    assert post(own, {"text": TEXT, "url": URL}).json()["outcome"] == "unchanged"
    assert {a["id"] for a in (first, again.json(), titled.json(), revised)} == {first["id"]}
    assert rows(engine)["article"] == 1
    assert rows(engine)["quote"] == 4


def test_a_newer_extractor_extracts_again(own: httpx.Client, engine: Engine) -> None:
    older = ExtractorInfo("0.0.9", "test_model-1", "digest", "settings")
    document = Document(text=TEXT, origin="test", url=URL, language="en")
    stored = newsroom.store(engine, document, info=older)
    answer = post(own, {"text": TEXT, "url": URL, "language": "en"})
    assert answer.status_code == 200
    assert (answer.json()["id"], answer.json()["outcome"]) == (stored, "re-extracted")


def test_texts_and_pages_are_taken_as_they_are(own: httpx.Client) -> None:
    plain = post(own, content=TEXT.encode(), headers={"content-type": "text/plain; charset=utf-8"})
    assert plain.status_code == 201
    assert plain.json()["url"] is None
    body = "".join(f"<p>{part}</p>" for part in newsroom.text_of(8).split("\n\n"))
    page = f"<html><title>Pier 8</title><body><article><h1>Pier 8</h1>{body}</article>"
    for made in (
        post(own, {"html": page, "url": "https://news.example/8"}),
        post(own, content=page.encode(), headers={"content-type": "text/html"}),
    ):
        assert made.status_code == 201, made.text
        assert made.json()["counts"]["quotes"] == 4
        assert "<p>" not in own.get(made.headers["location"]).json()["text"]
    again = post(own, {"html": page, "url": "https://news.example/8"})
    assert again.json()["outcome"] == "unchanged"


def test_ids_of_a_source_tell_articles_apart(own: httpx.Client) -> None:
    def made(text: str, publisher: str) -> tuple[str, str]:
        answer = post(own, {"text": text, "id": 12, "publisher": publisher}).json()
        return answer["id"], answer["outcome"]

    first, outcome = made(TEXT, "Lindholm Post")
    assert outcome == "new"
    assert made(f"{TEXT} It rained.", "Lindholm Post") == (first, "revised")
    other, outcome = made(TEXT, "The Aster Courier")
    assert (other == first, outcome) == (False, "new")


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        ({}, "invalid-body", "either"),
        ({"text": "a", "html": "b"}, "invalid-body", "either"),
        ({"text": None}, "invalid-body", "either"),
        ({"text": ["a"]}, "invalid-body", "string"),
        ({"text": "It rained.", "ulr": URL}, "invalid-body", "ulr"),
        ({"text": "It rained.", "authors": [1]}, "invalid-body", "authors"),
        ({"text": "It rained.", "id": True}, "invalid-body", "id"),
        ({"text": "It rained.", "id": 1.5}, "invalid-body", "id"),
        ([], "invalid-body", "object"),
        ({"text": " \n "}, "unreadable-document", "no text"),
        ({"text": "a\u0000b"}, "unreadable-document", "NUL"),
        ({"text": "It rained.", "title": "a\u0000b"}, "unreadable-document", "title"),
        ({"text": "It rained.", "url": "javascript:alert(1)"}, "unreadable-document", "url"),
        ({"text": "It rained.", "url": "http://[::1"}, "unreadable-document", "url"),
        ({"text": "It rained.", "published_at": "yesterday"}, "unreadable-document", "published"),
        ({"text": "It rained.", "language": "english"}, "unreadable-document", "language"),
        ({"text": "It rained. " * 20_000}, "text-too-long", "220,000"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    own: httpx.Client, engine: Engine, body: Any, code: str, says: str
) -> None:
    response = post(own, body)
    check(response, 413 if code == "text-too-long" else 422, code)
    assert says in response.text
    assert rows(engine)["article"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE article; --",
        'NEAR("a" OR b*) AND NOT -c:',
        "\u202eright to left\u202c \u200f and \ufeff marks",
        "𝒜 🏗 " * 50,
        "\\u0000 %00 <script>alert(1)</script>",
    ],
)
def test_hostile_texts_are_texts(own: httpx.Client, text: str) -> None:
    answer = post(own, {"text": text, "title": text[:900], "publisher": text[:900]})
    assert answer.status_code == 201, answer.text
    assert own.get(answer.headers["location"]).json()["text"] == text
    assert post(own, {"text": text, "title": text[:900], "publisher": text[:900]}).is_success


def test_another_media_type_is_refused(own: httpx.Client) -> None:
    refused = post(own, content=b"a,b", headers={"content-type": "text/csv"})
    check(refused, 415, "unsupported-media-type")
    assert refused.headers["accept-post"] == "application/json, text/plain, text/html"


def test_a_withdrawn_text_is_not_taken_again(own: httpx.Client, engine: Engine) -> None:
    stored = post(own, {"text": TEXT, "url": URL}).json()["id"]
    with writing(engine) as connection:
        pk = connection.exec_driver_sql("SELECT pk FROM article").scalar_one()
        withdraw(connection, pk, stored, newsroom.NOW)
    before = rows(engine)
    for body in (
        {"text": TEXT, "url": URL},
        {"text": f"{TEXT} It rained.", "url": URL},
        {"text": TEXT, "url": "https://mirror.example/pier-7"},
        {"text": TEXT},
    ):
        check(post(own, body), 409, "withdrawn")
    assert rows(engine) == before


def test_two_at_once_store_one_article(own: httpx.Client, engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(own, {"text": TEXT, "url": URL}), range(8)))
    assert sorted(a.status_code for a in answers) == [200] * 7 + [201]
    assert sorted(a.json()["outcome"] for a in answers) == ["new"] + ["unchanged"] * 7
    assert len({a.json()["id"] for a in answers}) == 1
    assert (rows(engine)["article"], rows(engine)["quote"]) == (1, 4)


def test_many_different_at_once_are_all_stored(own: httpx.Client, engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        bodies = [{"text": newsroom.text_of(n), "url": f"{URL}{n}"} for n in range(12)]
        assert {a.status_code for a in pool.map(lambda b: post(own, b), bodies)} == {201}
    assert rows(engine)["article"] == 12


def test_a_lock_held_by_another_is_waited_for_and_given_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr(dependencies, "REQUEST_PATIENCE", 0.2)
    app = create_app(settings_for(engine), newsroom.StubExtractor)
    with newsroom.asking(app) as client:
        with writing(engine):
            with ThreadPoolExecutor(4) as pool:
                refused = list(pool.map(lambda _: post(client, {"text": TEXT}), range(4)))
            # Who only reads is not kept waiting.
            assert client.get("/v1/articles").json()["total"]["value"] == 0
        for answer in refused:
            assert "command" not in check(answer, 503, "store-busy")["detail"]
            assert int(answer.headers["retry-after"]) > 0
        monkeypatch.setattr(dependencies, "REQUEST_PATIENCE", 20.0)
        assert post(client, {"text": TEXT}).status_code == 201


class Slow(newsroom.StubExtractor):
    """Extracts once it is told to."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.extracted = 0

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        self.begun.set()
        assert self.go_on.wait(20)
        self.extracted += 1
        return super().extract(documents)


def test_extraction_is_outside_of_any_transaction(engine: Engine) -> None:
    slow = Slow()
    app = create_app(settings_for(engine), lambda: slow)
    with newsroom.asking(app) as client, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(post, client, {"text": TEXT, "url": URL})
        assert slow.begun.wait(20)
        newsroom.store(engine, newsroom.article(1))
        slow.go_on.set()
        assert asked.result().status_code == 201
        # What is on record costs no extraction.
        assert post(client, {"text": TEXT, "url": URL}).json()["outcome"] == "unchanged"
        assert slow.extracted == 1


def test_a_fault_of_the_extractor_stores_nothing(engine: Engine) -> None:
    class Failing(newsroom.StubExtractor):
        def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            raise RuntimeError("secret")

    with newsroom.asking(create_app(settings_for(engine), Failing)) as client:
        failed = post(client, {"text": TEXT})
    check(failed, 500, "internal-error")
    assert "secret" not in failed.text
    assert rows(engine)["article"] == 0


def test_it_needs_a_key_from_elsewhere(engine: Engine) -> None:
    with guarded(engine) as client:
        refused = post(client, {"text": TEXT}, headers=ELSEWHERE)
        assert refused.status_code == 401
        for scope, status in (("read", 403), ("write", 201)):
            _, header = key(engine, scope)
            assert post(client, {"text": TEXT}, headers=ELSEWHERE | header).status_code == status
