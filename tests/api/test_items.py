from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import newsroom
from tests.api.newsroom import MIRA, TOMAS, WATCH, ids, uid


def article_id(client: httpx.Client, number: int = 3) -> str:
    [found] = ids(client, f"/v1/articles?url=https://news.example/pier/{number}")
    return found


def spans_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [span for item in value for span in spans_in(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for item in value.values() for span in spans_in(item)]


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_every_span_is_its_text(client: httpx.Client, unit: str) -> None:
    article = article_id(client)
    whole = client.get(f"/v1/articles/{article}?offsets={unit}").json()
    encoded = whole["text"].encode("utf-16-le")
    checked = 0
    answers = [whole]
    for part in ("entities", "quotes"):
        answers.append(client.get(f"/v1/articles/{article}/{part}?offsets={unit}").json())
    for quote in answers[-1]["results"]:
        answers.append(client.get(f"/v1/quotes/{quote['id']}?offsets={unit}").json())
    for answer in answers:
        assert answer["offset_unit"] == unit
        for span in spans_in(answer):
            if unit == "codepoint":
                there = whole["text"][span["start"] : span["end"]]
            else:
                there = encoded[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")
            assert there == span["text"] != ""
            checked += 1
    assert checked > 40


def test_the_units_differ_behind_a_wide_character(client: httpx.Client) -> None:
    path = f"/v1/articles/{article_id(client)}/quotes"
    points = client.get(path).json()["results"][1]["content"][0]["start"]
    units = client.get(f"{path}?offsets=utf16").json()["results"][1]["content"][0]["start"]
    assert units == points + 2


def test_an_article_in_full(client: httpx.Client) -> None:
    found = client.get(f"/v1/articles/{article_id(client)}").json()
    assert found["text"] == newsroom.text_of(3)
    assert found["published"] == {
        "instant": "2031-03-01T03:30:00Z",
        "date": "2031-03-01",
        "printed": "01.03.2031 03:30",
        "precision": "minute",
        "zone_assumed": None,
    }
    assert [zone["kind"] for zone in found["zones"]] == ["paragraph"] * 3
    assert (found["revision"], found["language"], found["updated"]) == (1, "en", None)
    assert found["provenance"] == {
        "extractor": "0.1.0",
        "model": "test_model-1",
        "article_revision": 1,
        "corrected": False,
    }


def test_the_entities_of_an_article(client: httpx.Client) -> None:
    path = f"/v1/articles/{article_id(client)}/entities"
    found = client.get(path).json()
    named = {row["name"]: row for row in found["results"]}
    assert list(named) == ["Mira Kovalenko", "Harbour Watch", "Lindholm", "Tomas Quillfeather"]
    mentions = [(m["text"], m["type"]) for m in named["Mira Kovalenko"]["mentions"]]
    assert mentions == [("Mira Kovalenko", "name"), ("She", "pronoun")]
    assert ids(client, f"{path}?limit=1") == [row["id"] for row in found["results"]]


def test_a_quote_in_full(client: httpx.Client) -> None:
    [listed] = [
        quote
        for quote in client.get("/v1/quotes?kind=direct&limit=200").json()["results"]
        if "Pier 3 " in quote["text"]
    ]
    found = client.get(f"/v1/quotes/{listed['id']}").json()
    # Only a list is searched.
    assert listed.pop("matches") is None
    assert listed == {key: found[key] for key in listed}
    assert found["speaker"] == {"id": uid(MIRA), "name": "Mira Kovalenko", "status": "resolved"}
    assert found["text"] == "“Pier 3 will open 🚢,”"
    assert found["cue"] == found["cue_span"]["text"] == "said"
    assert found["source"]["text"] == "Mira Kovalenko of Harbour Watch"
    assert found["evidence"]["via"] == "name"
    assert found["evidence"]["antecedent"]["text"] == "Mira Kovalenko"
    assert found["evidence"]["alternatives"] == [
        {"entity": uid(TOMAS), "name": "Tomas Quillfeather", "score": 0.04}
    ]
    assert found["paragraph"]["text"] == newsroom.text_of(3).split("\n")[0]
    assert (found["confidence"], found["parent"], found["sightings"]) == (0.97, None, [])
    assert found["article"]["url"] == "https://news.example/pier/3"


def test_a_denial_and_whom_it_is_about(client: httpx.Client) -> None:
    [denial] = client.get("/v1/quotes?polarity=denied&limit=1").json()["results"]
    found = client.get(f"/v1/quotes/{denial['id']}").json()
    assert [about["name"] for about in found["about"]] == ["Lindholm"]
    assert found["evidence"]["antecedent"]["text"] == "Mira Kovalenko"
    assert found["source"]["text"] == "She"


def test_a_speaker_without_a_name_is_described(client: httpx.Client) -> None:
    [quote] = client.get("/v1/quotes?speaker_status=unnamed&limit=1").json()["results"]
    assert quote["speaker"] == {
        "id": None,
        "name": None,
        "status": "unnamed",
        "described_as": "US officials",
        "organisation": {"id": uid(WATCH), "name": "Harbour Watch"},
    }


def test_a_quote_inside_a_quote_names_its_parent(client: httpx.Client) -> None:
    quotes = client.get(f"/v1/articles/{article_id(client)}/quotes").json()["results"]
    assert [quote["cue"] for quote in quotes] == ["said", "denied", "say", "hopes"]
    assert quotes[3]["parent"] == quotes[2]["id"]


def test_quotes_of_an_article_page_in_text_order(client: httpx.Client) -> None:
    path = f"/v1/articles/{article_id(client)}/quotes"
    assert ids(client, f"{path}?limit=1") == ids(client, path)


def test_an_entity_in_full(client: httpx.Client) -> None:
    found = client.get(f"/v1/entities/{uid(MIRA)}").json()
    assert found["aliases"] == ["Kovalenko", "Mira Kovalenko"]
    assert found["counts"] == {"articles": 25, "mentions": 50, "quotes": 50, "quoted_about": 0}
    assert found["first_seen"] == "2031-03-01"
    assert found["last_seen"] == "2031-03-02"
