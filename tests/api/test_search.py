"""Search over real HTTP: what is found, in which order, and where its words stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import Document, Precision, PrintedTime
from app.main import create_app
from app.store.read import base, hits
from app.store.search_tokens import words
from tests.api import newsroom
from tests.api.conftest import ARTICLES, settings_for
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, ids, pages, store, uid
from tests.api.test_problems import check


def found(client: httpx.Client, q: str, path: str = "/v1/quotes", **more: str) -> dict[str, Any]:
    response = client.get(f"{path}?{urlencode({'q': q, 'limit': 200, **more})}")
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


QUOTES = [
    ("pier", 2 * ARTICLES + ARTICLES),
    ("PIER", 3 * ARTICLES),
    ("pier open", ARTICLES),
    ("open pier", ARTICLES),
    ('"pier 7"', 3),
    ('"7 pier"', 0),
    ("“pier 7”", 3),
    ("lind*", ARTICLES),
    ("lind", 0),
    ("pier -small -open", ARTICLES),
    ('pier -"too small"', 2 * ARTICLES),
    ("pier -lind*", 2 * ARTICLES),
    ("líndhölm", ARTICLES),
    ("pier*", 3 * ARTICLES),
    ("-pier", 0),
    ("kovalenko", 0),
    ("", 0),
    ("!?…", 0),
]


@pytest.mark.parametrize(("q", "count"), QUOTES)
def test_words_phrases_beginnings_and_exclusions(client: httpx.Client, q: str, count: int) -> None:
    page = found(client, q)
    assert len(page["results"]) == page["total"]["value"] == count
    assert page["total"]["relation"] == "eq"
    for row in page["results"]:
        for match in row["matches"]:
            assert row["text"][match["start"] : match["end"]] == match["text"]
        assert row["matches"]


HOSTILE = [
    *["\0", "a\0b", '"', '""', "'", "*", "-", "--", "^", "(", "NEAR(", "AND", "OR NOT", "pier AND"],
    *["pier OR open", "pier NOT open", "text:pier", "{text}:pier", "^pier", "pier + open", "pier)"],
    *["\u200f\u202epier\u202c", "🚢", "🏗 pier", "%", "_", "\\", "';DROP TABLE quote;--", '"pier'],
    *["é" * 300, "pier " * 2_000, "x" * 10_000, "-" * 5_000, '"' * 5_001, "\ufdd0", "\U0010ffff"],
]


@pytest.mark.parametrize("path", ["/v1/quotes", "/v1/articles"])
@pytest.mark.parametrize("q", HOSTILE)
def test_nothing_that_is_typed_is_an_error(client: httpx.Client, path: str, q: str) -> None:
    for sort in ("published:desc", "relevance"):
        response = client.get(f"{path}?q={quote(q, safe='')}&sort={sort}&limit=3")
        assert response.status_code == 200, response.text
    assert client.get(f"{path}?q=%ff%00%80pier").status_code == 200


def test_a_query_may_be_given_once_only(client: httpx.Client) -> None:
    check(client.get("/v1/quotes?q=pier&q=open"), 422, "invalid-parameter")


FILTERED = [
    ("pier", f"speaker={uid(MIRA)}", 2 * ARTICLES),
    ("small", f"speaker={uid(MIRA)}", 0),
    ("pier", f"speaker={uid(MIRA)}&about={uid(LINDHOLM)}", ARTICLES),
    ("more", f"speaker={uid(TOMAS)}&speaker={uid(MIRA)}", ARTICLES),
    ("pier", "kind=direct", ARTICLES),
    ("pier", "kind=direct&publisher=Lindholm+Post", 8),
    ("pier", "min_confidence=0.91", ARTICLES),
    ("pier", "polarity=denied&speaker_status=resolved", ARTICLES),
    ("pier", "cue_class=feeling", 0),
    ("pier", "published_from=2031-03-02", 3),
    ("pier", "published_to=2031-03-02&kind=direct", 24),
    ("pier", "published_from=2031-03-01T00:30:00Z&published_to=2031-03-01T02:30:00Z", 6),
    ("pier", "published_from=2031-03-02&published_to=2031-03-01", 0),
    ("pier", "published_from=0001-01-01&published_to=9999-12-31", 3 * ARTICLES),
    ("pier", "speaker=e_nobody", 0),
]


@pytest.fixture(params=["few", "many", "rare"])
def leading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whatever leads, words or the other filters: as if there were few or very many of each."""
    how: str = request.param
    monkeypatch.setattr("app.store.read.quote_keys.FEW", 10_000 if how == "few" else -1)
    monkeypatch.setattr(hits, "_HITS_LOOKED_AT", 2 if how == "rare" else 10_000)
    monkeypatch.setattr(hits, "_FIRST_ROWS", 3)
    return how


