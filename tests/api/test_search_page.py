"""The short way of a search answers what the general one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import Engine

from app.api import search_page
from app.domain import Precision, PrintedTime
from app.store.read import base
from tests.api import newsroom
from tests.api.newsroom import pages, results, store

QUERIES = [
    "pier",
    "PIER -small",
    '"pier 7"',
    "lind*",
    "will open",
    "none",
    "-pier",
    "",
    '"',
    "pier 7",
]


def read(client: httpx.Client, path: str) -> list[tuple[bytes, str | None]]:
    """The bodies of all pages, and their `Link`s."""
    found = []
    following: str | None = path
    while following is not None:
        response = client.get(following)
        assert response.status_code == 200
        found.append((response.content, response.headers.get("link")))
        following = response.json()["next"]
    return found


@pytest.mark.parametrize("limit", [4, 200])
def test_both_ways_give_the_same_bytes(client: httpx.Client, limit: int) -> None:
    paths = [f"/v1/quotes?q={quote(q)}&limit={limit}" for q in QUERIES]
    short = [read(client, path) for path in paths]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_page, "only", lambda *_: None)
        assert [read(client, path) for path in paths] == short


def test_the_short_way_is_taken(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the general way was taken")

    monkeypatch.setattr("app.store.read.quotes.quote_page", refused)
    assert len(list(pages(client, "/v1/quotes?q=pier&limit=30"))) == 3
    monkeypatch.setattr(base, "COUNT_CAP", 30)
    page = client.get("/v1/quotes?q=pier&limit=2").json()
    assert page["total"] == {"value": 30, "relation": "gte"}


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=00500", "limit=٣", "cursor=x", "limt=3"]
)
def test_what_is_wrong_is_refused_as_ever(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/quotes?q=pier&{query}").status_code == 422


def test_parts_of_a_second_are_left_to_the_general_way(own: httpx.Client, engine: Engine) -> None:
    for number in range(8):
        part = datetime(2031, 3, 1, 0, 0, number // 4, 250_000 * (3 - number % 4), tzinfo=UTC)
        published = PrintedTime(part.replace(tzinfo=None), Precision.SECOND, "then", part)
        # Arrival and time run in opposite directions within a second.
        document = newsroom.article(number)
        store(engine, replace(document, published=published))
    for limit in (1, 3, 5, 24, 200):
        rows = results(own, f"/v1/quotes?q=pier&limit={limit}")
        times = [datetime.fromisoformat(row["article"]["published"]["instant"]) for row in rows]
        assert times == sorted(times, reverse=True)
        assert len({row["id"] for row in rows}) == len(rows) == 24
