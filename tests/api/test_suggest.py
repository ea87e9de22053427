from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import Engine

from app.store.session import writing
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, uid
from tests.api.test_problems import check
from tests.store.read.test_suggest import HOSTILE

PATH = "/v1/entities/suggest"


def test_what_is_typed_finds_names(client: httpx.Client) -> None:
    response = client.get(f"{PATH}?q=kova")
    [found] = response.json()["results"]
    entity = client.get(f"/v1/entities/{uid(MIRA)}").json()
    assert found == {
        "id": uid(MIRA),
        "kind": "person",
        "name": "Mira Kovalenko",
        "matched": "Mira Kovalenko",
        "counts": entity["counts"],
        "is_fuzzy": False,
    }
    tag = response.headers["etag"]
    assert client.get(f"{PATH}?q=kova", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=l", [("Lindholm", False)]),
        ("q=lidnh", [("Lindholm", True)]),
        ("q=100%25_", [("Harbour Watch", False)]),
        ("q=w&kind=person", []),
        ("q=w&kind=person&kind=organisation", [("Harbour Watch", False)]),
        ("q=zzzz", []),
        ("q=%25", []),
    ],
)
def test_beginnings(client: httpx.Client, query: str, found: list[tuple[str, bool]]) -> None:
    results = client.get(f"{PATH}?{query}").json()["results"]
    assert [(row["name"], row["is_fuzzy"]) for row in results] == found


def test_an_alias_that_matched_is_told(client: httpx.Client) -> None:
    [found] = client.get(f"{PATH}?q=100").json()["results"]
    assert (found["name"], found["matched"]) == ("Harbour Watch", "100%_Watch")


@pytest.mark.parametrize("query", ["", "?q=", "?q=a&limit=0", "?q=a&limit=51", "?q=a&kind=x"])
def test_bad_parameters_are_refused(client: httpx.Client, query: str) -> None:
    check(client.get(PATH + query), 422, "invalid-parameter")


def test_there_are_no_pages(client: httpx.Client) -> None:
    check(client.get(f"{PATH}?q=a&cursor=abc"), 422, "unknown-parameter")
    check(client.get(f"{PATH}?q={'x' * 501}"), 422, "invalid-parameter")


@pytest.mark.parametrize("typed", [t for t in HOSTILE if t and "\ud800" not in t])
def test_nothing_that_is_typed_is_an_error(client: httpx.Client, typed: str) -> None:
    response = client.get(f"{PATH}?q={quote(typed[:500])}")
    assert response.status_code == 200
    assert response.json() == {"results": []}


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%C3%28", "mira%00", "mira%ED%A0%80"])
def test_bytes_that_are_no_text_are_no_error(client: httpx.Client, raw: str) -> None:
    assert client.get(f"{PATH}?q={raw}").status_code == 200


def test_what_was_merged_or_suppressed(own: httpx.Client, engine: Engine) -> None:
    newsroom.store(engine, newsroom.article(1))
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "UPDATE entity SET merged_into = (SELECT pk FROM entity WHERE name = 'Lindholm') "
            "WHERE name = 'Harbour Watch'"
        )
    [found] = own.get(f"{PATH}?q=harbour").json()["results"]
    assert (found["id"], found["matched"]) == (uid(LINDHOLM), "Harbour Watch")
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE entity SET status = 'suppressed'")
    for typed in ("harbour", "lindholm", "mira"):
        assert own.get(f"{PATH}?q={typed}").json()["results"] == []
