"""Keys, scopes, what is open without a key, and to whom."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, event

from app.api import access
from app.api.access import Access, KeyRing
from app.api.dependencies import Database
from app.main import create_app
from app.settings import Settings
from tests.api import newsroom
from tests.api.guarded import BEHIND_A_PROXY, ELSEWHERE, guarded, guarded_app, key, revoke
from tests.api.newsroom import store
from tests.api.test_problems import check

WRITE = ("POST", "/v1/things")
REMOVE = ("DELETE", "/v1/things/1")
READS = ("/v1/quotes", "/v1/articles", "/v1/none", "/docs", "/")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are looked up at each request."""
    monkeypatch.setattr(access, "FRESH", 0.0)


@pytest.fixture
def server(engine: Engine, soon: None) -> Iterator[httpx.Client]:
    with guarded(engine) as client:
        yield client


# --- scopes ---------------------------------------------------------------------------------------


def test_scopes_are_ordered(server: httpx.Client, engine: Engine) -> None:
    (_, reader), (_, writer), (uid, admin) = (key(engine, s) for s in ("read", "write", "admin"))
    check(server.request(*WRITE, headers=reader), 403, "insufficient-scope")
    check(server.request(*REMOVE, headers=writer), 403, "insufficient-scope")
    assert server.request(*WRITE, headers=writer).status_code == 200
    assert server.request(*WRITE, headers=admin).json() == uid
    assert server.request(*REMOVE, headers=admin).json() == uid
    assert server.get("/v1/audit", headers=admin).status_code == 200
    refused = server.get("/v1/audit", headers=writer)
    check(refused, 403, "insufficient-scope")
    assert refused.headers["www-authenticate"] == (
        'Bearer realm="onrecord", error="insufficient_scope", scope="admin"'
    )
    for headers in (reader, writer, admin):
        assert server.get("/v1/quotes", headers=headers).status_code == 200


def test_a_key_acts_under_its_label(server: httpx.Client, engine: Engine) -> None:
    _, headers = key(engine, "write", "night desk ☾")
    assert server.request(*WRITE, headers=headers).json() == "night desk ☾"


# --- wrong keys -----------------------------------------------------------------------------------

SHAPED = "onrecord_k_0123456789abcdef_" + "0" * 64
WRONG = [
    "",
    "Bearer",
    f"Bearer {SHAPED}",
    SHAPED,
    f"Basic {SHAPED}",
    "Basic dXNlcjpwYXNz",
    f"Bearer {SHAPED} x",
    f"Bearer {SHAPED}, Bearer {SHAPED}",
    "Bearer " + SHAPED.upper(),
    "Bearer onrecord_k_1'; DROP TABLE api_key; --",
    "Bearer onrecord_k_%_%",
    "Bearer ключ".encode(),
    b"Bearer \xff\xfe",
    "Bearer " + "x" * 60_000,
]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    ("method", "path"), [WRITE, REMOVE, *(("GET", p) for p in READS), ("HEAD", READS[0])]
)
def test_a_wrong_key_is_refused_even_where_none_is_needed(
    guarded_world: httpx.Client, method: str, path: str, wrong: str | bytes
) -> None:
    response = guarded_world.request(method, path, headers={"authorization": wrong})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="onrecord", error="invalid_token"'
    if method != "HEAD":
        check(response, 401, "invalid-key")
        assert SHAPED not in response.text


@pytest.fixture(scope="module")
def guarded_world(world: Engine) -> Iterator[httpx.Client]:
    """Without keys: everything is open to this machine."""
    with guarded(world) as client:
        yield client


def test_two_keys_are_none(server: httpx.Client, engine: Engine) -> None:
    _, headers = key(engine, "admin")
    twice = [*headers.items(), *headers.items()]
    check(server.get("/v1/quotes", headers=twice), 401, "invalid-key")


@pytest.mark.parametrize("value", [b"Bearer a\0b", b"Bearer " + b"x" * 1_000_000])
def test_a_header_that_is_no_http_ends_the_request(
    guarded_world: httpx.Client, value: bytes
) -> None:
    head = b"GET /v1/quotes HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n" % value
    address = (guarded_world.base_url.host, guarded_world.base_url.port)
    with socket.create_connection(address) as sock:
        sock.settimeout(10)
        try:
            sock.sendall(head)
            received = sock.recv(65536)
        except ConnectionError:
            received = b""
    assert not received or received.split()[1] in (b"400", b"401", b"431")
    assert guarded_world.get("/v1/quotes").status_code == 200


