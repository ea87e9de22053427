"""Every error has the same shape and says what to do."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from app.main import create_app
from app.settings import Settings
from tests.api import newsroom
from tests.api.newsroom import MIRA, StubExtractor, store, uid

JSON = {"content-type": "application/json"}


def check(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The one shape of all problems; the body."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    body: dict[str, Any] = response.json()
    assert list(body) == ["type", "title", "status", "detail", "errors"]
    assert (body["status"], body["type"]) == (status, f"/problems/{code}")
    assert len(body["detail"]) > 20
    assert "Traceback" not in response.text
    for error in body["errors"]:
        assert list(error) == ["pointer", "detail"]
        assert error["pointer"].startswith(("/query/", "/path/", "/body"))
        assert error["detail"]
    return body


CASES: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("GET", "/nothing", {}, 404, "not-found"),
    ("GET", "/v1/quotes/", {}, 404, "not-found"),
    ("GET", "/v1/quotes/q_none", {}, 404, "not-found"),
    ("GET", "/v1/articles/a_none", {}, 404, "not-found"),
    ("GET", "/v1/articles/a_none/quotes", {}, 404, "not-found"),
    ("GET", "/v1/articles/a_none/entities", {}, 404, "not-found"),
    ("GET", "/v1/entities/e_none", {}, 404, "not-found"),
    ("GET", "/v1/entities/e_none/quotes", {}, 404, "not-found"),
    ("GET", "/problems/none", {}, 404, "not-found"),
    ("POST", "/v1/quotes", {}, 405, "method-not-allowed"),
    ("DELETE", "/v1/quotes/q_none", {}, 405, "method-not-allowed"),
    ("GET", "/v1/extract", {}, 405, "method-not-allowed"),
    ("TRACE", "/healthz", {}, 405, "method-not-allowed"),
    ("OPTIONS", "/v1/quotes", {}, 405, "method-not-allowed"),
    ("GET", "/v1/quotes", {"headers": {"accept": "text/html"}}, 406, "not-acceptable"),
    ("GET", "/healthz", {"headers": {"accept": "image/*"}}, 406, "not-acceptable"),
    ("GET", "/v1/quotes?speakr=e_1", {}, 422, "unknown-parameter"),
    ("GET", "/healthz?verbose=1", {}, 422, "unknown-parameter"),
    ("GET", "/v1/quotes?limit=0", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?limit=201", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?limit=ten", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?limit=1&limit=2", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?kind=loud", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?speaker=", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?published_from=yesterday", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=1.01", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=-0.1", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=nan", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=inf", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=0,9", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?min_confidence=0&min_confidence=1", {}, 422, "invalid-parameter"),
    ("GET", "/v1/entities/e_none/quotes?min_confidence=2", {}, 422, "invalid-parameter"),
    ("GET", "/v1/articles/a_none/quotes?min_confidence=2", {}, 422, "invalid-parameter"),
    ("GET", "/v1/articles?min_confidence=0.9", {}, 422, "unknown-parameter"),
    ("GET", "/v1/entities?sort=mentions", {}, 422, "invalid-parameter"),
    ("GET", "/v1/articles?language=English", {}, 422, "invalid-parameter"),
    ("GET", "/v1/articles?url=http://[", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes/q_none?offsets=bytes", {}, 422, "invalid-parameter"),
    ("GET", "/v1/quotes?cursor=forged", {}, 422, "invalid-cursor"),
    ("POST", "/v1/extract", {"content": b"{", "headers": JSON}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"content": b"", "headers": JSON}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"content": b"\xff", "headers": JSON}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"content": b"[" * 9999, "headers": JSON}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"json": {}}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"json": {"text": 1}}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"json": {"text": "a", "html": "b"}}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"json": {"text": "a", "txt": "b"}}, 422, "invalid-body"),
    ("POST", "/v1/extract", {"json": {"text": " "}}, 422, "unreadable-document"),
    ("POST", "/v1/extract", {"json": {"text": "a\0b"}}, 422, "unreadable-document"),
    ("POST", "/v1/extract", {"json": {"text": "a" * 3000}}, 413, "text-too-long"),
    ("POST", "/v1/extract", {"json": {"text": "a" * 30000}}, 413, "content-too-large"),
    ("POST", "/v1/extract", {"content": b"a"}, 415, "unsupported-media-type"),
    (
        "POST",
        "/v1/extract",
        {"content": b"a", "headers": {"content-type": "text/plain", "content-encoding": "gzip"}},
        415,
        "unsupported-media-type",
    ),
    (
        "POST",
        "/v1/extract",
        {"content": b"a", "headers": {"content-type": "application/pdf"}},
        415,
        "unsupported-media-type",
    ),
    (
        "POST",
        "/v1/extract",
        {"content": b"\xff", "headers": {"content-type": "text/plain; charset=utf-8"}},
        422,
        "unreadable-document",
    ),
    (
        "POST",
        "/v1/extract",
        {"content": b"a", "headers": {"content-type": "text/plain; charset=base64"}},
        422,
        "unreadable-document",
    ),
]


@pytest.fixture(scope="module")
def strict(world: Engine) -> Any:
    """A client of a server with small limits."""
    limits = {"max_request_bytes": 20_000, "max_extract_chars": 2_000}
    app = create_app(Settings(database_url=str(world.url), **limits), StubExtractor)

    @app.get("/broken", include_in_schema=False)
    def broken() -> None:
        raise RuntimeError("secret")

    with newsroom.serving(app) as url, httpx.Client(base_url=url, timeout=30) as made:
        yield made


@pytest.mark.parametrize(("method", "path", "more", "status", "code"), CASES)
def test_every_error_has_the_same_shape(
    strict: httpx.Client, method: str, path: str, more: dict[str, Any], status: int, code: str
) -> None:
    check(strict.request(method, path, **more), status, code)


def test_an_unforeseen_exception_tells_nothing(strict: httpx.Client) -> None:
    response = strict.get("/broken", headers={"origin": "https://front.example"})
    check(response, 500, "internal-error")
    assert "secret" not in response.text
    assert response.headers["access-control-allow-origin"] == "*"


def test_an_unmigrated_database_is_a_503_with_advice(nowhere: httpx.Client) -> None:
    assert "onrecord migrate" in check(nowhere.get("/readyz"), 503, "not-ready")["detail"]
    check(nowhere.get("/v1/quotes"), 503, "store-unavailable")
    assert nowhere.get("/healthz").status_code == 200


def test_a_database_that_cannot_be_opened_is_a_503() -> None:
    app = create_app(Settings(database_url="sqlite:////nonexistent/folder/onrecord.db"))
    with newsroom.serving(app) as url, httpx.Client(base_url=url) as client:
        check(client.get("/readyz"), 503, "store-unavailable")
        check(client.get("/v1/quotes"), 503, "store-unavailable")


def test_a_missing_model_is_a_503_with_the_command(world: Engine) -> None:
    app = create_app(Settings(database_url=str(world.url), spacy_model="no_such_model"))
    with newsroom.serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        response = client.post("/v1/extract", json={"text": "Pier 1 opens."})
        assert "no_such_model" in check(response, 503, "model-unavailable")["detail"]


def test_a_withdrawn_thing_is_gone(own: httpx.Client, engine: Engine) -> None:
    article = store(engine, newsroom.article(1))
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET status = 'withdrawn'"))
        connection.execute(text("UPDATE entity SET status = 'suppressed'"))
    check(own.get(f"/v1/articles/{article}"), 410, "gone")
    check(own.get(f"/v1/entities/{uid(MIRA)}"), 410, "gone")
    assert own.get("/v1/entities").json()["results"] == []


def test_an_unknown_parameter_names_the_nearest(client: httpx.Client) -> None:
    body = client.get("/v1/quotes?speakr=e_1&kind=direct").json()
    assert body["detail"] == "There is no parameter 'speakr'; did you mean 'speaker'?"
    assert body["errors"] == [{"pointer": "/query/speakr", "detail": body["detail"]}]
    assert "takes none" in client.get("/healthz?x=1").json()["detail"]
    assert "min_mentions" in client.get("/v1/people?zzz=1").json()["detail"]


def test_an_unknown_path_names_the_nearest(client: httpx.Client) -> None:
    assert client.get("/v1/quots").json()["detail"] == (
        "There is no /v1/quots; did you mean /v1/quotes? See /docs for all paths."
    )
    assert client.get("/zzzzzzzzzzzz").json()["detail"] == (
        "There is no /zzzzzzzzzzzz; see /docs for all paths."
    )


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/quotes", "GET, HEAD"),
        ("PUT", "/v1/articles/a_1/quotes", "GET, HEAD"),
        ("HEAD", "/v1/extract", "POST"),
        ("POST", "/docs", "GET, HEAD"),
    ],
)
def test_405_lists_what_is_allowed(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.headers["allow"]) == (405, allowed)


ACCEPTED = [
    "*/*",
    "application/json",
    "application/*;q=0.5",
    "text/html, */*;q=0.1",
    "application/json;q=0.1, text/html",
    "APPLICATION/JSON",
    "",
    "text/html;level=1, application/json; charset=utf-8",
]
REFUSED = ["text/html", "application/json;q=0", "*/*, application/json;q=0", "application/xml"]


@pytest.mark.parametrize("accept", ACCEPTED)
def test_what_takes_json_is_served(client: httpx.Client, accept: str) -> None:
    assert client.get("/v1/locations", headers={"accept": accept}).status_code == 200


@pytest.mark.parametrize("accept", REFUSED)
def test_what_rules_json_out_is_not(client: httpx.Client, accept: str) -> None:
    check(client.get("/v1/locations", headers={"accept": accept}), 406, "not-acceptable")


@pytest.mark.parametrize("code", ["gone", "invalid-cursor", "internal-error"])
def test_the_type_of_a_problem_leads_to_its_documentation(client: httpx.Client, code: str) -> None:
    assert client.get(f"/problems/{code}").json()["code"] == code
    assert code in [kind["code"] for kind in client.get("/problems").json()["results"]]


def cursor_of(client: httpx.Client, path: str) -> str:
    following = client.get(path).json()["next"]
    cursor: str = httpx.URL(following).params["cursor"]
    return cursor


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_altered_cursor_is_refused(client: httpx.Client, data: st.DataObject) -> None:
    cursor = cursor_of(client, "/v1/quotes?limit=3")
    position = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from("ABab01-_=~é").filter(lambda c: c != cursor[position]))
    altered = cursor[:position] + other + cursor[position + 1 :]
    response = client.get("/v1/quotes", params={"limit": 3, "cursor": altered})
    check(response, 422, "invalid-cursor")


def test_a_cursor_cut_short_is_refused(client: httpx.Client) -> None:
    cursor = cursor_of(client, "/v1/quotes?limit=3")
    for length in range(1, len(cursor)):
        response = client.get("/v1/quotes", params={"cursor": cursor[:length]})
        check(response, 422, "invalid-cursor")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "/v1/quotes?kind=direct",
        "/v1/quotes?min_confidence=0",
        "/v1/articles?",
        "/v1/entities?",
        f"/v1/quotes?speaker={uid(MIRA)}",
        f"/v1/entities/{uid(MIRA)}/quotes?",
    ],
)
def test_a_cursor_of_another_list_is_refused(client: httpx.Client, elsewhere: str) -> None:
    cursor = cursor_of(client, "/v1/quotes?limit=3")
    check(client.get(f"{elsewhere}&cursor={cursor}"), 422, "invalid-cursor")


def test_a_cursor_of_another_sort_is_refused(client: httpx.Client) -> None:
    cursor = cursor_of(client, "/v1/entities?limit=1&sort=quotes:desc")
    response = client.get(f"/v1/entities?sort=name:asc&cursor={cursor}")
    check(response, 422, "invalid-cursor")
    assert client.get(f"/v1/entities?sort=quotes:desc&cursor={cursor}").status_code == 200


def test_a_cursor_of_another_confidence_is_refused(client: httpx.Client) -> None:
    [article] = client.get("/v1/articles?limit=1").json()["results"]
    for path in (
        "/v1/quotes",
        f"/v1/entities/{uid(MIRA)}/quotes",
        f"/v1/articles/{article['id']}/quotes",
    ):
        cursor = cursor_of(client, f"{path}?min_confidence=0.9&limit=1")
        assert client.get(f"{path}?min_confidence=0.9&cursor={cursor}").status_code == 200
        for other in ("min_confidence=0.8&", ""):
            check(client.get(f"{path}?{other}cursor={cursor}"), 422, "invalid-cursor")


def test_the_order_of_filters_does_not_matter_to_a_cursor(client: httpx.Client) -> None:
    cursor = cursor_of(client, "/v1/quotes?limit=3&kind=direct&polarity=asserted")
    again = f"/v1/quotes?polarity=asserted&kind=direct&limit=5&cursor={cursor}"
    assert client.get(again).status_code == 200


def test_a_body_is_refused_while_it_streams(strict: httpx.Client) -> None:
    sent = 0

    def chunks() -> Any:
        nonlocal sent
        for _ in range(10_000):
            sent += 1_000
            yield b"a" * 1_000

    try:
        response = strict.post(
            "/v1/extract", content=chunks(), headers={"content-type": "text/plain"}
        )
    except httpx.TransportError:
        # The server closes the connection while the client still sends.
        pass
    else:
        check(response, 413, "content-too-large")
    assert sent < 10_000_000


def test_a_declared_length_above_the_limit_is_refused_before_the_body(
    strict: httpx.Client,
) -> None:
    head = "POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    with socket.create_connection((strict.base_url.host, strict.base_url.port)) as sock:
        sock.sendall(f"{head}Content-Length: 99999999\r\n\r\n".encode())
        sock.settimeout(10)
        received = sock.recv(65536)
    assert received.startswith(b"HTTP/1.1 413")
