from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from app.domain import Precision, PrintedTime
from tests.api import newsroom
from tests.api.conftest import ARTICLES
from tests.api.newsroom import LINDHOLM, MIRA, TOMAS, WATCH, ids, pages, store, uid

LISTS = {
    "/v1/quotes": 4 * ARTICLES,
    "/v1/articles": ARTICLES,
    f"/v1/quotes?speaker={uid(MIRA)}": 2 * ARTICLES,
    f"/v1/quotes?about={uid(LINDHOLM)}": ARTICLES,
    f"/v1/entities/{uid(MIRA)}/quotes": 2 * ARTICLES,
    f"/v1/entities/{uid(MIRA)}/quotes?min_confidence=0.95": ARTICLES,
    "/v1/quotes?min_confidence=0.9": 2 * ARTICLES,
    "/v1/entities": 4,
    "/v1/entities?sort=name:asc": 4,
    "/v1/entities?sort=first_seen:desc": 4,
    "/v1/entities?sort=quotes:desc": 4,
}


@pytest.mark.parametrize("limit", [1, 2, 7, 50, 200])
@pytest.mark.parametrize("path", LISTS)
def test_pages_hold_every_row_once(client: httpx.Client, path: str, limit: int) -> None:
    if limit == 1 and LISTS[path] > ARTICLES:
        limit = 3
    joint = "&" if "?" in path else "?"
    found = list(pages(client, f"{path}{joint}limit={limit}"))
    rows = [row["id"] for page in found for row in page["results"]]
    assert len(rows) == len(set(rows)) == LISTS[path]
    assert all(len(page["results"]) == limit for page in found[:-1])
    assert {(p["total"]["value"], p["total"]["relation"]) for p in found} == {(len(rows), "eq")}
    assert found[-1]["next"] is None


def test_lists_are_newest_first(client: httpx.Client) -> None:
    titles = [row["title"] for page in pages(client, "/v1/articles") for row in page["results"]]
    assert titles == [f"Pier {n}" for n in reversed(range(ARTICLES))]


def test_next_is_absolute_and_in_the_link_header(client: httpx.Client) -> None:
    response = client.get("/v1/quotes?limit=2&speaker=" + uid(MIRA))
    following = response.json()["next"]
    assert following.startswith(str(client.base_url))
    assert response.headers["link"] == f'<{following}>; rel="next"'
    assert "link" not in client.get("/v1/entities").headers


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(limit=st.integers(1, 5), arrivals=st.lists(st.integers(-40, 40), max_size=6))
def test_articles_that_arrive_between_pages_neither_repeat_nor_hide_a_row(
    own: httpx.Client, engine: Engine, limit: int, arrivals: list[int]
) -> None:
    for number in range(100, 108):
        store(engine, newsroom.article(number))
    before = set(ids(own, "/v1/quotes?limit=200"))
    seen: list[str] = []
    following: str | None = f"/v1/quotes?limit={limit}"
    waiting = [104 + a for a in arrivals]
    while following is not None:
        page = own.get(following).json()
        seen += [row["id"] for row in page["results"]]
        following = page["next"]
        if waiting:
            store(engine, newsroom.article(1000 + waiting.pop()))
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_rows_of_the_same_moment_are_all_listed(own: httpx.Client, engine: Engine) -> None:
    moment = datetime(2031, 3, 1, tzinfo=UTC)
    same = PrintedTime(moment.replace(tzinfo=None), Precision.DAY, "1 March 2031", moment)
    for number in range(9):
        store(engine, newsroom.article(number, published=same))
    found = ids(own, "/v1/articles?limit=2")
    assert len(found) == len(set(found)) == 9


