from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from app.api.schemas.exports import Quotation
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, ids, store, uid
from tests.api.test_problems import check


def linked(client: httpx.Client, quote: str) -> dict[str, Any]:
    response = client.get(f"/v1/quotes/{quote}.jsonld")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/ld+json"
    Quotation.model_validate_json(response.content)
    found: dict[str, Any] = response.json()
    return found


def first(client: httpx.Client, query: str) -> str:
    return ids(client, f"/v1/quotes?limit=200&{query}")[0]


def test_a_direct_quote_is_its_speakers_own(client: httpx.Client) -> None:
    quote = first(client, "kind=direct&publisher=Lindholm+Post")
    found = linked(client, quote)
    item = client.get(f"/v1/quotes/{quote}").json()
    mira = {
        "@type": "Person",
        "identifier": uid(MIRA),
        "name": "Mira Kovalenko",
        "url": f"{client.base_url}/v1/entities/{uid(MIRA)}",
    }
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "Quotation"
    assert found["@id"].startswith("urn:uuid:")
    assert found["identifier"] == quote
    assert found["url"] == f"{client.base_url}/v1/quotes/{quote}"
    assert found["text"] == item["text"]
    assert found["spokenByCharacter"] == found["creator"] == mira
    assert found["isPartOf"] == {
        "@type": "NewsArticle",
        "identifier": item["article"]["id"],
        "url": item["article"]["url"],
        "headline": item["article"]["title"],
        "datePublished": item["article"]["published"]["instant"],
        "inLanguage": "de",
        "publisher": {"@type": "Organization", "name": "Lindholm Post"},
    }


def test_what_was_denied_is_nobodys_creation(client: httpx.Client) -> None:
    found = linked(client, first(client, "polarity=denied"))
    assert found["description"].startswith("Denied by its speaker")
    assert "creator" not in found
    assert found["spokenByCharacter"]["name"] == "Mira Kovalenko"
    [about] = found["about"]
    assert (about["@type"], about["identifier"]) == ("Place", uid(LINDHOLM))


def test_no_text_ends_the_script_it_stands_in(own: httpx.Client, engine: Engine) -> None:
    store(engine, newsroom.article(1))
    evil = "</script><script>alert(1)</script>"
    with engine.begin() as connection:
        connection.execute(text("UPDATE quote SET text = :evil"), {"evil": evil})
        connection.execute(
            text("UPDATE article SET title = :evil, url = 'javascript:alert(1)'"), {"evil": evil}
        )
    quote = first(own, "kind=direct")
    assert "<" not in own.get(f"/v1/quotes/{quote}.jsonld").text
    found = linked(own, quote)
    assert found["text"] == found["isPartOf"]["headline"] == evil
    assert "url" not in found["isPartOf"]


def test_an_unnamed_speaker_is_left_out(client: httpx.Client) -> None:
    found = linked(client, first(client, "speaker_status=unnamed"))
    assert "spokenByCharacter" not in found
    assert "creator" not in found


def test_it_is_cached_as_the_quote_is(client: httpx.Client) -> None:
    path = f"/v1/quotes/{first(client, 'kind=direct')}.jsonld"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    for accept in ("application/ld+json", "application/json", "*/*"):
        assert client.get(path, headers={"accept": accept}).status_code == 200
    check(client.get(path, headers={"accept": "text/html"}), 406, "not-acceptable")


def test_an_unknown_quote_is_404_and_a_withdrawn_one_410(own: httpx.Client, engine: Engine) -> None:
    store(engine, newsroom.article(1))
    quotes = ids(own, "/v1/quotes")
    check(own.get("/v1/quotes/q_nothing.jsonld"), 404, "not-found")
    check(own.get("/v1/quotes/.jsonld"), 404, "not-found")
    with engine.begin() as connection:
        connection.execute(text("UPDATE quote SET visible = 0 WHERE uid = :u"), {"u": quotes[0]})
    check(own.get(f"/v1/quotes/{quotes[0]}.jsonld"), 410, "gone")
    assert own.get(f"/v1/quotes/{quotes[1]}.jsonld").status_code == 200
    for status, *answer in (("withdrawn", 410, "gone"), ("withheld", 404, "not-found")):
        with engine.begin() as connection:
            connection.execute(text("UPDATE article SET status = :s"), {"s": status})
        check(own.get(f"/v1/quotes/{quotes[1]}.jsonld"), *answer)


@pytest.mark.parametrize("name", ["feed.atom", "feed.json", "export.csv", "export.ndjson"])
def test_a_quotes_id_is_never_taken_for_a_file(client: httpx.Client, name: str) -> None:
    assert client.get(f"/v1/quotes/{name}").status_code == 200
    check(client.get(f"/v1/quotes/{name}x"), 404, "not-found")
