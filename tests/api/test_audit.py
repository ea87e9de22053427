from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Engine

from app.api import access
from app.store.audit import AuditEntry, record
from app.store.session import writing
from tests.api.guarded import BEHIND_A_PROXY, ELSEWHERE, guarded, key
from tests.api.newsroom import results
from tests.api.test_problems import check


@pytest.fixture
def server(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setattr(access, "FRESH", 0.0)
    with guarded(engine, max_request_bytes=1_000, write_rate_limit="6/hour") as client:
        yield client


def rows(client: httpx.Client, headers: dict[str, str] | None = None) -> list[tuple[object, ...]]:
    """Actor, method, path and status of all rows, the oldest first."""
    listed = client.get("/v1/audit?limit=200", headers=headers or {})
    assert listed.status_code == 200
    entries = listed.json()["results"][::-1]
    return [tuple(e[name] for name in ("actor", "method", "path", "status")) for e in entries]


def test_each_write_is_a_row_refused_ones_too(server: httpx.Client, engine: Engine) -> None:
    local = server.post("/v1/things", headers={"x-request-id": "r-1"})
    assert local.status_code == 200
    [entry] = server.get("/v1/audit").json()["results"]
    assert (entry["request_id"], entry["address"]) == ("r-1", "127.0.0.1")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry["at"])) < timedelta(minutes=1)

    uid, writer = key(engine, "write", "night desk")
    admin_uid, admin = key(engine, "admin")
    assert server.post("/v1/things?note=secret", json={"a": "secret"}, headers=writer).is_success
    server.post("/v1/things")
    server.post("/v1/things", headers={"authorization": "Bearer nonsense"})
    server.delete("/v1/things/7", headers=writer)
    server.post("/v1/things", content=b"x" * 2_000, headers=writer)
    server.delete("/v1/things/broken", headers=admin)
    assert rows(server, admin) == [
        ("local", "POST", "/v1/things", 200),
        (uid, "POST", "/v1/things", 200),
        ("anonymous", "POST", "/v1/things", 401),
        ("anonymous", "POST", "/v1/things", 401),
        (uid, "DELETE", "/v1/things/7", 403),
        (uid, "POST", "/v1/things", 413),
        (admin_uid, "DELETE", "/v1/things/broken", 500),
    ]
    assert "secret" not in server.get("/v1/audit", headers=admin).text


def test_what_stores_nothing_is_no_row(server: httpx.Client) -> None:
    server.get("/v1/quotes")
    server.post("/v1/extract", json={"text": "Pier 1 opens."})
    server.post("/v1/none")
    server.put("/v1/things")
    server.get("/v1/things")
    server.options("/v1/things")
    assert rows(server) == []


def test_many_refusals_for_their_number_are_one_row(server: httpx.Client, engine: Engine) -> None:
    _, admin = key(engine, "admin")
    found = [server.post("/v1/things", headers=ELSEWHERE).status_code for _ in range(10)]
    assert found == [401] * 6 + [429] * 4
    assert [row[3] for row in rows(server, admin)] == [401] * 6 + [429]


def test_a_path_is_a_line_and_bounded(server: httpx.Client) -> None:
    server.delete("/v1/things/a%0Ab%00%1B%5B31m%E2%80%AE'; DROP TABLE audit; --")
    server.delete("/v1/things/" + "x" * 2_000)
    [first, second] = rows(server)
    assert first[2] == "/v1/things/a%0Ab%00%1B%5B31m%E2%80%AE';%20DROP%20TABLE%20audit;%20--"
    assert len(str(second[2])) == 500


def test_the_address_is_the_clients_where_its_proxy_is_trusted(engine: Engine) -> None:
    _, admin = key(engine, "admin")
    with guarded(engine, **BEHIND_A_PROXY) as client:
        client.post("/v1/things", headers=ELSEWHERE)
        [entry] = client.get("/v1/audit", headers=admin).json()["results"]
        assert entry["address"] == "203.0.113.5"


def test_an_answer_is_not_lost_with_its_row(
    server: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("app.store.audit.record", fail)
    assert server.post("/v1/things").json() == "local"
    assert "the log of writes lacks a row" in caplog.text
    assert "/v1/things" in caplog.text


def test_pages_of_the_log_neither_repeat_nor_skip(server: httpx.Client, engine: Engine) -> None:
    at = datetime(2031, 3, 1, tzinfo=UTC)
    with writing(engine) as connection:
        for number in range(11):
            moment = at + timedelta(seconds=number // 3)
            path = f"/v1/quotes/{number}"
            record(connection, AuditEntry(moment, "k_1", None, "PATCH", path, 200, None))
    listed = [entry["path"] for entry in results(server, "/v1/audit?limit=2")]
    assert listed == [f"/v1/quotes/{number}" for number in reversed(range(11))]
    cursor = httpx.URL(server.get("/v1/audit?limit=2").json()["next"]).params["cursor"]
    check(server.get("/v1/articles", params={"cursor": cursor}), 422, "invalid-cursor")
    check(server.get("/v1/audit?actor=k_1"), 422, "unknown-parameter")
