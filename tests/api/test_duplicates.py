from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import Document, Extraction, Precision, PrintedTime
from tests.api import newsroom
from tests.api.newsroom import ids, results
from tests.test_near_duplicates import report

WIRE = " ".join(report(1))
COPY = " ".join([*report(2, 20), *report(1)[10:250]])
OTHER = " ".join(report(3))


def write(engine: Engine, number: float, text: str) -> str:
    """A text in the paper of that number, an hour after the one before it; the article's id."""
    local = datetime(2031, 3, 1) + timedelta(hours=number)
    document = Document(
        text=text,
        origin="test",
        title=f"Paper {number}",
        url=f"https://paper-{number}.example/report",
        language="en",
        publisher=f"Paper {number}",
        published=PrintedTime(
            local, Precision.MINUTE, f"{local:%d.%m.%Y %H:%M}", local.replace(tzinfo=UTC)
        ),
    )
    return newsroom.write(engine, document, Extraction())


@pytest.fixture
def copies(engine: Engine) -> list[str]:
    """Another report, then the wire's and two copies of it."""
    return [write(engine, number, text) for number, text in enumerate((OTHER, WIRE, COPY, WIRE))]


def test_lists_show_one_of_the_copies(own: httpx.Client, copies: list[str]) -> None:
    other, first, second, third = copies
    assert ids(own, "/v1/articles") == [first, other]
    assert own.get("/v1/articles").json()["total"] == {"value": 2, "relation": "eq"}
    shown = results(own, "/v1/articles?include_duplicates=true&limit=1")
    assert [row["id"] for row in shown] == [third, second, first, other]
    assert [row["duplicate_of"] for row in shown] == [first, first, None, None]


@pytest.mark.parametrize(
    "asked",
    ["language=en", "published_from=2031-03-01", "q=quay*"],
)
def test_it_goes_with_every_filter(own: httpx.Client, copies: list[str], asked: str) -> None:
    few = own.get(f"/v1/articles?{asked}").json()
    all_ = own.get(f"/v1/articles?{asked}&include_duplicates=true").json()
    assert {row["id"] for row in few["results"]} <= {copies[0], copies[1]}
    assert few["total"]["value"] == len(few["results"])
    assert all_["total"]["value"] == len(all_["results"]) > len(few["results"])


def test_a_search_by_relevance_leaves_copies_out(own: httpx.Client, copies: list[str]) -> None:
    word = WIRE.split()[100]
    assert ids(own, f"/v1/articles?q={word}&sort=relevance") == [copies[1]]
    assert len(ids(own, f"/v1/articles?q={word}&sort=relevance&include_duplicates=1")) == 3


def test_an_address_finds_its_own_article(own: httpx.Client, copies: list[str]) -> None:
    assert ids(own, "/v1/articles?url=https://paper-3.example/report") == [copies[3]]


def test_an_outlet_shows_what_it_printed(own: httpx.Client, copies: list[str]) -> None:
    assert ids(own, "/v1/articles?publisher=Paper 2") == [copies[2]]


def test_the_first_names_its_copies(own: httpx.Client, copies: list[str]) -> None:
    other, first, second, third = copies
    item = own.get(f"/v1/articles/{first}").json()
    assert item["duplicate_of"] is None
    assert [row["id"] for row in item["duplicates"]] == [third, second]
    assert item["duplicates"][0]["publisher"] == "Paper 3"
    assert item["duplicates"][0]["url"] == "https://paper-3.example/report"
    item = own.get(f"/v1/articles/{second}").json()
    assert (item["duplicate_of"], item["duplicates"]) == (first, [])
    assert own.get(f"/v1/articles/{other}").json()["duplicates"] == []


def test_when_the_first_is_withdrawn_the_next_one_is_listed(
    own: httpx.Client, copies: list[str]
) -> None:
    other, first, second, third = copies
    etag = own.get(f"/v1/articles/{first}").headers["etag"]
    answer = own.request("DELETE", f"/v1/articles/{first}", headers={"If-Match": etag})
    assert answer.status_code in {200, 204}, answer.text
    assert ids(own, "/v1/articles") == [second, other]
    assert own.get(f"/v1/articles/{third}").json()["duplicate_of"] == second


def test_a_page_does_not_move_while_copies_arrive(
    own: httpx.Client, engine: Engine, copies: list[str]
) -> None:
    """Not even by one that was published between what the pages show."""
    page = own.get("/v1/articles?limit=1").json()
    assert [row["id"] for row in page["results"]] == [copies[1]]
    write(engine, 0.5, COPY)
    assert ids(own, page["next"]) == [copies[0]]


def test_neither_is_a_word_of_its_own(own: httpx.Client) -> None:
    answer = own.get("/v1/articles?include_duplicates=perhaps")
    assert answer.status_code == 422
    assert "include_duplicates" in answer.text
