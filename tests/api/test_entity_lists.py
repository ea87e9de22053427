from __future__ import annotations

import httpx
import pytest
from sqlalchemy import Engine

from app.store.session import writing
from tests.api import newsroom
from tests.api.conftest import ARTICLES
from tests.api.newsroom import LINDHOLM, MIRA, NOW, TOMAS, ids, pages, store, uid
from tests.api.test_problems import check

LISTS = [
    ("quoted_about", LINDHOLM, ARTICLES, "/v1/quotes?about="),
    ("quoted_about", MIRA, 0, "/v1/quotes?about="),
    ("articles", MIRA, ARTICLES, "/v1/articles?entity="),
    ("articles", TOMAS, ARTICLES, "/v1/articles?entity="),
]


@pytest.mark.parametrize("limit", [7, 50])
@pytest.mark.parametrize(("name", "entity", "count", "same"), LISTS)
def test_they_are_what_the_filters_find(
    client: httpx.Client,
    name: str,
    entity: newsroom.ArticleEntity,
    count: int,
    same: str,
    limit: int,
) -> None:
    found = list(pages(client, f"/v1/entities/{uid(entity)}/{name}?limit={limit}"))
    rows = [row for page in found for row in page["results"]]
    assert len(rows) == found[0]["total"]["value"] == count
    filtered = client.get(f"{same}{uid(entity)}&limit=200").json()["results"]
    # Lists that can be searched say more.
    assert rows == [
        {key: full[key] for key in row} for row, full in zip(rows, filtered, strict=True)
    ]


def test_quotes_about_an_entity_can_be_the_sure_ones_alone(client: httpx.Client) -> None:
    path = f"/v1/entities/{uid(LINDHOLM)}/quoted_about?limit=200"
    assert len(ids(client, f"{path}&min_confidence=0.9")) == ARTICLES
    assert ids(client, f"{path}&min_confidence=0.91") == []


@pytest.mark.parametrize("name", ["quoted_about", "articles"])
def test_entities_that_cannot_be_shown(own: httpx.Client, engine: Engine, name: str) -> None:
    store(engine, newsroom.article(1))
    check(own.get(f"/v1/entities/e_nobody/{name}"), 404, "not-found")
    check(own.get(f"/v1/entities/suggest/{name}"), 404, "not-found")
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO entity (uid, kind, name, norm, merged_into, status, is_renamed, "
            "first_seen, last_seen, articles, mentions, quotes, quoted_about) "
            "SELECT 'e_old', 'location', 'L', 'l', pk, 'active', 0, ?, ?, 0, 0, 0, 0 FROM entity "
            "WHERE name = 'Lindholm'",
            (str(NOW.replace(tzinfo=None)), str(NOW.replace(tzinfo=None))),
        )
    moved = own.get(f"/v1/entities/e_old/{name}?limit=1")
    assert moved.status_code == 308
    assert moved.headers["location"].endswith(f"/v1/entities/{uid(LINDHOLM)}/{name}?limit=1")
    assert moved.headers["cache-control"] == "no-cache"
    assert len(own.get(moved.headers["location"]).json()["results"]) == 1
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE entity SET status = 'suppressed'")
    for entity in ("e_old", uid(LINDHOLM)):
        check(own.get(f"/v1/entities/{entity}/{name}"), 410, "gone")


@pytest.mark.parametrize("name", ["quoted_about", "articles"])
def test_a_cursor_belongs_to_its_list(client: httpx.Client, name: str) -> None:
    path = f"/v1/entities/{uid(LINDHOLM)}/{name}"
    following = client.get(f"{path}?limit=2").json()["next"]
    assert httpx.URL(following).path == path
    cursor = httpx.URL(following).params["cursor"]
    other = f"/v1/entities/{uid(MIRA)}/{name}?limit=2&cursor={cursor}"
    check(client.get(other), 422, "invalid-cursor")
    check(client.get(f"{path}?limit=201"), 422, "invalid-parameter")
