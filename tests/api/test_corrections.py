"""Corrections over HTTP: what an editor does, and what readers see then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.store.check import check as faults
from app.store.session import reading
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, WATCH, uid
from tests.api.test_problems import check

ANY = {"If-Match": "*"}


@pytest.fixture
def three(own: httpx.Client, engine: Engine) -> httpx.Client:
    for number in (1, 2, 3):
        newsroom.store(engine, newsroom.article(number))
    return own


@pytest.fixture(autouse=True)
def sound(engine: Engine) -> Any:
    yield
    with reading(engine) as connection:
        assert list(faults(connection)) == []


def quotes_of(client: httpx.Client, entity: str) -> list[str]:
    return newsroom.ids(client, f"/v1/quotes?speaker={entity}")


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_wrong_speaker_is_put_right_and_back(three: httpx.Client) -> None:
    quote = quotes_of(three, uid(MIRA))[0]
    seen = three.get(f"/v1/quotes/{quote}")
    made = done(
        three.patch(
            f"/v1/quotes/{quote}",
            json={"speaker": uid(TOMAS), "reason": "He said it"},
            headers={"If-Match": seen.headers["etag"]},
        )
    )
    assert (made["kind"], made["actor"], made["reason"]) == ("speaker", "local", "He said it")
    assert made["old"]["speaker"] == uid(MIRA)
    item = three.get(f"/v1/quotes/{quote}").json()
    assert item["speaker"]["name"] == "Tomas Quillfeather"
    assert item["provenance"]["corrected"] is True
    assert quote in quotes_of(three, uid(TOMAS))
    assert three.get(f"/v1/entities/{uid(TOMAS)}").json()["counts"]["quotes"] == 4
    assert three.get(f"/v1/corrections/{made['id']}").json() == made
    undone = done(three.post(f"/v1/corrections/{made['id']}/undo", json={"reason": "No, she did"}))
    assert undone["new"] == {"correction": made["id"]}
    assert three.get(f"/v1/quotes/{quote}").json()["speaker"]["id"] == uid(MIRA)
    log = three.get(f"/v1/corrections?target={quote}").json()["results"]
    assert [entry["kind"] for entry in log] == ["undo", "speaker"]
    assert log[1]["undone_by"] == undone["id"]
    check(three.post(f"/v1/corrections/{made['id']}/undo", json={}), 409, "conflict")
    check(three.post(f"/v1/corrections/{undone['id']}/undo", json={}), 409, "conflict")


def test_a_correction_is_of_what_its_author_saw(three: httpx.Client) -> None:
    quote = quotes_of(three, uid(MIRA))[0]
    change = {"speaker": uid(TOMAS)}
    check(three.patch(f"/v1/quotes/{quote}", json=change), 428, "precondition-required")
    seen = three.get(f"/v1/quotes/{quote}?offsets=utf16").headers["etag"]
    done(three.patch(f"/v1/quotes/{quote}", json=change, headers={"If-Match": seen}))
    stale = three.patch(
        f"/v1/quotes/{quote}", json={"speaker": uid(WATCH)}, headers={"If-Match": seen}
    )
    check(stale, 412, "precondition-failed")
    fresh = three.get(f"/v1/quotes/{quote}").headers["etag"]
    both = {"If-Match": f'"stale", {fresh}'}
    done(three.patch(f"/v1/quotes/{quote}", json={"speaker": uid(WATCH)}, headers=both))


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({}, 422, "invalid-body"),
        ({"reason": "just so"}, 422, "invalid-body"),
        ({"rejected": False}, 422, "invalid-body"),
        ({"speaker": "e_nobody"}, 404, "not-found"),
        ({"speaker": "e\x00'; DROP TABLE quote; --"}, 404, "not-found"),
        ({"speaker": uid(TOMAS), "status": "unnamed"}, 422, "invalid-correction"),
        ({"status": "resolved"}, 422, "invalid-correction"),
        ({"status": "unnamed"}, 422, "invalid-correction"),
        ({"status": "unresolved", "described_as": "officials"}, 422, "invalid-correction"),
        ({"speaker": 7}, 422, "invalid-body"),
        ({"speakr": uid(TOMAS)}, 422, "invalid-body"),
        ({"described_as": "x" * 501}, 422, "invalid-body"),
        ([], 422, "invalid-body"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    three: httpx.Client, change: Any, status: int, code: str
) -> None:
    quote = quotes_of(three, uid(MIRA))[0]
    before = three.get(f"/v1/quotes/{quote}").json()
    check(three.patch(f"/v1/quotes/{quote}", json=change, headers=ANY), status, code)
    assert three.get(f"/v1/quotes/{quote}").json() == before
    assert three.get("/v1/corrections").json()["results"] == []


def test_a_speaker_can_be_unnamed_or_unknown(three: httpx.Client) -> None:
    quote = quotes_of(three, uid(MIRA))[0]
    done(three.patch(f"/v1/quotes/{quote}", json={"described_as": "a docker"}, headers=ANY))
    speaker = three.get(f"/v1/quotes/{quote}").json()["speaker"]
    assert (speaker["status"], speaker["described_as"]) == ("unnamed", "a docker")
    done(three.patch(f"/v1/quotes/{quote}", json={"speaker": None}, headers=ANY))
    speaker = three.get(f"/v1/quotes/{quote}").json()["speaker"]
    assert (speaker["id"], speaker["status"]) == (None, "unresolved")


def test_what_is_no_quote_is_served_nowhere(three: httpx.Client) -> None:
    quote = quotes_of(three, uid(MIRA))[0]
    made = done(three.patch(f"/v1/quotes/{quote}", json={"rejected": True}, headers=ANY))
    check(three.get(f"/v1/quotes/{quote}"), 410, "gone")
    assert quote not in newsroom.ids(three, "/v1/quotes")
    check(three.patch(f"/v1/quotes/{quote}", json={"rejected": True}, headers=ANY), 410, "gone")
    done(three.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert quote in newsroom.ids(three, "/v1/quotes")


def test_an_editors_name_stays(three: httpx.Client, engine: Engine) -> None:
    path = f"/v1/entities/{uid(MIRA)}"
    made = done(three.patch(path, json={"name": "  Dr  Mira Kovalenko "}, headers=ANY))
    newsroom.store(engine, newsroom.article(4))
    item = three.get(path).json()
    assert item["name"] == "Dr Mira Kovalenko"
    assert {"Mira Kovalenko", "Dr Mira Kovalenko"} <= set(item["aliases"])
    assert three.get("/v1/people?q=dr+mira").json()["results"][0]["id"] == uid(MIRA)
    for name in ("", "   ", "?!", "x" * 501):
        assert three.patch(path, json={"name": name}, headers=ANY).status_code == 422
    done(three.post(f"/v1/corrections/{made['id']}/undo", json={}))
    item = three.get(path).json()
    assert item["name"] == "Mira Kovalenko"
    assert "Dr Mira Kovalenko" not in item["aliases"]


def test_merged_entities_are_one_with_redirects(three: httpx.Client, engine: Engine) -> None:
    mira, tomas = uid(MIRA), uid(TOMAS)
    path = f"/v1/entities/{tomas}/merge"
    etag = {"If-Match": three.get(f"/v1/entities/{tomas}").headers["etag"]}
    made = done(three.post(path, json={"into": mira}, headers=etag))
    moved = three.get(f"/v1/entities/{tomas}/quotes?limit=1")
    assert (moved.status_code, moved.headers["cache-control"]) == (308, "no-cache")
    assert moved.headers["location"].endswith(f"/v1/entities/{mira}/quotes?limit=1")
    newsroom.store(engine, newsroom.article(4))
    assert quotes_of(three, tomas) == quotes_of(three, mira)
    item = three.get(f"/v1/entities/{mira}").json()
    assert item["counts"] == {"articles": 4, "mentions": 12, "quotes": 12, "quoted_about": 0}
    assert "Tomas Quillfeather" in item["aliases"]
    assert three.get("/v1/people?q=tomas").json()["results"][0]["id"] == mira
    check(three.post(path, json={"into": mira}, headers=ANY), 409, "conflict")
    done(three.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert three.get(f"/v1/entities/{tomas}").json()["counts"]["quotes"] == 4
    assert three.get(f"/v1/entities/{mira}").json()["counts"]["mentions"] == 8
    assert "Tomas Quillfeather" not in three.get(f"/v1/entities/{mira}").json()["aliases"]


def test_only_what_can_be_one_is_merged(three: httpx.Client) -> None:
    path = f"/v1/entities/{uid(MIRA)}/merge"
    for into, status, code in (
        (uid(MIRA), 409, "conflict"),
        (uid(LINDHOLM), 409, "conflict"),
        ("e_nobody", 404, "not-found"),
        ("", 422, "invalid-body"),
    ):
        check(three.post(path, json={"into": into}, headers=ANY), status, code)


def test_two_people_of_one_name_are_split(three: httpx.Client, engine: Engine) -> None:
    mira = uid(MIRA)
    articles = newsroom.ids(three, f"/v1/articles?entity={mira}")
    path = f"/v1/entities/{mira}/split"
    change = {"articles": articles[:1], "name": "Mira Kovalenko (docker)"}
    made = done(three.post(path, json=change, headers=ANY))
    other = made["new"]["entity"]
    assert made["new"]["articles"] == articles[:1]
    assert three.get(f"/v1/entities/{other}").json()["name"] == "Mira Kovalenko (docker)"
    assert len(quotes_of(three, mira)) == 4
    assert len(quotes_of(three, other)) == 2
    newsroom.store(engine, newsroom.article(3), info=replace(newsroom.INFO, version="9"))
    assert len(quotes_of(three, other)) == 2
    check(three.post(path, json={"articles": articles}, headers=ANY), 422, "invalid-correction")
    check(three.post(path, json={"articles": articles[1:]}, headers=ANY), 409, "conflict")
    done(three.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert len(quotes_of(three, mira)) == 6
    assert three.get(f"/v1/entities/{other}").status_code == 308


def test_the_larger_part_keeps_the_id(three: httpx.Client) -> None:
    mira = uid(MIRA)
    articles = newsroom.ids(three, f"/v1/articles?entity={mira}")
    change = {"articles": articles[:2], "name": "Mira K"}
    made = done(three.post(f"/v1/entities/{mira}/split", json=change, headers=ANY))
    assert made["new"]["articles"] == articles[2:]
    assert three.get(f"/v1/entities/{mira}").json()["name"] == "Mira K"
    assert three.get(f"/v1/entities/{made['new']['entity']}").json()["name"] == "Mira Kovalenko"


def test_a_suppressed_person_shows_nowhere_and_does_not_come_back(
    three: httpx.Client, engine: Engine
) -> None:
    mira = uid(MIRA)
    article = newsroom.ids(three, f"/v1/articles?entity={mira}")[0]
    path = f"/v1/entities/{mira}/suppress"
    made = done(three.post(path, json={"reason": "asked for it"}, headers=ANY))
    newsroom.store(engine, newsroom.article(4))
    check(three.get(f"/v1/entities/{mira}"), 410, "gone")
    assert quotes_of(three, mira) == []
    for url in (
        "/v1/people",
        "/v1/entities?min_mentions=0",
        "/v1/entities/suggest?q=kovalenko",
        "/v1/quotes",
        f"/v1/articles/{article}/entities",
        f"/v1/articles/{article}/quotes",
        f"/v1/entities/{uid(TOMAS)}/related",
        "/v1/stats/facets",
        "/v1/quotes/feed.json",
        "/v1/quotes/export.ndjson?polarity=denied&polarity=asserted",
        f"/v1/corrections?target={mira}",
    ):
        answer = three.get(url)
        assert answer.status_code == 200, url
        assert mira not in answer.text.replace(f'"target":"{mira}"', ""), url
        if "/quotes" not in url or "article" not in url:
            assert "Kovalenko" not in answer.text, url
    done(three.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert len(quotes_of(three, mira)) == 8


def test_a_suppressed_name_is_kept_in_no_tombstone(three: httpx.Client, engine: Engine) -> None:
    done(three.post(f"/v1/entities/{uid(TOMAS)}/suppress", json={}, headers=ANY))
    with reading(engine) as connection:
        stones = connection.exec_driver_sql("SELECT keyed_hash FROM tombstone").scalars().all()
    assert stones
    assert not any("tomas" in stone.casefold() for stone in stones)


def test_a_withdrawn_article_is_gone_for_good(three: httpx.Client) -> None:
    article = newsroom.ids(three, "/v1/articles")[0]
    text = three.get(f"/v1/articles/{article}").json()["text"]
    quotes = newsroom.ids(three, f"/v1/articles/{article}/quotes")
    made = done(three.delete(f"/v1/articles/{article}?reason=libel", headers=ANY))
    check(three.get(f"/v1/articles/{article}"), 410, "gone")
    for quote in quotes:
        check(three.get(f"/v1/quotes/{quote}"), 410, "gone")
    check(three.delete(f"/v1/articles/{article}", headers=ANY), 410, "gone")
    assert article not in newsroom.ids(three, "/v1/articles")
    assert three.get("/v1/articles?q=pier+3").json()["results"] == []
    again = three.post("/v1/articles", json={"text": text, "url": "https://copy.example/1"})
    check(again, 409, "withdrawn")
    check(three.post(f"/v1/corrections/{made['id']}/undo", json={}), 409, "conflict")
    gone = {
        row["id"]
        for row in three.get("/v1/changes?after=0").json()["results"]
        if row["op"] == "delete"
    }
    assert {article, *quotes} <= gone


@pytest.mark.parametrize("id", ["c_none", "%00", "'; DROP TABLE correction; --", "\u202e"])
def test_unknown_corrections_are_not_found(own: httpx.Client, id: str) -> None:
    check(own.get(f"/v1/corrections/{id}"), 404, "not-found")
    check(own.post(f"/v1/corrections/{id}/undo", json={}), 404, "not-found")
