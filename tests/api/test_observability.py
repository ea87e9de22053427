"""What an operator sees: the access log, request ids, figures for Prometheus."""

from __future__ import annotations

import logging
import re
import time

import httpx
import pytest

from app.api.extracting import Extracting, Source


def accessed(caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    """The one record of the access log; it is written after the answer has gone out."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := [r for r in caplog.records if r.name == "onrecord.access"]:
            (record,) = found
            return record
        time.sleep(0.01)
    pytest.fail("the request was not logged")


def test_each_request_is_logged_without_its_query(
    own: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "onrecord.access"):
        own.get("/v1/quotes?speaker=e_secret", headers={"X-Request-ID": "abc-1"})
        record = accessed(caplog)
    assert (record.method, record.path, record.status) == ("GET", "/v1/quotes", 200)  # type: ignore[attr-defined]
    assert record.duration_ms > 0  # type: ignore[attr-defined]
    assert "secret" not in record.getMessage()


def test_a_request_has_an_id_its_own_or_one_of_ours(own: httpx.Client) -> None:
    assert own.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    ours = own.get("/healthz", headers={"X-Request-ID": "x" * 65}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", ours)


def test_a_path_cannot_forge_a_line_of_the_log(
    own: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "onrecord.access"):
        own.get("/v1/%0AINFO%20forged")
        record = accessed(caplog)
    assert "\n" not in record.getMessage()


def test_figures_count_requests_by_template(own: httpx.Client) -> None:
    own.get("/v1/quotes/q_nobody")
    own.get("/v1/quotes/q_nothing")
    own.get("/no/such/path")
    answer = own.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    line = 'requests_total{handler="/v1/quotes/{quote_id}",method="GET",status="4xx"} 2.0'
    assert line in answer.text
    assert "q_nobody" not in answer.text
    assert "/no/such/path" not in answer.text


@pytest.mark.anyio
async def test_nothing_is_extracted_for_a_client_that_has_left() -> None:
    from starlette.requests import ClientDisconnect

    extracting = Extracting(lambda: pytest.fail("it was extracted"), 100, max_waiting=2)

    async def gone() -> bool:
        return True

    source = Source(lambda: pytest.fail("it was read"))
    with pytest.raises(ClientDisconnect):
        await extracting.run(source, gone)
