"""Statistics as callers meet them; what they count is tested in tests/store/read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import Engine, text

from app.main import create_app
from app.store import migrate
from app.store.session import open_database
from tests.api import newsroom
from tests.api.conftest import ARTICLES, settings_for
from tests.api.newsroom import MIRA, ids, pages, results
from tests.api.test_problems import check
from tests.store.read import chance
from tests.store.read.chance import MERGED, SUPPRESSED, Said, uid

World = tuple[httpx.Client, list[Said]]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A client of a server on a record by chance, and the record's quotes."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('statistics') / 'onrecord.db'}")
    migrate.upgrade(engine)
    with engine.begin() as making:
        said = chance.fill(making, seed=5)
    with newsroom.asking(create_app(settings_for(engine), newsroom.StubExtractor)) as made:
        yield made, said
    engine.dispose()


BELOW = ("related", "related?sort=strength:desc", "timeline")
EVERYTHING = (
    "/v1/stats/quotes?by=speaker",
    "/v1/stats/quotes?by=kind",
    "/v1/stats/quotes?by=week",
    "/v1/stats/facets",
    "/v1/stats/rising",
    "/v1/publishers",
    *(f"/v1/entities/{uid(0)}/{path}" for path in BELOW),
)


@pytest.mark.parametrize("path", EVERYTHING)
def test_answers_are_json_with_a_tag(counted: World, path: str) -> None:
    client, _ = counted
    first = client.get(path)
    assert first.status_code == 200, first.text
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", BELOW)
def test_a_merged_entity_leads_to_the_one_that_stayed(counted: World, path: str) -> None:
    client, _ = counted
    answer = client.get(f"/v1/entities/{uid(MERGED)}/{path}")
    assert answer.status_code == 308
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["location"] == f"{client.base_url}/v1/entities/{uid(0)}/{path}"
    followed = client.get(answer.headers["location"])
    assert followed.json() == client.get(f"/v1/entities/{uid(0)}/{path}").json()


@pytest.mark.parametrize("path", BELOW)
def test_an_entity_that_is_not_shown_has_nothing(counted: World, path: str) -> None:
    client, _ = counted
    assert client.get(f"/v1/entities/{uid(SUPPRESSED)}/{path}").status_code == 410
    assert client.get(f"/v1/entities/e_nobody/{path}").status_code == 404


def test_related_entities_come_with_counts_and_a_strength(counted: World) -> None:
    client, _ = counted
    path = f"/v1/entities/{uid(0)}/related"
    [page] = pages(client, path)
    assert page["stable"] is False
    assert page["window"] is None
    for row in page["results"]:
        assert 0 < row["articles"] <= row["counts"]["articles"]
    shown = [row["id"] for row in page["results"]]
    assert shown
    assert not {uid(SUPPRESSED), uid(MERGED), uid(0)} & set(shown)
    for sort in ("articles:desc", "strength:desc"):
        assert sorted(ids(client, f"{path}?sort={sort}&limit=1")) == sorted(shown)
    strongest = client.get(f"{path}?sort=strength:desc&limit=1").json()
    assert strongest["window"] == {"most_co_mentioned": 1000, "is_whole": True}
    people = client.get(f"{path}?kind=person").json()["results"]
    assert {row["kind"] for row in people} == {"person"}


def test_a_cursor_belongs_to_its_sort(counted: World) -> None:
    client, _ = counted
    path = f"/v1/entities/{uid(0)}/related"
    following = client.get(f"{path}?limit=1&sort=strength:desc").json()["next"]
    other = following.replace("sort=strength%3Adesc", "sort=articles%3Adesc")
    other = other.replace("sort=strength:desc", "sort=articles:desc")
    assert client.get(following).status_code == 200
    assert other != following
    check(client.get(other), 422, "invalid-cursor")


@pytest.mark.parametrize("by", ["speaker", "publisher", "kind", "day", "week", "month"])
def test_values_are_what_filters_take(counted: World, by: str) -> None:
    client, _ = counted
    counts = client.get(f"/v1/stats/quotes?by={by}&limit=200").json()
    assert counts["total"] == client.get("/v1/quotes").json()["total"]
    for row in counts["results"]:
        assert ("entity" in row) is (by == "speaker")
        if row["value"] is None or by not in ("speaker", "publisher", "kind"):
            continue
        found = client.get("/v1/quotes", params={by: row["value"]}).json()
        assert found["total"] == {"value": row["quotes"], "relation": "eq"}


def test_facets_have_the_values_of_filters(counted: World) -> None:
    client, said = counted
    found = client.get(f"/v1/stats/facets?limit=50&speaker={uid(0)}&polarity=asserted").json()
    asserted = [q for q in said if q.speaker == 0 and q.polarity == "asserted"]
    assert found["total"] == {"value": len(asserted), "relation": "eq"}
    assert found["window"] == {
        "is_whole": True,
        "newest": 3000,
        "since": None,
        "basis": "quotes",
    }
    assert [row["value"] for row in found["facets"]["speaker"]["values"]] == [uid(0)]
    assert found["facets"]["about"]["values"]
    for name, facet in found["facets"].items():
        for row in facet["values"]:
            if name == "month":
                assert row["value"].endswith("-01")
            elif row["value"] is not None:
                more = client.get(
                    "/v1/quotes",
                    params=[("speaker", uid(0)), ("polarity", "asserted"), (name, row["value"])],
                )
                # What a filter is by already, its own value narrows no further.
                if name not in ("speaker", "polarity"):
                    assert more.json()["total"]["value"] == row["quotes"], name


def test_rising_speakers_name_the_days_that_are_compared(counted: World) -> None:
    client, said = counted
    found = client.get("/v1/stats/rising?days=7&min_quotes=1&until=2031-03-05").json()
    assert found["recent"]["published_from"] == "2031-02-27"
    assert found["recent"]["published_to"] == "2031-03-06"
    assert found["before"]["published_from"] == "2031-01-30"
    assert found["before"]["published_to"] == "2031-02-27"
    for row in found["results"]:
        recent = [q for q in said if "2031-02-27" <= q.day.isoformat() < "2031-03-06"]
        assert row["quotes"] == sum(
            q.speaker is not None and uid(q.speaker) == row["id"] for q in recent
        )
    newest = client.get("/v1/stats/rising").json()
    last = max(row["value"] for row in client.get("/v1/stats/quotes?by=day").json()["results"])
    assert newest["recent"]["published_to"] > last


def test_outlets_are_listed_by_their_articles(counted: World) -> None:
    client, said = counted
    rows = results(client, "/v1/publishers?limit=1")
    assert {row["name"] for row in rows} == {None, "The Aster Courier", "Lindholm Post"}
    for row in rows:
        assert row["quotes"] == sum(quote.publisher == row["name"] for quote in said)
        if row["name"] is not None:
            listed = client.get("/v1/articles", params={"publisher": row["name"]}).json()
            assert listed["total"]["value"] == row["articles"]


def test_a_record_of_nothing_is_counted(own: httpx.Client) -> None:
    for path in EVERYTHING[:6]:
        answer = own.get(path)
        assert answer.status_code == 200, answer.text
    assert own.get("/v1/publishers").json()["results"] == []
    assert own.get("/v1/stats/rising").json()["results"] == []


def test_the_timeline_leads_on_to_what_is_older(own: httpx.Client, engine: Engine) -> None:
    with engine.begin() as making:
        chance.fill(making, seed=5)
        making.execute(
            text(
                "WITH RECURSIVE d(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n < 1200) "
                "INSERT INTO entity_day (entity, day, articles, mentions, quotes, quoted_about) "
                "SELECT 8, date('2020-01-01', n || ' days'), 1, 1, 0, 0 FROM d WHERE true "
                "ON CONFLICT DO NOTHING"
            )
        )
        making.execute(text("UPDATE entity SET status = 'active' WHERE pk = 8"))
    path = f"/v1/entities/{uid(7)}/timeline?interval=day"
    newest = own.get(path).json()
    assert newest["window"] == {"newest": 1000, "is_whole": False}
    assert len(newest["results"]) == 1000
    older = own.get(f"{path}&published_to={newest['results'][0]['start']}").json()
    assert older["window"]["is_whole"]
    assert older["results"][-1]["start"] < newest["results"][0]["start"]
    assert len(older["results"]) + 1000 == 1201


HOSTILE = ("'; DROP TABLE quote; --", "\x00", "‮e_0", "NEAR(a b)", "ü" * 150, "*", "-1", "0")


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("/v1/stats/quotes?by=kind", name) for name in ("speaker", "about", "publisher")),
        *(("/v1/stats/facets", name) for name in ("speaker", "about", "publisher")),
    ],
)
def test_what_names_nothing_counts_nothing(
    counted: World, path: str, name: str, value: str
) -> None:
    client, _ = counted
    url = httpx.URL(path).copy_add_param(name, value)
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == {"value": 0, "relation": "eq"}


REFUSED = [
    "/v1/stats/quotes",
    "/v1/stats/quotes?by=nothing",
    "/v1/stats/quotes?by=kind&by=speaker",
    "/v1/stats/quotes?by=kind&limit=0",
    "/v1/stats/quotes?by=kind&limit=201",
    "/v1/stats/quotes?by=kind&cursor=x",
    "/v1/stats/quotes?by=kind&speakr=e_0",
    "/v1/stats/quotes?by=kind&published_from=yesterday",
    "/v1/stats/facets?limit=51",
    "/v1/stats/facets?by=kind",
    "/v1/stats/facets?min_confidence=2",
    "/v1/stats/rising?days=0",
    "/v1/stats/rising?days=32",
    "/v1/stats/rising?until=2031-02-30",
    "/v1/stats/rising?until=2031-02-03T00:00:00Z",
    "/v1/stats/rising?until=1",
    "/v1/stats/rising?until=٢٠٣١-٠٢-٠٣",
    "/v1/stats/rising?min_quotes=0",
    "/v1/stats/rising?min_quotes=99999999999999999999",
    "/v1/stats/rising?kind=thing",
    "/v1/publishers?cursor=bm90aGluZw",
    "/v1/publishers?q=a",
    f"/v1/entities/{uid(0)}/related?sort=strength",
    f"/v1/entities/{uid(0)}/related?limit=201",
    f"/v1/entities/{uid(0)}/related?kind=",
    f"/v1/entities/{uid(0)}/related?cursor=bm90aGluZw",
    f"/v1/entities/{uid(0)}/timeline?interval=year",
    f"/v1/entities/{uid(0)}/timeline?published_from=2031-03-01T00:00:00Z",
    f"/v1/entities/{uid(0)}/timeline?published_to=%00",
    f"/v1/entities/{uid(0)}/timeline?limit=5",
]


@pytest.mark.parametrize("path", REFUSED)
def test_what_cannot_be_answered_is_refused(counted: World, path: str) -> None:
    client, _ = counted
    answer = client.get(path)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_are_days_too(counted: World, day: str) -> None:
    client, _ = counted
    for path in (
        f"/v1/stats/rising?days=31&until={day}",
        f"/v1/entities/{uid(0)}/timeline?published_from={day}",
        f"/v1/entities/{uid(0)}/timeline?published_to={day}",
        f"/v1/stats/facets?published_from={day}",
        f"/v1/stats/quotes?by=week&published_to={day}&polarity=denied",
        f"/v1/stats/quotes?by=speaker&published_from={day}T00:00:00%2B14:00",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, answer.text


# --- a record that was written --------------------------------------------------------------------


def test_sums_that_writing_keeps_tell_what_lists_show(client: httpx.Client) -> None:
    quotes = results(client, "/v1/quotes?limit=200")
    for by, of in (
        ("speaker", lambda q: q["speaker"]["id"]),
        ("publisher", lambda q: q["article"]["publisher"]),
        ("day", lambda q: q["article"]["published"]["date"]),
    ):
        found = client.get(f"/v1/stats/quotes?by={by}&limit=200").json()
        assert found["window"]["basis"] == "sums"
        expected = Counter(of(quote) for quote in quotes)
        if by == "speaker":
            del expected[None]
        assert {row["value"]: row["quotes"] for row in found["results"]} == expected
        assert found["total"] == {"value": len(quotes), "relation": "eq"}


@pytest.mark.parametrize(
    "query",
    ["q=pier", "q=paid", "q=nothing+of+it", f"q=pier+-officials&speaker={newsroom.uid(MIRA)}"],
)
def test_what_a_search_finds_has_facets(client: httpx.Client, query: str) -> None:
    listed = results(client, f"/v1/quotes?{query}")
    found = client.get(f"/v1/stats/facets?{query}").json()
    assert found["total"] == {"value": len(listed), "relation": "eq"}
    by_kind = {row["value"]: row["quotes"] for row in found["facets"]["kind"]["values"]}
    assert by_kind == Counter(quote["kind"] for quote in listed)


def test_whoever_is_in_all_articles_is_not_related_for_that(client: httpx.Client) -> None:
    found = client.get(f"/v1/entities/{newsroom.uid(MIRA)}/related").json()
    assert len(found["results"]) == 3
    for row in found["results"]:
        assert row["articles"] == row["counts"]["articles"] == ARTICLES
        assert row["strength"] == 0


def test_a_timeline_has_what_was_written(client: httpx.Client) -> None:
    path = f"/v1/entities/{newsroom.uid(MIRA)}"
    counts = client.get(path).json()["counts"]
    [march] = client.get(f"{path}/timeline").json()["results"]
    assert march == {"start": "2031-03-01", **counts}
    days = client.get(f"{path}/timeline?interval=day").json()["results"]
    assert [day["start"] for day in days] == ["2031-03-01", "2031-03-02"]
    assert sum(day["quotes"] for day in days) == counts["quotes"]
