from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from tests.api import newsroom
from tests.api.test_items import spans_in

TEXT = newsroom.text_of(7)


def posted(client: httpx.Client, body: Any = None, query: str = "", **more: Any) -> dict[str, Any]:
    if body is not None:
        more["json"] = body
    response = client.post(f"/v1/extract{query}", **more)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_a_text_gives_entities_and_quotes(client: httpx.Client, unit: str) -> None:
    found = posted(client, {"text": TEXT, "language": "en"}, f"?offsets={unit}")
    assert (found["text"], found["offset_unit"], found["language"]) == (TEXT, unit, "en")
    assert [e["id"] for e in found["entities"]] == ["e1", "e2", "e3", "e4"]
    assert [q["id"] for q in found["quotes"]] == ["q1", "q2", "q3", "q4"]
    first, denial, unnamed, hope = found["quotes"]
    assert first["speaker"] == {"id": "e1", "name": "Mira Kovalenko", "status": "resolved"}
    assert first["evidence"]["alternatives"][0]["entity"] == "e2"
    assert denial["about"] == [{"id": "e4", "name": "Lindholm"}]
    assert unnamed["speaker"]["described_as"] == "US officials"
    assert unnamed["speaker"]["organisation"] == {"id": "e3", "name": "Harbour Watch"}
    assert hope["parent"] == "q3"
    assert found["provenance"] == {"extractor": "0.1.0", "model": "test_model-1"}
    encoded = TEXT.encode("utf-16-le")
    spans = spans_in([found["entities"], found["quotes"], found["zones"]])
    assert len(spans) > 20
    for span in spans:
        there = TEXT[span["start"] : span["end"]]
        if unit == "utf16":
            there = encoded[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")
        assert there == span["text"]


def test_the_three_content_types_agree(client: httpx.Client) -> None:
    from_json = posted(client, {"text": TEXT})
    plain = {"content-type": "text/plain; charset=utf-8"}
    assert posted(client, content=TEXT.encode(), headers=plain) == from_json
    assert posted(client, content=TEXT.encode(), headers={"content-type": "text/plain"})


def test_a_declared_charset_is_believed(client: httpx.Client) -> None:
    headers = {"content-type": "text/plain; charset=utf-16-le"}
    assert posted(client, content=TEXT.encode("utf-16-le"), headers=headers)["text"] == TEXT


def test_a_page_is_read(client: httpx.Client) -> None:
    body = "".join(f"<p>{part}</p>" for part in TEXT.split("\n\n"))
    page = f"<html><head><title>Pier 7</title></head><body><article><h1>Pier 7</h1>{body}</article>"
    for found in (
        posted(client, {"html": page}),
        posted(client, content=page.encode(), headers={"content-type": "text/html"}),
    ):
        assert "Mira Kovalenko" in found["text"]
        assert "<p>" not in found["text"]
        assert len(found["quotes"]) == 4


def test_a_text_without_anything_gives_empty_lists(client: httpx.Client) -> None:
    found = posted(client, {"text": "It rained."})
    assert found["entities"] == found["quotes"] == []


def test_nothing_is_stored(own: httpx.Client, engine: Engine) -> None:
    posted(own, {"text": TEXT})
    for path in ("/v1/articles", "/v1/entities", "/v1/quotes"):
        assert own.get(path).json()["total"]["value"] == 0


def test_requests_at_once_are_answered_one_after_the_other(client: httpx.Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        texts = [newsroom.text_of(n) for n in range(16)]
        answers = list(pool.map(lambda text: posted(client, {"text": text}), texts))
    assert [answer["text"] for answer in answers] == texts