@pytest.mark.parametrize(("q", "query", "count"), FILTERED)
def test_a_search_goes_with_every_filter(
    client: httpx.Client, leading: str, q: str, query: str, count: int
) -> None:
    every = set(ids(client, f"/v1/quotes?{query}"))
    right = [row["id"] for row in found(client, q)["results"] if row["id"] in every]
    assert len(right) == count
    for limit in (4, 200):
        seen = list(pages(client, f"/v1/quotes?q={q}&{query}&limit={limit}"))
        assert [row["id"] for page in seen for row in page["results"]] == right
        assert {(p["total"]["value"], p["total"]["relation"]) for p in seen} == {(count, "eq")}
    ranked = ids(client, f"/v1/quotes?q={q}&{query}&sort=relevance&limit=7")
    assert sorted(ranked) == sorted(right)


ARTICLE_SEARCHES = [
    ("kovalenko", "", ARTICLES),
    ('"mira kovalenko" -"pier 7"', "", ARTICLES - 1),
    ("pier 7", "", 1),
    ("kovalenko", "language=de&publisher=The+Aster+Courier", 5),
    ("kovalenko", f"speaker={uid(TOMAS)}", ARTICLES),
    ("kovalenko", f"entity={uid(LINDHOLM)}&published_from=2031-03-02", 1),
    ("kovalenko", "url=https://news.example/pier/3", 1),
    ("kovalenko", "published_to=2031-03-01T05:00:00Z", 5),
    ("nobody", "", 0),
]


@pytest.mark.parametrize(("q", "query", "count"), ARTICLE_SEARCHES)
def test_articles_are_searched_by_title_and_text(
    client: httpx.Client, leading: str, q: str, query: str, count: int
) -> None:
    path = f"/v1/articles?q={quote(q)}&{query}&limit=4".replace("&&", "&")
    seen = list(pages(client, path))
    titles = [row["title"] for page in seen for row in page["results"]]
    numbers = [int(title.split()[1]) for title in titles]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == count
    assert {(p["total"]["value"], p["total"]["relation"]) for p in seen} == {(count, "eq")}
    assert len(ids(client, f"{path}&sort=relevance")) == count


def test_without_words_nothing_is_said_of_matches(client: httpx.Client) -> None:
    for path in ("/v1/quotes", "/v1/articles"):
        page = client.get(path).json()
        assert {row["matches"] for row in page["results"]} == {None}
        assert page["window"] is None
        assert page["offset_unit"] == "codepoint"


def test_relevance_without_words_is_refused_with_advice(client: httpx.Client) -> None:
    for path in ("/v1/quotes", "/v1/articles"):
        body = check(client.get(f"{path}?sort=relevance"), 422, "invalid-parameter")
        assert body["errors"] == [{"pointer": "/query/sort", "detail": body["detail"]}]
        assert "give `q`" in body["detail"]


def test_matches_in_code_points_and_in_utf16(client: httpx.Client) -> None:
    [row] = found(client, '"pier 7" open*', offsets="utf16")["results"]
    units = row["text"].encode("utf-16-le")
    for match in row["matches"]:
        part = units[2 * match["start"] : 2 * match["end"]].decode("utf-16-le")
        assert part == match["text"]
    assert [match["text"] for match in row["matches"]] == ["Pier 7", "open"]


def test_offsets_behind_an_emoji_differ_by_unit(own: httpx.Client, engine: Engine) -> None:
    store(engine, newsroom.article(5))
    [row] = found(own, "more", "/v1/articles")["results"]
    snippet = row["matches"]["snippet"]
    text = newsroom.text_of(5)
    assert text[snippet["start"] :].startswith(snippet["text"])
    [match] = snippet["matches"]
    assert snippet["text"][match["start"] : match["end"]] == match["text"] == "more"
    [wide] = found(own, "more", "/v1/articles", offsets="utf16")["results"]
    units = text.encode("utf-16-le")
    [other] = wide["matches"]["snippet"]["matches"]
    start = wide["matches"]["snippet"]["start"] + other["start"]
    assert units[2 * start :].decode("utf-16-le").startswith("more")
    assert start == snippet["start"] + match["start"] + 2


def test_a_title_has_matches_of_its_own(client: httpx.Client) -> None:
    [row] = found(client, '"pier 7" kovalenko', "/v1/articles")["results"]
    assert row["matches"]["title"] == [{"start": 0, "end": 6, "text": "Pier 7"}]
    texts = [match["text"] for match in row["matches"]["snippet"]["matches"]]
    assert {"Pier 7", "Kovalenko"} <= set(texts)


def test_a_snippet_is_short_and_holds_the_densest_passage(
    own: httpx.Client, engine: Engine
) -> None:
    document = newsroom.article(1)
    filler = "Nothing of note happened on the quay that day. " * 30
    text = f"{document.text}\n\nCranes. {filler}The cranes and more cranes lifted. {filler}"
    store(engine, replace(document, text=text))
    [row] = found(own, "cranes", "/v1/articles")["results"]
    snippet = row["matches"]["snippet"]
    assert len(snippet["text"]) <= 240
    assert text[snippet["start"] :].startswith(snippet["text"])
    assert [match["text"] for match in snippet["matches"]] == ["cranes", "cranes"]
    assert row["matches"]["title"] == []


