from __future__ import annotations

import hashlib

import httpx
import pytest
from sqlalchemy import Engine

from tests.api import newsroom
from tests.api.guarded import ELSEWHERE, guarded, key
from tests.api.newsroom import pages
from tests.api.test_items import article_id

URL = "https://news.example/pier/7"
TEXTS = [newsroom.text_of(7), newsroom.text_of(7) + " 🌧 It rained.", newsroom.text_of(9)]


@pytest.fixture
def revised(own: httpx.Client) -> str:
    """The id of an article with three texts."""
    for text in TEXTS:
        answer = own.post("/v1/articles", json={"text": text, "url": URL})
        assert answer.is_success
    found: str = answer.json()["id"]
    assert answer.json()["revision"] == 3
    return found


def test_all_texts_are_listed_newest_first(own: httpx.Client, revised: str) -> None:
    listed = own.get(f"/v1/articles/{revised}/revisions").json()
    assert listed["total"] == {"value": 3, "relation": "eq"}
    assert [r["n"] for r in listed["results"]] == [3, 2, 1]
    assert [r["current"] for r in listed["results"]] == [True, False, False]
    for row, text in zip(listed["results"], reversed(TEXTS), strict=True):
        assert row["characters"] == len(text)
        assert row["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert row["created_at"]
        assert "text" not in row


def test_paging_goes_through_all(own: httpx.Client, revised: str) -> None:
    path = f"/v1/articles/{revised}/revisions?limit=1"
    assert [p["results"][0]["n"] for p in pages(own, path)] == [3, 2, 1]


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_each_text_can_be_read(own: httpx.Client, revised: str, unit: str) -> None:
    for n, text in enumerate(TEXTS, start=1):
        path = f"/v1/articles/{revised}/revisions/{n}"
        found = own.get(f"{path}?offsets={unit}").json()
        assert (found["article"], found["n"], found["text"]) == (revised, n, text)
        assert (found["offset_unit"], found["current"]) == (unit, n == 3)
        encoded = text.encode("utf-16-le")
        assert found["zones"]
        for zone in found["zones"]:
            there = text[zone["start"] : zone["end"]]
            if unit == "utf16":
                there = encoded[2 * zone["start"] : 2 * zone["end"]].decode("utf-16-le")
            assert there == zone["text"]


def test_the_newest_is_the_article_s(own: httpx.Client, revised: str) -> None:
    article = own.get(f"/v1/articles/{revised}").json()
    newest = own.get(f"/v1/articles/{revised}/revisions/{article['revision']}").json()
    assert (newest["text"], newest["zones"]) == (article["text"], article["zones"])


def test_other_numbers_are_not_found(client: httpx.Client) -> None:
    path = f"/v1/articles/{article_id(client)}/revisions"
    missing = client.get(f"{path}/2")
    assert missing.status_code == 404
    assert "no revision 2" in missing.json()["detail"]
    for n in ("0", "-1", "1.5", "x", "9" * 30, "1%00"):
        assert client.get(f"{path}/{n}").status_code == 422, n
    for n in ("", "/1"):
        assert client.get(f"/v1/articles/a_none/revisions{n}").status_code == 404
    assert client.get(f"{path}?cursor=nonsense").status_code == 422


def test_an_unchanged_copy_is_304(client: httpx.Client) -> None:
    for path in ("revisions", "revisions/1", "annotations"):
        whole = f"/v1/articles/{article_id(client)}/{path}"
        tag = client.get(whole).headers["etag"]
        assert client.get(whole, headers={"if-none-match": tag}).status_code == 304


def test_a_withheld_article_shows_none(own: httpx.Client, engine: Engine, revised: str) -> None:
    for status, answered in (("withdrawn", 410), ("withheld", 404)):
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE article SET status = ?", (status,))
        for path in ("revisions", "revisions/1", "annotations"):
            assert own.get(f"/v1/articles/{revised}/{path}").status_code == answered


def test_texts_are_for_whom_the_setting_says(engine: Engine) -> None:
    stored = newsroom.store(engine, newsroom.article(1))
    _, header = key(engine, "read")
    with guarded(engine, article_text="key") as client:
        path = f"/v1/articles/{stored}/revisions/1"
        closed = client.get(path, headers=ELSEWHERE).json()
        assert closed["text"] is None
        assert closed["text_withheld"] == "key-required"
        assert all(zone["text"] is None for zone in closed["zones"])
        assert closed["characters"] == len(newsroom.text_of(1))
        assert client.get(path, headers=ELSEWHERE | header).json()["text"] == newsroom.text_of(1)
    with guarded(engine, article_text="never") as client:
        assert client.get(path, headers=header).json()["text_withheld"] == "not-published"