def test_a_key_that_is_not_of_the_scheme_bearer_or_altered_opens_nothing(
    server: httpx.Client, engine: Engine
) -> None:
    uid, headers = key(engine, "admin")
    _, other = key(engine, "admin")
    good = headers["authorization"].removeprefix("Bearer ")
    assert server.request(*WRITE, headers={"authorization": f"bearer  {good}"}).json() == uid
    swapped = f"onrecord_{uid}_{other['authorization'].rpartition('_')[2]}"
    for wrong in (f"Token {good}", f"Bearer {good[:-1]}", f"Bearer {good}0", f"Bearer {swapped}"):
        check(server.request(*WRITE, headers={"authorization": wrong}), 401, "invalid-key")


def test_a_key_in_the_address_is_no_key(server: httpx.Client, engine: Engine) -> None:
    _, headers = key(engine, "admin")
    good = headers["authorization"].removeprefix("Bearer ")
    assert server.get(f"/v1/audit?key={good}").status_code in (401, 422)
    assert server.get(f"/v1/quotes?access_token={good}").status_code == 422


def test_what_watches_the_server_needs_no_key_and_none_is_looked_at(
    guarded_world: httpx.Client,
) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        assert guarded_world.get(path, headers={"authorization": "nonsense"}).status_code == 200


def test_a_revoked_key_is_refused(server: httpx.Client, engine: Engine) -> None:
    uid, headers = key(engine, "write")
    assert server.request(*WRITE, headers=headers).status_code == 200
    revoke(engine, uid)
    check(server.request(*WRITE, headers=headers), 401, "invalid-key")
    check(server.get("/v1/quotes", headers=headers), 401, "invalid-key")
    # And what the key had closed stays closed.
    check(server.request(*WRITE), 401, "key-required")


def test_a_key_is_looked_up_again_after_a_moment(engine: Engine) -> None:
    database = Database(str(engine.url))
    now = 0.0
    ring = KeyRing(database, lambda: now)
    uid, _ = key(engine, "write")
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1

    async def look_up() -> None:
        nonlocal now
        assert await ring.any()
        found = await ring.find(uid)
        assert found is not None
        assert found.revoked_at is None
        assert await ring.find("k_none") is None
        event.listen(database.engine(), "before_cursor_execute", count)
        revoke(engine, uid)
        now = access.FRESH - 0.1
        assert await ring.find(uid) == found
        assert await ring.find("k_none") is None
        assert await ring.any()
        assert asked == 0
        now = access.FRESH
        found = await ring.find(uid)
        assert found is not None
        assert found.revoked_at is not None
        assert asked > 0

    asyncio.run(look_up())
    database.close()


def test_keys_that_are_made_up_do_not_pile_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "REMEMBERED", 3)
    database = Database(str(engine.url))
    ring = KeyRing(database)

    async def look_up() -> None:
        for number in range(10):
            await ring.find(f"k_{number}")
            assert len(ring._remembered) <= 3

    asyncio.run(look_up())
    database.close()