def test_no_snippet_for_who_may_not_read_the_text(engine: Engine) -> None:
    store(engine, newsroom.article(1))
    app = create_app(settings_for(engine, article_text="never"), newsroom.StubExtractor)
    with newsroom.asking(app) as client:
        [row] = found(client, "pier kovalenko", "/v1/articles")["results"]
    assert row["matches"] == {
        "title": [{"start": 0, "end": 4, "text": "Pier"}],
        "snippet": None,
    }


@pytest.fixture
def filled(own: httpx.Client, engine: Engine) -> httpx.Client:
    for number in range(100, 112):
        store(engine, newsroom.article(number))
    return own


def arriving(number: int) -> Document:
    """An article that comes late, dated in the midst of a second."""
    document = newsroom.article(number)
    local = datetime(2031, 3, 1, 0, 30) + timedelta(hours=number, microseconds=number)
    published = PrintedTime(local, Precision.MINUTE, "then", local.replace(tzinfo=UTC))
    return replace(document, published=published, url=f"https://news.example/new/{number}")


@pytest.mark.parametrize(
    ("sort", "arrivals"),
    [
        # Some are older and some newer than what has been read.
        ("published:desc", [70, 111, 105, 140, 100, 109, 108]),
        ("relevance", [112, 113, 140, 200, 201, 202, 203]),
    ],
)
def test_articles_that_arrive_between_pages_neither_repeat_nor_hide_a_hit(
    filled: httpx.Client, engine: Engine, sort: str, arrivals: list[int]
) -> None:
    path = f"/v1/quotes?q=pier+-small&limit=5&sort={sort}"
    before = ids(filled, path)
    assert len(before) == len(set(before)) == 24
    seen: list[str] = []
    following: str | None = path
    waiting = list(arrivals)
    while following is not None:
        page = filled.get(following).json()
        seen += [row["id"] for row in page["results"]]
        following = page["next"]
        if waiting:
            store(engine, arriving(waiting.pop(0)))
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)
    assert filled.get("/v1/quotes?q=pier+-small").json()["total"]["value"] > len(before)


def test_relevance_ranks_a_window_of_the_newest_and_says_so(
    filled: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = found(filled, "pier", sort="relevance")
    assert best["window"] == {"newest": 1000, "is_whole": True}
    assert best["stable"] is False
    newest = found(filled, "pier")
    assert (newest["window"], newest["stable"]) == (None, True)
    assert best["total"] == newest["total"] == {"value": 36, "relation": "eq"}
    # The same word once: the shorter quote is more about it; of equals the newer comes first.

    def length(row: dict[str, Any]) -> int:
        return len(words(row["text"]).split())

    assert best["results"] == sorted(newest["results"], key=length) != newest["results"]
    monkeypatch.setattr(hits, "WINDOW", 20)
    seen = list(pages(filled, "/v1/quotes?q=pier&sort=relevance&limit=8"))
    assert [len(page["results"]) for page in seen] == [8, 8, 4]
    assert {page["window"]["is_whole"] for page in seen} == {False}
    ranked = {row["id"] for page in seen for row in page["results"]}
    assert ranked == {row["id"] for row in newest["results"][:20]}


def test_a_cursor_belongs_to_its_words_and_sort(client: httpx.Client) -> None:
    page = client.get("/v1/quotes?q=pier&sort=relevance&limit=5").json()
    for change in (("q=pier", "q=open"), ("relevance", "published:desc")):
        changed = page["next"].replace(*change).replace("%3A", ":")
        check(client.get(changed), 422, "invalid-cursor")
    assert client.get(f"{page['next']}&offsets=utf16").status_code == 200


def test_a_total_is_counted_up_to_a_cap_of_hits(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "COUNT_CAP", 30)
    page = client.get("/v1/quotes?q=pier&limit=2").json()
    assert page["total"] == {"value": 30, "relation": "gte"}
    monkeypatch.setattr("app.store.read.quote_keys.FEW", -1)
    page = client.get("/v1/quotes?q=pier&kind=direct&limit=2").json()
    # Ten articles have the newest thirty hits.
    assert page["total"] == {"value": 10, "relation": "gte"}
    assert client.get("/v1/quotes?q=open&limit=2").json()["total"]["relation"] == "eq"


def test_what_an_article_has_lost_is_found_no_more(own: httpx.Client, engine: Engine) -> None:
    document = newsroom.article(1)
    store(engine, document)
    assert len(found(own, "pier")["results"]) == 3
    again = replace(newsroom.INFO, version="0.2.0")
    store(engine, document, info=again, keep=1)
    assert len(found(own, "pier")["results"]) == 1
    renamed = replace(document, title="Berth 1")
    store(engine, renamed, info=again)
    assert len(found(own, "pier")["results"]) == 3
    assert [row["title"] for row in found(own, "berth", "/v1/articles")["results"]] == ["Berth 1"]


def test_feeds_and_exports_take_the_same_words(client: httpx.Client) -> None:
    right = found(client, "pier -small", min_confidence="0.9")["total"]["value"]
    lines = client.get("/v1/quotes/export.ndjson?q=pier+-small&all=true&min_confidence=0.9").text
    assert len(lines.splitlines()) == right
    feed = client.get('/v1/quotes/feed.json?q="pier+7"').json()
    assert len(feed["items"]) == 1
