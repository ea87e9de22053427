"""Corrections over HTTP: what an editor does, and what readers see then."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.store.check import check
from app.store.session import reading
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, WATCH, uid

ANY = {"If-Match": "*"}


@pytest.fixture
def two(own: httpx.Client, engine: Engine) -> httpx.Client:
    for number in (1, 2, 3):
        newsroom.store(engine, newsroom.article(number))
    return own


@pytest.fixture(autouse=True)
def sound(engine: Engine) -> Any:
    yield
    with reading(engine) as connection:
        assert list(check(connection)) == []


def quotes_of(client: httpx.Client, entity: str) -> list[str]:
    return newsroom.ids(client, f"/v1/quotes?speaker={entity}")


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: httpx.Response, status: int, code: str) -> str:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/problems/{code}")
    return str(answer.json()["detail"])


def test_a_wrong_speaker_is_put_right_and_back(two: httpx.Client) -> None:
    quote = quotes_of(two, uid(MIRA))[0]
    seen = two.get(f"/v1/quotes/{quote}")
    made = done(
        two.patch(
            f"/v1/quotes/{quote}",
            json={"speaker": uid(TOMAS), "reason": "He said it"},
            headers={"If-Match": seen.headers["etag"]},
        )
    )
    assert (made["kind"], made["actor"], made["reason"]) == ("speaker", "local", "He said it")
    assert made["old"]["speaker"] == uid(MIRA)
    item = two.get(f"/v1/quotes/{quote}").json()
    assert item["speaker"]["name"] == "Tomas Quillfeather"
    assert item["provenance"]["corrected"] is True
    assert quote in quotes_of(two, uid(TOMAS))
    assert two.get(f"/v1/entities/{uid(TOMAS)}").json()["counts"]["quotes"] == 4
    assert two.get(f"/v1/corrections/{made['id']}").json() == made
    undone = done(two.post(f"/v1/corrections/{made['id']}/undo", json={"reason": "No, she did"}))
    assert undone["new"] == {"correction": made["id"]}
    assert two.get(f"/v1/quotes/{quote}").json()["speaker"]["id"] == uid(MIRA)
    log = two.get(f"/v1/corrections?target={quote}").json()["results"]
    assert [entry["kind"] for entry in log] == ["undo", "speaker"]
    assert log[1]["undone_by"] == undone["id"]
    refused(two.post(f"/v1/corrections/{made['id']}/undo", json={}), 409, "conflict")
    refused(two.post(f"/v1/corrections/{undone['id']}/undo", json={}), 409, "conflict")


def test_a_correction_is_of_what_its_author_saw(two: httpx.Client) -> None:
    quote = quotes_of(two, uid(MIRA))[0]
    change = {"speaker": uid(TOMAS)}
    refused(two.patch(f"/v1/quotes/{quote}", json=change), 428, "precondition-required")
    seen = two.get(f"/v1/quotes/{quote}?offsets=utf16").headers["etag"]
    done(two.patch(f"/v1/quotes/{quote}", json=change, headers={"If-Match": seen}))
    stale = two.patch(
        f"/v1/quotes/{quote}", json={"speaker": uid(WATCH)}, headers={"If-Match": seen}
    )
    refused(stale, 412, "precondition-failed")
    fresh = two.get(f"/v1/quotes/{quote}").headers["etag"]
    both = {"If-Match": f'"stale", {fresh}'}
    done(two.patch(f"/v1/quotes/{quote}", json={"speaker": uid(WATCH)}, headers=both))


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
    two: httpx.Client, change: Any, status: int, code: str
) -> None:
    quote = quotes_of(two, uid(MIRA))[0]
    before = two.get(f"/v1/quotes/{quote}").json()
    refused(two.patch(f"/v1/quotes/{quote}", json=change, headers=ANY), status, code)
    assert two.get(f"/v1/quotes/{quote}").json() == before
    assert two.get("/v1/corrections").json()["results"] == []


def test_a_speaker_can_be_unnamed_or_unknown(two: httpx.Client) -> None:
    quote = quotes_of(two, uid(MIRA))[0]
    done(two.patch(f"/v1/quotes/{quote}", json={"described_as": "a docker"}, headers=ANY))
    speaker = two.get(f"/v1/quotes/{quote}").json()["speaker"]
    assert (speaker["status"], speaker["described_as"]) == ("unnamed", "a docker")
    done(two.patch(f"/v1/quotes/{quote}", json={"speaker": None}, headers=ANY))
    speaker = two.get(f"/v1/quotes/{quote}").json()["speaker"]
    assert (speaker["id"], speaker["status"]) == (None, "unresolved")


def test_what_is_no_quote_is_served_nowhere(two: httpx.Client) -> None:
    quote = quotes_of(two, uid(MIRA))[0]
    made = done(two.patch(f"/v1/quotes/{quote}", json={"rejected": True}, headers=ANY))
    refused(two.get(f"/v1/quotes/{quote}"), 410, "gone")
    assert quote not in newsroom.ids(two, "/v1/quotes")
    refused(two.patch(f"/v1/quotes/{quote}", json={"rejected": True}, headers=ANY), 410, "gone")
    done(two.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert quote in newsroom.ids(two, "/v1/quotes")


def test_an_editors_name_stays(two: httpx.Client, engine: Engine) -> None:
    path = f"/v1/entities/{uid(MIRA)}"
    made = done(two.patch(path, json={"name": "  Dr  Mira Kovalenko "}, headers=ANY))
    newsroom.store(engine, newsroom.article(4))
    item = two.get(path).json()
    assert item["name"] == "Dr Mira Kovalenko"
    assert {"Mira Kovalenko", "Dr Mira Kovalenko"} <= set(item["aliases"])
    assert two.get("/v1/people?q=dr+mira").json()["results"][0]["id"] == uid(MIRA)
    for name in ("", "   ", "?!", "x" * 501):
        assert two.patch(path, json={"name": name}, headers=ANY).status_code == 422
    done(two.post(f"/v1/corrections/{made['id']}/undo", json={}))
    item = two.get(path).json()
    assert item["name"] == "Mira Kovalenko"
    assert "Dr Mira Kovalenko" not in item["aliases"]


def test_merged_entities_are_one_with_redirects(two: httpx.Client, engine: Engine) -> None:
    mira, tomas = uid(MIRA), uid(TOMAS)
    path = f"/v1/entities/{tomas}/merge"
    etag = {"If-Match": two.get(f"/v1/entities/{tomas}").headers["etag"]}
    made = done(two.post(path, json={"into": mira}, headers=etag))
    moved = two.get(f"/v1/entities/{tomas}/quotes?limit=1")
    assert (moved.status_code, moved.headers["cache-control"]) == (308, "no-cache")
    assert moved.headers["location"].endswith(f"/v1/entities/{mira}/quotes?limit=1")
    newsroom.store(engine, newsroom.article(4))
    assert quotes_of(two, tomas) == quotes_of(two, mira)
    item = two.get(f"/v1/entities/{mira}").json()
    assert item["counts"] == {"articles": 4, "mentions": 12, "quotes": 12, "quoted_about": 0}
    assert "Tomas Quillfeather" in item["aliases"]
    assert two.get("/v1/people?q=tomas").json()["results"][0]["id"] == mira
    assert "conflict" in two.post(path, json={"into": mira}, headers=ANY).json()["type"]
    done(two.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert two.get(f"/v1/entities/{tomas}").json()["counts"]["quotes"] == 4
    assert two.get(f"/v1/entities/{mira}").json()["counts"]["mentions"] == 8
    assert "Tomas Quillfeather" not in two.get(f"/v1/entities/{mira}").json()["aliases"]


def test_only_what_can_be_one_is_merged(two: httpx.Client) -> None:
    path = f"/v1/entities/{uid(MIRA)}/merge"
    for into, status, code in (
        (uid(MIRA), 409, "conflict"),
        (uid(LINDHOLM), 409, "conflict"),
        ("e_nobody", 404, "not-found"),
        ("", 422, "invalid-body"),
    ):
        refused(two.post(path, json={"into": into}, headers=ANY), status, code)


def test_two_people_of_one_name_are_split(two: httpx.Client, engine: Engine) -> None:
    mira = uid(MIRA)
    articles = newsroom.ids(two, f"/v1/articles?entity={mira}")
    path = f"/v1/entities/{mira}/split"
    change = {"articles": articles[:1], "name": "Mira Kovalenko (docker)"}
    made = done(two.post(path, json=change, headers=ANY))
    other = made["new"]["entity"]
    assert made["new"]["articles"] == articles[:1]
    assert two.get(f"/v1/entities/{other}").json()["name"] == "Mira Kovalenko (docker)"
    assert len(quotes_of(two, mira)) == 4
    assert len(quotes_of(two, other)) == 2
    info = newsroom.INFO
    newsroom.store(engine, newsroom.article(3), info=type(info)("9", *list(vars_of(info))[1:]))
    assert len(quotes_of(two, other)) == 2
    refused(two.post(path, json={"articles": articles}, headers=ANY), 422, "invalid-correction")
    refused(two.post(path, json={"articles": articles[1:]}, headers=ANY), 409, "conflict")
    done(two.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert len(quotes_of(two, mira)) == 6
    assert two.get(f"/v1/entities/{other}").status_code == 308


def vars_of(info: Any) -> list[str]:
    return [info.version, info.model, info.model_digest, info.settings_digest]


def test_the_larger_part_keeps_the_id(two: httpx.Client) -> None:
    mira = uid(MIRA)
    articles = newsroom.ids(two, f"/v1/articles?entity={mira}")
    change = {"articles": articles[:2], "name": "Mira K"}
    made = done(two.post(f"/v1/entities/{mira}/split", json=change, headers=ANY))
    assert made["new"]["articles"] == articles[2:]
    assert two.get(f"/v1/entities/{mira}").json()["name"] == "Mira K"
    assert two.get(f"/v1/entities/{made['new']['entity']}").json()["name"] == "Mira Kovalenko"


def test_a_suppressed_person_shows_nowhere_and_does_not_come_back(
    two: httpx.Client, engine: Engine
) -> None:
    mira = uid(MIRA)
    article = newsroom.ids(two, f"/v1/articles?entity={mira}")[0]
    path = f"/v1/entities/{mira}/suppress"
    made = done(two.post(path, json={"reason": "asked for it"}, headers=ANY))
    newsroom.store(engine, newsroom.article(4))
    refused(two.get(f"/v1/entities/{mira}"), 410, "gone")
    assert quotes_of(two, mira) == []
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
        answer = two.get(url)
        assert answer.status_code == 200, url
        assert mira not in answer.text.replace(f'"target":"{mira}"', ""), url
        if "/quotes" not in url or "article" not in url:
            assert "Kovalenko" not in answer.text, url
    done(two.post(f"/v1/corrections/{made['id']}/undo", json={}))
    assert len(quotes_of(two, mira)) == 8


def test_a_new_person_of_a_suppressed_name_starts_suppressed(
    two: httpx.Client, engine: Engine
) -> None:
    done(two.post(f"/v1/entities/{uid(TOMAS)}/suppress", json={}, headers=ANY))
    with reading(engine) as connection:
        stones = connection.exec_driver_sql("SELECT keyed_hash FROM tombstone").scalars().all()
    assert stones
    assert not any("tomas" in stone.casefold() for stone in stones)


def test_a_withdrawn_article_is_gone_for_good(two: httpx.Client) -> None:
    article = newsroom.ids(two, "/v1/articles")[0]
    text = two.get(f"/v1/articles/{article}").json()["text"]
    quotes = newsroom.ids(two, f"/v1/articles/{article}/quotes")
    made = done(two.delete(f"/v1/articles/{article}?reason=libel", headers=ANY))
    refused(two.get(f"/v1/articles/{article}"), 410, "gone")
    for quote in quotes:
        refused(two.get(f"/v1/quotes/{quote}"), 410, "gone")
    refused(two.delete(f"/v1/articles/{article}", headers=ANY), 410, "gone")
    assert article not in newsroom.ids(two, "/v1/articles")
    assert two.get("/v1/articles?q=pier+3").json()["results"] == []
    again = two.post("/v1/articles", json={"text": text, "url": "https://copy.example/1"})
    refused(again, 409, "withdrawn")
    refused(two.post(f"/v1/corrections/{made['id']}/undo", json={}), 409, "conflict")
    gone = {
        row["id"]
        for row in two.get("/v1/changes?after=0").json()["results"]
        if row["op"] == "delete"
    }
    assert {article, *quotes} <= gone


@pytest.mark.parametrize("id", ["c_none", "%00", "'; DROP TABLE correction; --", "\u202e"])
def test_unknown_corrections_are_not_found(own: httpx.Client, id: str) -> None:
    refused(own.get(f"/v1/corrections/{id}"), 404, "not-found")
    refused(own.post(f"/v1/corrections/{id}/undo", json={}), 404, "not-found")