QUOTE_FILTERS = [
    (f"speaker={uid(MIRA)}&speaker={uid(TOMAS)}", 3 * ARTICLES),
    (f"speaker={uid(MIRA)}&about={uid(LINDHOLM)}", ARTICLES),
    (f"speaker={uid(TOMAS)}&about={uid(LINDHOLM)}", 0),
    (f"about={uid(LINDHOLM)}&about={uid(WATCH)}", ARTICLES),
    ("speaker=e_nobody", 0),
    (f"speaker=e_nobody&speaker={uid(TOMAS)}", ARTICLES),
    ("about=e_nobody", 0),
    ("kind=direct", ARTICLES),
    ("kind=direct&kind=mixed", ARTICLES),
    ("kind=direct&kind=indirect", 4 * ARTICLES),
    ("speaker_status=unnamed", ARTICLES),
    ("polarity=denied", ARTICLES),
    ("cue_class=feeling", ARTICLES),
    ("polarity=denied&cue_class=feeling", 0),
    ("min_confidence=0", 3 * ARTICLES),
    ("min_confidence=0.412", 3 * ARTICLES),
    ("min_confidence=0.9", 2 * ARTICLES),
    ("min_confidence=0.91", ARTICLES),
    ("min_confidence=1", 0),
    ("min_confidence=0&speaker_status=unnamed", 0),
    (f"min_confidence=0.9&speaker={uid(MIRA)}&polarity=denied", ARTICLES),
    (f"min_confidence=0.91&about={uid(LINDHOLM)}", 0),
    ("min_confidence=0.9&published_from=2031-03-02", 2),
    ("publisher=Lindholm+Post&kind=direct", 8),
    ("publisher=lindholm+post", 0),
    ("published_from=2031-03-02&kind=direct", 1),
    ("published_to=2031-03-02&kind=direct", 24),
    ("published_from=2031-03-01T00:30:00Z&published_to=2031-03-01T02:30:00Z&kind=direct", 2),
    ("published_from=2031-03-01T02:30:00%2B02:00&published_to=2031-03-01T01:30:00Z", 4),
    ("published_from=2031-03-02&published_to=2031-03-01", 0),
    ("published_from=0001-01-01&kind=direct", ARTICLES),
    ("published_to=9999-12-31&kind=direct", ARTICLES),
    ("published_from=0001-01-01T00:00:00%2B14:00&kind=direct", ARTICLES),
    ("published_to=9999-12-31T23:59:59-12:00&kind=direct", ARTICLES),
]


@pytest.mark.parametrize(("query", "count"), QUOTE_FILTERS)
def test_filters_of_quotes(client: httpx.Client, query: str, count: int) -> None:
    page = client.get(f"/v1/quotes?limit=200&{query}").json()
    assert len(page["results"]) == page["total"]["value"] == count


def test_a_confidence_as_answered_is_a_bound_that_its_quote_passes(client: httpx.Client) -> None:
    for quote in client.get("/v1/quotes?limit=200&min_confidence=0").json()["results"]:
        assert quote["confidence"] is not None
        found = ids(client, f"/v1/quotes?limit=200&min_confidence={quote['confidence']}")
        assert quote["id"] in found


def test_the_quotes_of_an_article_have_a_least_confidence_too(client: httpx.Client) -> None:
    [article, *_] = ids(client, "/v1/articles?limit=1")
    path = f"/v1/articles/{article}/quotes"
    every = client.get(path).json()["results"]
    assert [quote["confidence"] for quote in every] == [0.97, 0.9, None, 0.412]
    for least, left in (("0", [0, 1, 3]), ("0.9", [0, 1]), ("1", [])):
        page = client.get(f"{path}?min_confidence={least}").json()
        assert page["results"] == [every[n] for n in left]
        assert page["total"] == {"value": len(left), "relation": "eq"}
    assert ids(client, f"{path}?min_confidence=0&limit=1") == [every[n]["id"] for n in (0, 1, 3)]


