"""Slow clients are let go; the others do not notice them."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator
from typing import ClassVar

import httpx
import pytest
from sqlalchemy import Engine

from app import server
from app.domain import Document, Extraction
from app.main import create_app
from app.settings import Settings
from tests.api import newsroom

SOON = 0.5


@pytest.fixture
def address(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(server, "HEADERS_WITHIN", SOON)
    monkeypatch.setattr(server, "BODY_WITHIN", SOON)
    app = create_app(Settings(database_url=str(engine.url)), newsroom.StubExtractor)
    with newsroom.serving(app) as url:
        yield url


def connection(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def everything(client: socket.socket) -> bytes:
    received = b""
    while part := client.recv(65_536):
        received += part
    return received


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET /healthz HT",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 100\r\n\r\nhalf of the",
    ],
)
def test_a_request_that_never_ends_is_answered_408_and_closed(
    address: str, beginning: bytes
) -> None:
    with connection(address) as client:
        client.sendall(beginning)
        head, _, body = everything(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == 408


def test_a_byte_at_a_time_does_not_put_the_deadline_off(address: str) -> None:
    start = time.monotonic()
    with connection(address) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\n")
        while time.monotonic() - start < 10:
            try:
                client.sendall(b"X")
                client.settimeout(0.05)
                if client.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert time.monotonic() - start < 5


def test_others_are_served_while_hundreds_dawdle(address: str) -> None:
    dawdlers = [connection(address) for _ in range(200)]
    try:
        for client in dawdlers:
            client.sendall(b"GET /heal")
        assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
    finally:
        for client in dawdlers:
            client.close()


def test_a_connection_may_be_used_again_after_a_pause(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        client.get("/healthz")
        time.sleep(2 * SOON)
        assert client.get("/healthz").status_code == 200


def test_a_client_that_hangs_up_in_mid_answer_hurts_nobody(address: str) -> None:
    for _ in range(20):
        with connection(address) as client:
            client.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n")
            client.recv(10)
    assert httpx.get(f"{address}/readyz").status_code == 200


def test_what_is_no_http_is_refused(address: str) -> None:
    with connection(address) as client:
        client.sendall(b"\x16\x03\x01\x02\x00\x01\x00 is no HTTP\r\n\r\n")
        head, _, body = everything(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["type"] == "/problems/bad-request"


@pytest.mark.parametrize(
    "head",
    [
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 66_000,
        b"GET /" + b"a" * 66_000,
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X-Many: 1\r\n" * 6_000,
    ],
    ids=["one header", "address", "many headers"],
)
def test_an_endless_head_is_refused(address: str, head: bytes) -> None:
    with connection(address) as client:
        client.sendall(head)
        received = client.recv(65_536)
    assert received.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in received


def test_a_large_head_in_one_piece_is_refused_too(address: str) -> None:
    with connection(address) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 66_000 + b"\r\n\r\n")
        assert client.recv(20).startswith(b"HTTP/1.1 431 ")


def test_a_large_head_in_two_pieces_is_refused_too(address: str) -> None:
    with connection(address) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 60_000)
        time.sleep(0.2)
        client.sendall(b"a" * 6_000 + b"\r\n\r\n")
        assert client.recv(20).startswith(b"HTTP/1.1 431 ")


def test_a_head_whose_end_comes_in_two_pieces_is_no_large_one(address: str) -> None:
    text = b"a" * 70_000
    head = b"POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    with connection(address) as client:
        client.sendall(head + b"Content-Length: %d\r\n" % len(text))
        time.sleep(0.2)
        client.sendall(b"\r\n" + text)
        assert not client.recv(20).startswith(b"HTTP/1.1 431 ")


class SlowExtractor(newsroom.StubExtractor):
    """Takes its time, and counts."""

    started: ClassVar[list[str]] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            self.started.append(document.text[:12])
            time.sleep(1.5)
            yield Extraction()


def post(address: str, text: bytes) -> socket.socket:
    client = connection(address)
    head = b"POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(text) + text)
    return client


def test_nothing_is_extracted_for_clients_that_left_however_large_their_bodies(
    engine: Engine,
) -> None:
    SlowExtractor.started.clear()
    app = create_app(Settings(database_url=str(engine.url)), SlowExtractor)
    with newsroom.serving(app) as address:
        first = post(address, b"first       ")
        time.sleep(0.5)
        leaving = [post(address, b"leaving     " + b"x" * 120_000) for _ in range(5)]
        time.sleep(0.3)
        for client in leaving:
            client.close()
        last = post(address, b"last        ")
        for client in (first, last):
            assert client.recv(20).startswith(b"HTTP/1.1 200 ")
            client.close()
    assert SlowExtractor.started == ["first       ", "last        "]


def test_who_waits_is_told_at_once_when_the_server_stops(engine: Engine) -> None:
    app = create_app(Settings(database_url=str(engine.url)), SlowExtractor)
    with newsroom.serving(app) as address:
        first = post(address, b"first       ")
        time.sleep(0.5)
        waiting = [post(address, b"waiting     ") for _ in range(3)]
        time.sleep(0.2)
        app.state.extracting.stop()
        for client in waiting:
            assert client.recv(20).startswith(b"HTTP/1.1 503 ")
        assert first.recv(20).startswith(b"HTTP/1.1 200 ")
        for client in (first, *waiting):
            client.close()


def test_a_large_body_right_behind_its_head_is_no_large_head(address: str) -> None:
    text = newsroom.text_of(1).encode() + b" " * 150_000
    head = b"POST /v1/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    with connection(address) as client:
        client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(text) + text)
        assert client.recv(20).startswith(b"HTTP/1.1 200 ")
