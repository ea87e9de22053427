"""Caching, compression, CORS, HEAD, health."""

from __future__ import annotations

import base64
import hashlib
import re

import httpx
import pytest
from sqlalchemy import Engine

from app.api.caching import matches
from app.main import create_app
from app.settings import Settings
from tests.api import newsroom
from tests.api.newsroom import MIRA, ids, store, uid
from tests.api.test_problems import check

PAGES = ["/docs", "/openapi.json"]
PATHS = ["/v1/quotes", "/v1/articles", "/v1/entities", f"/v1/entities/{uid(MIRA)}", "/problems"]


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_answer_is_304(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    varying = first.headers["vary"].split(", ")
    assert len(varying) == len(set(varying))
    assert {"Accept", "Origin"} <= set(varying) <= {"Accept", "Accept-Encoding", "Origin"}
    again = client.get(path, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["vary"] == "Accept, Accept-Encoding, Origin"
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_304_with_its_own_policy(client: httpx.Client, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "content-security-policy"):
        assert again.headers[name] == first.headers[name]


def test_a_changed_answer_has_another_tag(own: httpx.Client, engine: Engine) -> None:
    store(engine, newsroom.article(1))
    [article] = ids(own, "/v1/articles")
    tags = {path: own.get(path).headers["etag"] for path in PATHS[:4]}
    kept = own.get(f"/v1/articles/{article}").headers["etag"]
    store(engine, newsroom.article(2))
    for path, tag in tags.items():
        assert own.get(path, headers={"if-none-match": tag}).status_code == 200
    response = own.get(f"/v1/articles/{article}", headers={"if-none-match": kept})
    assert response.status_code == 304


def test_the_tag_tells_offset_units_apart(client: httpx.Client) -> None:
    [quote, *_] = ids(client, "/v1/quotes?limit=200")
    points = client.get(f"/v1/quotes/{quote}")
    units = client.get(f"/v1/quotes/{quote}?offsets=utf16")
    assert points.headers["etag"] != units.headers["etag"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, False),
        ("*", True),
        ('W/"a"', True),
        ('"a"', True),
        ('"b", W/"a"', True),
        ('"b"', False),
        ("a", False),
    ],
)
def test_if_none_match_compares_weakly(condition: str | None, expected: bool) -> None:
    assert matches(condition, 'W/"a"') is expected


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_answers_are_compressed(address: str, encoding: str) -> None:
    plain = httpx.get(f"{address}/v1/quotes", headers={"accept-encoding": "identity"})
    with httpx.stream(
        "GET", f"{address}/v1/quotes", headers={"accept-encoding": encoding}
    ) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == encoding
    assert len(raw) < len(plain.content) / 4
    assert response.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("path", ["/v1/quotes", "/healthz", "/docs", "/", "/v1/quotes/q_none"])
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    assert head.status_code == got.status_code
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == got.headers.get(name)


def test_pages_of_any_origin_may_read(client: httpx.Client) -> None:
    asked = {
        "origin": "https://front.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    preflight = client.options("/v1/quotes", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "GET" in preflight.headers["access-control-allow-methods"]
    answer = client.get("/v1/quotes", headers={"origin": "https://front.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    failed = client.get("/v1/quotes?limit=0", headers={"origin": "https://front.example"})
    assert failed.headers["access-control-allow-origin"] == "*"


def test_only_the_origins_in_the_settings_may_read(world: Engine) -> None:
    app = create_app(Settings(database_url=str(world.url), cors_origins=["https://one.example"]))
    with newsroom.serving(app) as url, httpx.Client(base_url=url) as client:
        good = client.get("/v1/quotes", headers={"origin": "https://one.example"})
        assert good.headers["access-control-allow-origin"] == "https://one.example"
        assert "Origin" in good.headers["vary"]
        bad = client.get("/v1/quotes", headers={"origin": "https://other.example"})
        assert "access-control-allow-origin" not in bad.headers


@pytest.mark.parametrize(
    "asked",
    [
        {"origin": "https://front.example", "access-control-request-method": "PUT"},
        {
            "origin": "https://front.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "x-secret",
        },
    ],
)
def test_a_refused_preflight_is_a_problem(client: httpx.Client, asked: dict[str, str]) -> None:
    response = client.options("/v1/quotes", headers=asked)
    body = check(response, 400, "preflight-refused")
    assert body["detail"].startswith("Disallowed CORS ")
    allowed = response.headers["access-control-allow-methods"]
    assert allowed == "GET, HEAD, POST, PATCH, DELETE"
    assert "Origin" in response.headers["vary"]


ANSWERS = ["/v1/quotes", "/v1/quotes/q_none", "/none", "/metrics", "/openapi.json", "/healthz"]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_answers_are_neither_run_nor_framed(client: httpx.Client, method: str, path: str) -> None:
    headers = client.request(method, path, headers={"origin": "https://front.example"}).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_docs_page_runs_its_own_scripts_only(client: httpx.Client) -> None:
    page = client.get("/docs")
    policy = page.headers["content-security-policy"]
    [script] = re.findall("<script>(.*?)</script>", page.text, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"


def test_pages_know_where_a_proxy_put_them(client: httpx.Client, world: Engine) -> None:
    app = create_app(Settings(database_url=str(world.url)))
    app.root_path = "/record"
    with newsroom.serving(app) as url, httpx.Client(base_url=url) as behind:
        assert "/record/static-offline-docs/swagger-ui.css" in behind.get("/docs").text
        assert behind.get("/openapi.json").json()["servers"] == [{"url": "/record"}]
    assert "servers" not in client.get("/openapi.json").json()


def test_health_is_never_kept(client: httpx.Client) -> None:
    for path, body in (
        ("/healthz", {"status": "ok"}),
        ("/readyz", {"status": "ready", "database": "current"}),
    ):
        response = client.get(path)
        assert response.json() == body
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers


def test_the_index_leads_on(client: httpx.Client) -> None:
    index = client.get("/").json()
    assert "/v1/quotes" in index["resources"]
    for path in (index["documentation"], index["openapi"], index["problems"]):
        assert client.get(path).status_code == 200


def test_the_docs_page_names_no_other_host(client: httpx.Client) -> None:
    page = client.get("/docs").text
    assert "https://" not in page
    assert client.get("/static-offline-docs/swagger-ui-bundle.js").status_code == 200