ARTICLE_FILTERS = [
    ("url=https://news.example/pier/3", 1),
    ("url=http://www.news.example/pier/3/%23top&url=https://news.example/pier/4", 2),
    ("url=https://news.example/pier/999", 0),
    (f"entity={uid(LINDHOLM)}", ARTICLES),
    ("entity=e_nobody", 0),
    (f"speaker={uid(TOMAS)}", ARTICLES),
    (f"speaker={uid(WATCH)}", 0),
    ("language=de", 13),
    ("language=de&language=en", ARTICLES),
    ("publisher=The+Aster+Courier", 9),
    ("published_from=2031-03-02", 1),
]


@pytest.mark.parametrize(("query", "count"), ARTICLE_FILTERS)
def test_filters_of_articles(client: httpx.Client, query: str, count: int) -> None:
    page = client.get(f"/v1/articles?limit=200&{query}").json()
    assert len(page["results"]) == page["total"]["value"] == count


ENTITY_FILTERS = [
    ("/v1/entities?q=mira", ["Mira Kovalenko"]),
    ("/v1/entities?q=KOVAL", ["Mira Kovalenko"]),
    ("/v1/entities?q=mira++kov", ["Mira Kovalenko"]),
    ("/v1/entities?q=100%25_w", ["Harbour Watch"]),
    ("/v1/entities?q=100%25%25", []),
    ("/v1/entities?q=%25", []),
    ("/v1/entities?q=_ira", []),
    ("/v1/entities?q=.", []),
    ("/v1/entities?q='%3B--", []),
    ("/v1/entities?kind=location", ["Lindholm"]),
    ("/v1/entities?kind=location&kind=organisation&sort=name:asc", ["Harbour Watch", "Lindholm"]),
    (f"/v1/entities?min_mentions={ARTICLES + 1}", ["Mira Kovalenko"]),
    ("/v1/people?sort=name:asc", ["Mira Kovalenko", "Tomas Quillfeather"]),
    ("/v1/people?sort=quotes:desc", ["Mira Kovalenko", "Tomas Quillfeather"]),
    ("/v1/people?q=lind", []),
    ("/v1/organisations", ["Harbour Watch"]),
    ("/v1/locations", ["Lindholm"]),
]


@pytest.mark.parametrize(("path", "names"), ENTITY_FILTERS)
def test_filters_of_entities(client: httpx.Client, path: str, names: list[str]) -> None:
    page = client.get(path).json()
    assert [row["name"] for row in page["results"]] == names
    assert page["total"]["value"] == len(names)


def test_only_a_sort_by_what_never_changes_is_stable(client: httpx.Client) -> None:
    stable = {
        sort: client.get(f"/v1/entities?sort={sort}").json()["stable"]
        for sort in ("mentions:desc", "quotes:desc", "name:asc", "first_seen:desc")
    }
    assert [sort for sort, is_stable in stable.items() if is_stable] == ["name:asc"]


def test_a_day_is_the_day_as_printed_and_an_unknown_one_in_no_period(
    own: httpx.Client, engine: Engine, undated: PrintedTime
) -> None:
    west = PrintedTime(
        datetime(2031, 3, 1, 22),
        Precision.MINUTE,
        "2031-03-01T22:00:00-05:00",
        datetime(2031, 3, 2, 3, tzinfo=UTC),
    )
    zoned = store(engine, newsroom.article(1, published=west))
    zoneless = store(engine, newsroom.article(2, published=undated))
    unknown = store(engine, newsroom.article(3, published=None))
    assert set(ids(own, "/v1/articles")) == {zoned, zoneless, unknown}
    day = "published_from=2031-03-01&published_to=2031-03-02"
    assert set(ids(own, f"/v1/articles?{day}")) == {zoned, zoneless}
    utc = "published_from=2031-03-01T00:00:00Z&published_to=2031-03-02T00:00:00Z"
    assert ids(own, f"/v1/articles?{utc}") == [zoneless]
    assert set(ids(own, "/v1/articles?published_to=2040-01-01")) == {zoned, zoneless}