def test_without_a_key_no_read_asks_the_database_for_one(
    world: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise AssertionError("keys were looked up")

    monkeypatch.setattr("app.store.keys.find_key", fail)
    monkeypatch.setattr("app.store.keys.any_key", fail)
    with guarded(world) as client:
        for path in READS:
            assert client.get(path).status_code in (200, 404)


def test_a_database_that_cannot_be_read_refuses_keys_for_now(nowhere: httpx.Client) -> None:
    headers = {"authorization": f"Bearer {SHAPED}"}
    response = nowhere.get("/v1/quotes", headers=headers)
    check(response, 503, "store-unavailable")
    assert response.headers["retry-after"] == "5"
    check(nowhere.get("/v1/audit"), 503, "store-unavailable")


# --- what is open without a key -------------------------------------------------------------------


def test_this_machine_writes_as_long_as_there_was_no_key(
    server: httpx.Client, engine: Engine
) -> None:
    assert server.request(*WRITE).json() == "local"
    assert server.request(*REMOVE).json() == "local"
    assert server.get("/v1/audit").status_code == 200
    key(engine, "read")
    response = server.request(*WRITE)
    assert "onrecord keys create --scope write" in check(response, 401, "key-required")["detail"]
    assert response.headers["www-authenticate"] == 'Bearer realm="onrecord"'
    check(server.request(*REMOVE), 401, "key-required")
    check(server.get("/v1/audit"), 401, "key-required")
    assert server.get("/v1/quotes").status_code == 200


NOT_LOCAL = [
    ELSEWHERE,
    {"x-forwarded-for": "127.0.0.1"},
    {"x-forwarded-for": ""},
    {"forwarded": "for=127.0.0.1"},
    {"via": "1.1 proxy"},
    {"x-real-ip": "127.0.0.1"},
    {"x-forwarded-proto": "https"},
    {"x-forwarded-host": "localhost"},
    {"host": "onrecord.example"},
    {"host": "127.0.0.1.evil.example"},
    {"host": "localhost.evil.example:80"},
    {"host": "evil.example@localhost"},
    {"host": "localhost/evil.example"},
    {"host": "["},
    {"host": ""},
]


@pytest.mark.parametrize("settings", [{}, BEHIND_A_PROXY])
def test_whoever_comes_by_a_proxy_or_another_name_is_not_local(
    engine: Engine, settings: dict[str, Any]
) -> None:
    with guarded(engine, **settings) as client:
        assert client.request(*WRITE).json() == "local"
        for headers in NOT_LOCAL:
            check(client.request(*WRITE, headers=headers), 401, "key-required")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:80", "127.9.9.9"])
def test_the_names_of_loopback_are_local(guarded_world: httpx.Client, host: str) -> None:
    assert guarded_world.request(*WRITE, headers={"host": host}).json() == "local"


def scope_of(server: str | None, client: str | None, **more: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "server": None if server is None else (server, 8000),
        "client": None if client is None else (client, 5555),
        "headers": [(b"host", b"localhost:8000")],
        "http_version": "1.1",
        **more,
    }


@pytest.mark.parametrize(
    ("host", "scope", "expected"),
    [
        (None, scope_of("127.0.0.1", "127.0.0.1"), True),
        (None, scope_of("::1", "::1"), True),
        (None, scope_of("::ffff:127.0.0.1", "::ffff:127.0.0.1"), True),
        (None, scope_of("127.0.0.1", "203.0.113.5"), False),
        (None, scope_of("192.0.2.1", "127.0.0.1"), False),
        (None, scope_of("/run/onrecord.sock", None), False),
        (None, scope_of(None, None), False),
        (None, scope_of("127.0.0.1", "127.0.0.1", http_version="1.0"), False),
        (None, scope_of("127.0.0.1", "127.0.0.1", headers=[]), False),
        ("0.0.0.0", scope_of("127.0.0.1", "127.0.0.1"), False),
        ("::", scope_of("::1", "::1"), False),
        ("", scope_of("127.0.0.1", "127.0.0.1"), False),
        ("127.0.0.1", scope_of("127.0.0.1", "127.0.0.1"), True),
        ("localhost", scope_of("::1", "::1"), True),
    ],
)
def test_a_server_that_listens_to_all_is_not_local(
    engine: Engine, host: str | None, scope: dict[str, Any], expected: bool
) -> None:
    rules = Access(Settings(), KeyRing(Database(str(engine.url))))
    rules.host = host
    assert rules.is_local(scope) is expected


def test_serve_tells_what_it_listens_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from app import server

    monkeypatch.setattr(server.StoppingServer, "run", lambda self: None)
    # What it leaves out of collections stays out, in this process of tests as well.
    monkeypatch.setattr(server, "settle_memory", lambda: None)
    app = create_app(Settings(database_url=str(engine.url)))
    server.serve(app, "0.0.0.0", 0)
    assert app.state.access.host == "0.0.0.0"


PAGES = [
    ("https://front.example", 403),
    ("null", 403),
    ("http://localhost.evil.example", 403),
    ("http://evil.example#localhost", 403),
    ("http://[", 403),
    ("https://named.example", 200),
    ("http://localhost:5173", 200),
    ("http://127.0.0.1:3000", 200),
]


def test_a_foreign_page_does_not_write_without_a_key(engine: Engine) -> None:
    with guarded(engine, cors_origins=["*", "https://named.example"]) as client:
        for origin, status in PAGES:
            response = client.request(*WRITE, headers={"origin": origin})
            assert response.status_code == status, origin
            if status == 403:
                check(response, 403, "foreign-page")
            assert client.get("/v1/quotes", headers={"origin": origin}).status_code == 200
        _, headers = key(engine, "write")
        for origin, _ in PAGES:
            response = client.request(*WRITE, headers={**headers, "origin": origin})
            assert response.status_code == 200
            assert "access-control-allow-origin" in response.headers


def test_writes_can_be_closed_and_opened(engine: Engine) -> None:
    with guarded(engine, writes="key") as client:
        check(client.request(*WRITE), 401, "key-required")
    with guarded(engine, writes="open") as client:
        assert client.request(*WRITE, headers=ELSEWHERE).json() == "anonymous"
        check(client.request(*REMOVE, headers=ELSEWHERE), 401, "key-required")
        key(engine, "read")
        assert client.request(*WRITE).json() == "local"
        foreign = {**ELSEWHERE, "origin": "https://front.example"}
        check(client.request(*WRITE, headers=foreign), 403, "foreign-page")


def test_a_refused_body_is_not_read(engine: Engine) -> None:
    with guarded(engine, writes="key", max_request_bytes=1_000) as client:
        check(client.post("/v1/things", content=b"x" * 100_000), 401, "key-required")
        _, headers = key(engine, "write")
        big = client.post("/v1/things", content=b"x" * 100_000, headers=headers)
        check(big, 413, "content-too-large")


# --- closed reads ---------------------------------------------------------------------------------


def test_reads_can_be_closed(engine: Engine) -> None:
    article = store(engine, newsroom.article(1))
    _, headers = key(engine, "read")
    closed = ("/v1/quotes", f"/v1/articles/{article}", "/v1/none", "/none", "/v1", "/problemsx")
    with guarded(engine, read_access="key") as client:
        for path in closed:
            check(client.get(path), 401, "key-required")
            assert client.head(path).status_code == 401
        check(client.post("/v1/extract", json={"text": "Pier 1 opens."}), 401, "key-required")
        for path in ("/", "/docs", "/openapi.json", "/problems", "/problems/gone", "/healthz"):
            assert client.get(path).status_code == 200, path
        for path in closed:
            assert client.get(path, headers=headers).status_code in (200, 404)
        page = client.get("/v1/quotes", headers={"origin": "https://front.example"})
        assert page.headers["access-control-allow-origin"] == "*"


def test_a_preflight_needs_no_key(engine: Engine) -> None:
    asked = {
        "origin": "https://front.example",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "authorization, if-match, content-type",
    }
    with guarded(engine, read_access="key") as client:
        assert client.options("/v1/quotes/q_1", headers=asked).status_code == 200


# --- names, proxies, headers ----------------------------------------------------------------------


def test_the_server_answers_under_its_names_only(engine: Engine) -> None:
    with guarded(engine, allowed_hosts=["onrecord.example", "*.press.example"]) as client:
        for host in ("onrecord.example", "ONRECORD.example:80", "a.press.example"):
            assert client.get("/v1/quotes", headers={"host": host}).status_code == 200
        for host in ("evil.example", "onrecord.example.evil", "press.example.", "", "["):
            response = client.get("/v1/quotes", headers={"host": host})
            check(response, 400, "untrusted-host")
            assert response.headers["x-content-type-options"] == "nosniff"
        assert client.get("/healthz", headers={"host": "10.0.0.1"}).status_code == 200


def test_https_is_insisted_on_once_a_trusted_proxy_says_so(engine: Engine) -> None:
    said = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.5"}
    newsroom.store(engine, newsroom.article(1))
    with guarded(engine, **BEHIND_A_PROXY) as client:
        answer = client.get("/v1/quotes?limit=1", headers=said)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert answer.json()["next"].startswith("https://")
        assert "strict-transport-security" not in client.get("/v1/quotes").headers
    with guarded(engine) as client:
        answer = client.get("/v1/quotes?limit=1", headers=said)
        assert "strict-transport-security" not in answer.headers
        assert answer.json()["next"].startswith("http://")


# --- the document ---------------------------------------------------------------------------------


def test_the_document_says_what_needs_a_key(engine: Engine) -> None:
    document = guarded_app(engine).openapi()
    scheme = document["components"]["securitySchemes"]["key"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    audit = document["paths"]["/v1/audit"]["get"]
    assert audit["security"] == [{"key": []}]
    assert {"401", "403", "429"} <= audit["responses"].keys()
    quotes = document["paths"]["/v1/quotes"]["get"]
    assert quotes["security"] == [{}, {"key": []}]
    assert {"401", "429"} <= quotes["responses"].keys()
    assert "security" not in document["paths"]["/healthz"]["get"]


def test_everything_that_stores_needs_a_key(engine: Engine) -> None:
    document = create_app(Settings(database_url=str(engine.url))).openapi()
    unguarded = [
        operation["operationId"]
        for operations in document["paths"].values()
        for method, operation in operations.items()
        if method != "get" and operation["security"] != [{"key": []}]
    ]
    assert unguarded == ["extract"]
