from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import Extraction, QuoteKind, Span
from tests.api import newsroom
from tests.api.guarded import ELSEWHERE, guarded
from tests.api.newsroom import MIRA, uid
from tests.api.test_items import article_id

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def collected(client: httpx.Client, path: str) -> Iterator[dict[str, Any]]:
    """The pages of a collection."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    page = response.json()
    assert (page["@context"], page["type"]) == (CONTEXT, "AnnotationCollection")
    collection = page["id"]
    page = page["first"]
    assert "@context" not in page
    while True:
        assert (page["type"], page["partOf"]) == ("AnnotationPage", collection)
        yield page
        if "next" not in page:
            return
        page = client.get(page["next"]).json()
        assert page["@context"] == CONTEXT


def annotations(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    return [item for page in collected(client, path) for item in page["items"]]


def path_of(client: httpx.Client, number: int = 3) -> str:
    return f"/v1/articles/{article_id(client, number)}/annotations"


def assert_selects(target: dict[str, Any], text: str) -> str:
    """Both selectors select the same, which is answered."""
    quoted, positioned = target["selector"]
    assert (quoted["type"], positioned["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    start, end = positioned["start"], positioned["end"]
    assert text[start:end] == quoted["exact"] != ""
    assert text[:start].endswith(quoted["prefix"])
    assert text[end:].startswith(quoted["suffix"])
    assert len(quoted["prefix"]) == min(32, start)
    assert len(quoted["suffix"]) == min(32, len(text) - end)
    exact: str = quoted["exact"]
    return exact


def test_every_selector_selects(client: httpx.Client) -> None:
    found = annotations(client, path_of(client))
    text = newsroom.text_of(3)
    assert len(found) == 9
    selected = []
    for annotation in found:
        [target] = annotation["target"]
        assert target["source"] == "https://news.example/pier/3"
        assert client.get(target["state"]["cached"]).json()["text"] == text
        selected.append(assert_selects(target, text))
    positions = [a["target"][0]["selector"][1]["start"] for a in found]
    assert positions == sorted(positions)
    assert selected[:2] == ["“Pier 3 will open 🚢,”", "Mira Kovalenko"]
    assert "US officials" not in selected


def test_quotes_and_mentions_say_what_they_are(client: httpx.Client) -> None:
    found = annotations(client, path_of(client))
    base = f"{client.base_url}/v1"
    quotes = [a for a in found if a["motivation"] == "describing"]
    mentions = [a for a in found if a["motivation"] == "identifying"]
    listed = client.get(f"{path_of(client).removesuffix('annotations')}quotes").json()["results"]
    for annotation, quote in zip(quotes, listed, strict=True):
        body = annotation["body"][0]
        assert body["purpose"] == "describing"
        quotation = body["source"]
        assert (quotation["id"], quotation["type"]) == (
            f"{base}/quotes/{quote['id']}",
            "schema:Quotation",
        )
        assert quotation["schema:text"] == quote["text"]
        assert client.get(quotation["id"]).json()["id"] == quote["id"]
        speaker = quotation.get("schema:spokenByCharacter")
        if quote["speaker"]["id"] is None:
            assert speaker is None
            assert annotation["body"][1]["value"] == quote["speaker"]["described_as"]
        else:
            assert speaker["schema:name"] == annotation["body"][1]["value"]
            assert client.get(speaker["id"]).json()["id"] == quote["speaker"]["id"]
    identifying, tagging = mentions[0]["body"]
    assert identifying == {
        "type": "SpecificResource",
        "source": f"{base}/entities/{uid(MIRA)}",
        "purpose": "identifying",
    }
    assert tagging == {"type": "TextualBody", "value": "Mira Kovalenko", "purpose": "tagging"}
    assert mentions[0]["generator"]["name"] == "Onrecord 0.1.0 (test_model-1)"


def test_pages_make_the_whole(client: httpx.Client) -> None:
    path = path_of(client)
    whole = annotations(client, path)
    cut = list(collected(client, f"{path}?limit=2"))
    assert [item for page in cut for item in page["items"]] == whole
    assert [page["startIndex"] for page in cut] == [0, 2, 4, 6, 8]
    assert len({page["id"] for page in cut}) == 5
    assert client.get(path).json()["total"] == 9
    first = client.get(f"{path}?limit=2")
    assert first.headers["link"] == f'<{first.json()["first"]["next"]}>; rel="next"'
    assert client.get(f"{path}?cursor=nonsense").status_code == 422
    assert client.get(f"{path}?offsets=utf16").status_code == 422


def test_ids_are_unique_and_stay(own: httpx.Client, engine: Engine) -> None:
    stored = newsroom.store(engine, newsroom.article(5))
    path = f"/v1/articles/{stored}/annotations"
    before = [a["id"] for a in annotations(own, path)]
    assert len(set(before)) == len(before) == 9
    newsroom.store(engine, newsroom.article(5), info=replace(newsroom.INFO, version="0.2.0"))
    assert [a["id"] for a in annotations(own, path)] == before
    for annotation in before:
        assert annotation.startswith(f"{own.base_url}{path}#")


def test_a_quote_of_several_stretches_has_several_targets(
    own: httpx.Client, engine: Engine
) -> None:
    document = newsroom.article(5)
    found = newsroom.extraction_of(document.text)
    [first, *_] = found.quotes
    other = document.text.index("🚢,”")
    parts = (
        Span(first.content[0].start, other - 1),
        Span(other, first.content[0].end),
    )
    split = Extraction(
        (), found.entities, (replace(first, content=parts, kind=QuoteKind.DIRECT, about=()),)
    )
    stored = newsroom.write(engine, document, split)
    [annotation] = annotations(own, f"/v1/articles/{stored}/annotations")
    assert [assert_selects(t, document.text) for t in annotation["target"]] == [
        part.of(document.text) for part in parts
    ]


def test_an_article_without_an_address_is_its_own_source(own: httpx.Client) -> None:
    made = own.post("/v1/articles", json={"text": newsroom.text_of(4)})
    found = annotations(own, f"/v1/articles/{made.json()['id']}/annotations")
    assert {a["target"][0]["source"] for a in found} == {made.headers["location"]}


def test_an_article_in_which_nothing_was_found_has_none(own: httpx.Client) -> None:
    made = own.post("/v1/articles", json={"text": "It rained."}).json()
    path = f"/v1/articles/{made['id']}/annotations"
    assert annotations(own, path) == []
    assert own.get(path).json()["total"] == 0


def test_who_is_not_shown_is_not_pointed_at(own: httpx.Client, engine: Engine) -> None:
    stored = newsroom.store(engine, newsroom.article(5))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE entity SET status = 'suppressed' WHERE uid = ?", (uid(MIRA),)
        )
        connection.exec_driver_sql("UPDATE quote SET visible = 0 WHERE start = 2")
    answer = own.get(f"/v1/articles/{stored}/annotations")
    mentions = [a for a in answer.json()["first"]["items"] if a["motivation"] == "identifying"]
    assert len(mentions) == 3
    assert uid(MIRA) not in str(mentions)


def test_the_media_type_is_that_of_the_standard(client: httpx.Client) -> None:
    path = path_of(client)
    media_type = f'application/ld+json;profile="{CONTEXT}"'
    for accepted in (media_type, "application/ld+json", "application/json", "*/*"):
        answer = client.get(path, headers={"accept": accepted})
        assert answer.status_code == 200, accepted
        assert answer.headers["content-type"] == media_type
    assert client.get(path, headers={"accept": "text/html"}).status_code == 406


@pytest.mark.parametrize("rule", ["key", "never"])
def test_what_stands_around_is_for_whom_may_read(engine: Engine, rule: str) -> None:
    stored = newsroom.store(engine, newsroom.article(1))
    with guarded(engine, article_text=rule) as client:
        answer = client.get(f"/v1/articles/{stored}/annotations", headers=ELSEWHERE)
    items = answer.json()["first"]["items"]
    assert len(items) == 9
    for item in items:
        quoted = item["target"][0]["selector"][0]
        assert set(quoted) == {"type", "exact"}