def test_merged_ids_find_what_they_were_merged_into(own: httpx.Client, engine: Engine) -> None:
    store(engine, newsroom.article(1))
    chain = ["e_old", "e_older"]
    with engine.begin() as connection:
        target = connection.scalar(
            text("SELECT pk FROM entity WHERE uid = :uid"), {"uid": uid(MIRA)}
        )
        for old in chain:
            connection.execute(
                text(
                    "INSERT INTO entity (uid, kind, name, norm, merged_into, status, first_seen, "
                    "last_seen, articles, mentions, quotes, quoted_about) VALUES (:uid, 'person', "
                    "'M', 'm', :target, 'active', '2031-01-01', '2031-01-01', 0, 9, 0, 0)"
                ),
                {"uid": old, "target": target},
            )
            target = connection.scalar(text("SELECT pk FROM entity WHERE uid = :u"), {"u": old})
    assert len(ids(own, "/v1/quotes?speaker=e_older")) == 2
    assert len(ids(own, "/v1/articles?entity=e_old")) == 1
    assert len(ids(own, f"/v1/quotes?speaker=e_older&speaker={uid(MIRA)}")) == 2
    assert "e_old" not in ids(own, "/v1/entities")
    response = own.get("/v1/entities/e_older")
    assert response.status_code == 308
    assert response.headers["location"] == f"{own.base_url}/v1/entities/{uid(MIRA)}"
    assert response.headers["cache-control"] == "no-cache"
    followed = own.get("/v1/entities/e_older/quotes?limit=1", follow_redirects=True)
    assert followed.url.path == f"/v1/entities/{uid(MIRA)}/quotes"
    assert len(followed.json()["results"]) == 1


def test_an_article_extracted_again_shows_its_newest_extraction_only(
    own: httpx.Client, engine: Engine
) -> None:
    document = newsroom.article(1)
    article = store(engine, document)
    first = own.get(f"/v1/articles/{article}/quotes?limit=1").json()
    lost = ids(own, f"/v1/articles/{article}/quotes")[3]
    again = newsroom.INFO.__class__("0.2.0", "test_model-1", "digest", "settings")
    store(engine, document, info=again, keep=3)
    left = own.get(f"/v1/articles/{article}/quotes").json()
    assert len(left["results"]) == 3
    assert {q["provenance"]["extractor"] for q in left["results"]} == {"0.2.0"}
    assert own.get(f"/v1/quotes/{lost}").status_code == 410
    assert len(ids(own, "/v1/quotes")) == 3
    stale = own.get(first["next"])
    assert (stale.status_code, stale.json()["title"]) == (422, "Invalid cursor")


@pytest.mark.parametrize(("status", "answer"), [("withdrawn", 410), ("withheld", 404)])
def test_what_belongs_to_a_withdrawn_article_is_not_shown(
    own: httpx.Client, engine: Engine, status: str, answer: int
) -> None:
    article = store(engine, newsroom.article(1))
    [quote, *_] = ids(own, "/v1/quotes")
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET status = :s"), {"s": status})
    assert ids(own, "/v1/quotes") == ids(own, "/v1/articles") == []
    paths = [f"/v1/articles/{article}{part}" for part in ("", "/entities", "/quotes")]
    for path in (*paths, f"/v1/quotes/{quote}"):
        assert own.get(path).status_code == answer


def test_a_total_is_counted_up_to_a_cap(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.read.base.COUNT_CAP", 30)
    assert client.get("/v1/quotes").json()["total"] == {"value": 30, "relation": "gte"}
    assert client.get("/v1/quotes?kind=direct").json()["total"]["relation"] == "eq"


def test_paging_goes_through_a_long_list_in_the_middle_of_a_day(client: httpx.Client) -> None:
    start = datetime(2031, 3, 1, 0, 30, tzinfo=UTC) + timedelta(hours=5)
    query = f"published_from={start:%Y-%m-%dT%H:%M:%SZ}&published_to=2031-03-01T20:00:00Z"
    assert len(ids(client, f"/v1/articles?limit=4&{query}")) == 15
