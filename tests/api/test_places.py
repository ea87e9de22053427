"""Places, roles and salience over HTTP, and the map of locations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import Located
from tests.api import newsroom
from tests.api.conftest import ARTICLES
from tests.api.newsroom import COAST, INLAND, LINDHOLM, MIRA, WATCH, ids, pages, store, uid

GEOJSON = "application/geo+json"
MAP = "/v1/locations.geojson"


def test_an_entity_has_its_roles_and_no_place(client: httpx.Client) -> None:
    found = client.get(f"/v1/entities/{uid(MIRA)}").json()
    assert found["roles"] == [
        {
            "text": "engineer",
            "articles": ARTICLES,
            "first_seen": "2031-03-01",
            "last_seen": "2031-03-02",
        }
    ]
    assert found["place"] is None
    assert client.get(f"/v1/entities/{uid(WATCH)}").json()["roles"] == []


def test_a_location_has_its_place(client: httpx.Client) -> None:
    assert client.get(f"/v1/entities/{uid(LINDHOLM)}").json()["place"] == {
        "key": "geonames:1",
        "name": "Lindholm",
        "kind": "town",
        "lat": 54.75,
        "lon": 8.875,
        "country": "DE",
        "region": "Schleswig-Holstein",
        "confidence": 0.75,
        "alternatives": [
            {
                "key": "geonames:2",
                "name": "Lindholm",
                "kind": "town",
                "lat": 57.0,
                "lon": 14.5,
                "country": "SE",
                "region": "Kronobergs län",
                "score": 0.25,
            }
        ],
    }


def test_an_article_says_where_it_means_and_the_entity_where_most_do(
    own: httpx.Client, engine: Engine
) -> None:
    inland = store(engine, newsroom.article(1), located=Located(INLAND, 0.9))
    for number in (2, 3):
        store(engine, newsroom.article(number))
    places = {
        row["name"]: row["place"]
        for row in own.get(f"/v1/articles/{inland}/entities").json()["results"]
    }
    assert places["Lindholm"]["country"] == "SE"
    assert places["Lindholm"]["confidence"] == 0.9
    assert places["Mira Kovalenko"] is None
    place = own.get(f"/v1/entities/{uid(LINDHOLM)}").json()["place"]
    # Shares are means over the three articles: (0.75 + 0.75) / 3 and (0.25 + 0.25 + 0.9) / 3.
    assert (place["country"], place["confidence"]) == ("DE", 0.5)
    assert [other["score"] for other in place["alternatives"]] == [0.4667]


def test_entities_of_an_article_by_salience(client: httpx.Client) -> None:
    [article] = ids(client, "/v1/articles?url=https://news.example/pier/3")
    path = f"/v1/articles/{article}/entities"
    rows = client.get(path).json()["results"]
    assert [row["salience"] for row in rows] == [0.9, 0.3, 0.6, 0.2]
    assert [role["text"] for role in rows[0]["roles"]] == ["engineer"]
    assert rows[1]["roles"] == []
    for limit in (1, 2, 3, 4):
        found = pages(client, f"{path}?sort=salience:desc&limit={limit}")
        names = [row["name"] for page in found for row in page["results"]]
        assert names == ["Mira Kovalenko", "Lindholm", "Harbour Watch", "Tomas Quillfeather"]


def test_entities_of_unknown_salience_come_last(own: httpx.Client, engine: Engine) -> None:
    article = store(engine, newsroom.article(1))
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM extraction_entity WHERE salience > 0.5")
    path = f"/v1/articles/{article}/entities?sort=salience:desc&limit=1"
    found = [row for page in pages(own, path) for row in page["results"]]
    assert [row["salience"] for row in found] == [0.3, 0.2, None, None]
    assert {row["name"] for row in found[2:]} == {"Lindholm", "Mira Kovalenko"}


def test_a_cursor_belongs_to_its_order(client: httpx.Client) -> None:
    [article] = ids(client, "/v1/articles?url=https://news.example/pier/3")
    page = client.get(f"/v1/articles/{article}/entities?limit=1").json()
    other = page["next"] + "&sort=salience:desc"
    assert client.get(other).status_code == 422


def test_locations_as_geojson(client: httpx.Client) -> None:
    response = client.get(MAP)
    assert response.headers["content-type"] == GEOJSON
    assert response.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": uid(LINDHOLM),
                "geometry": {"type": "Point", "coordinates": [8.875, 54.75]},
                "properties": {
                    "name": "Lindholm",
                    "place": "Lindholm",
                    "place_key": "geonames:1",
                    "place_kind": "town",
                    "country": "DE",
                    "region": "Schleswig-Holstein",
                    "confidence": 0.75,
                    "articles": ARTICLES,
                    "mentions": ARTICLES,
                    "quoted_about": ARTICLES,
                    "first_seen": "2031-03-01",
                    "last_seen": "2031-03-02",
                },
            }
        ],
        "next": None,
        "total": {"value": 1, "relation": "eq"},
        "stable": False,
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=lind", ["Lindholm"]),
        ("q=mira", []),
        (f"min_mentions={ARTICLES}", ["Lindholm"]),
        (f"min_mentions={ARTICLES + 1}", []),
        ("sort=name:asc", ["Lindholm"]),
    ],
)
def test_the_map_has_the_filters_of_locations(
    client: httpx.Client, query: str, names: list[str]
) -> None:
    drawn = [f["properties"]["name"] for f in client.get(f"{MAP}?{query}").json()["features"]]
    listed = client.get(f"/v1/locations?{query}").json()["results"]
    assert drawn == names == [row["name"] for row in listed]


def test_a_kind_is_no_filter_of_the_map(client: httpx.Client) -> None:
    response = client.get(f"{MAP}?kind=location")
    assert response.status_code == 422
    assert "There is no parameter 'kind'" in response.json()["detail"]


def _features(client: httpx.Client, path: str) -> tuple[list[str], int]:
    """The ids of the features on all pages, and how many pages there are."""
    following: str | None = path
    found: list[str] = []
    count = 0
    while following is not None:
        response = client.get(following)
        page: dict[str, Any] = response.json()
        following = page["next"]
        assert ("link" in response.headers) is (following is not None)
        found += [feature["id"] for feature in page["features"]]
        count += 1
    return found, count


def test_the_map_is_paged_and_leaves_out_what_is_not_on_it(
    own: httpx.Client, engine: Engine
) -> None:
    store(engine, newsroom.article(1))
    with engine.begin() as connection:
        for n in range(7):
            connection.exec_driver_sql(
                "INSERT INTO entity (uid, kind, name, norm, status, first_seen, last_seen, "
                "articles, mentions, quotes, quoted_about) SELECT 'e_' || ?, kind, 'Isle ' || ?, "
                "'isle ' || ?, status, first_seen, last_seen, 1, ?, 0, 0 "
                "FROM entity WHERE name = 'Lindholm'",
                (n, n, n, n + 1),
            )
        connection.exec_driver_sql(
            "INSERT INTO entity_place SELECT pk, 'geonames:2', 1, 500 FROM entity "
            "WHERE norm LIKE 'isle %' AND mentions % 2 = 0"
        )
    found, count = _features(own, f"{MAP}?limit=2")
    assert found == ["e_5", "e_3", "e_1", uid(LINDHOLM)]
    assert count == 2
    assert len(ids(own, "/v1/locations")) == 8


def test_the_map_is_cached_and_negotiated(client: httpx.Client) -> None:
    first = client.get(MAP, headers={"accept": GEOJSON})
    assert first.status_code == 200
    again = client.get(MAP, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get(MAP, headers={"accept": "application/json"}).status_code == 200
    assert client.get(MAP, headers={"accept": f"*/*, {GEOJSON};q=0"}).status_code == 406
    refused = client.get(MAP, headers={"accept": "text/html"})
    assert (refused.status_code, GEOJSON in refused.json()["detail"]) == (406, True)
    # A list of entities is no GeoJSON.
    assert client.get("/v1/locations", headers={"accept": GEOJSON}).status_code == 406


def test_extraction_answers_with_roles_salience_and_places(client: httpx.Client) -> None:
    found = client.post("/v1/extract", json={"text": newsroom.text_of(7)}).json()["entities"]
    mira, _, _, lindholm = found
    assert ([role["text"] for role in mira["roles"]], mira["salience"]) == (["engineer"], 0.9)
    assert mira["place"] is None
    assert (lindholm["place"]["lat"], lindholm["place"]["lon"]) == (COAST.lat, COAST.lon)
    assert lindholm["place"]["alternatives"][0]["key"] == INLAND.key


def test_a_place_without_a_country_is_drawn_too(own: httpx.Client, engine: Engine) -> None:
    sea = replace(COAST, kind="sea", country=None, region=None)
    store(engine, newsroom.article(1), located=Located(sea, 1.0))
    [feature] = own.get(MAP).json()["features"]
    assert feature["properties"]["country"] is None
    assert feature["properties"]["confidence"] == 1.0
