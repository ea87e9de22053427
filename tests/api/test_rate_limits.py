from __future__ import annotations

import httpx
import pytest
from sqlalchemy import Engine

from app.api.limiting import RateLimits, caller_of, network_of
from app.api.problems import Problem
from tests.api.guarded import BEHIND_A_PROXY, ELSEWHERE, guarded, key
from tests.api.test_problems import check


def test_one_too_many_is_told_when_to_go_on(engine: Engine) -> None:
    with guarded(engine, rate_limit="3/hour", write_rate_limit="1/hour") as client:
        for _ in range(3):
            assert client.get("/v1/quotes", headers=ELSEWHERE).status_code == 200
        response = client.get(
            "/v1/quotes", headers={**ELSEWHERE, "origin": "https://front.example"}
        )
        assert "3 per hour" in check(response, 429, "rate-limited")["detail"]
        assert 0 < int(response.headers["retry-after"]) <= 3601
        assert "Retry-After" in response.headers["access-control-expose-headers"]
        # Another count, and none for what watches the server.
        extraction = client.post("/v1/extract", json={"text": "Pier 1."}, headers=ELSEWHERE)
        assert extraction.status_code == 200
        extraction = client.post("/v1/extract", json={"text": "Pier 1."}, headers=ELSEWHERE)
        check(extraction, 429, "rate-limited")
        assert client.get("/healthz", headers=ELSEWHERE).status_code == 200
        # This machine's own requests are not counted.
        for _ in range(5):
            assert client.get("/v1/quotes").status_code == 200


def test_each_key_and_each_address_has_its_own_count(engine: Engine) -> None:
    keys = [key(engine, "read")[1], key(engine, "read")[1]]
    callers = [
        {"x-forwarded-for": "203.0.113.5"},
        {"x-forwarded-for": "203.0.113.6"},
        {"x-forwarded-for": "2001:db8:1:1::1"},
        {"x-forwarded-for": "2001:db8:1:2::1"},
        # A key counts for itself, whatever address it comes from.
        *({"x-forwarded-for": "203.0.113.5", **k} for k in keys),
    ]
    with guarded(engine, rate_limit="2/hour", **BEHIND_A_PROXY) as client:

        def asked(headers: dict[str, str]) -> int:
            return client.get("/v1/quotes?limit=1", headers=headers).status_code

        for headers in callers:
            assert [asked(headers) for _ in range(3)] == [200, 200, 429], headers
        same_network = {"x-forwarded-for": "2001:db8:1:1:ffff::9"}
        assert asked(same_network) == 429
        assert asked({**keys[0], "x-forwarded-for": "198.51.100.1"}) == 429


def test_a_header_counts_for_nothing_unless_its_proxy_is_trusted(engine: Engine) -> None:
    with guarded(engine, rate_limit="3/hour") as client:
        found = [
            client.get("/", headers={"x-forwarded-for": f"203.0.113.{n}"}).status_code
            for n in range(5)
        ]
        assert found == [200, 200, 200, 429, 429]


def test_the_address_that_a_client_claims_before_the_proxy_counts_for_nothing(
    engine: Engine,
) -> None:
    with guarded(engine, rate_limit="3/hour", **BEHIND_A_PROXY) as client:
        found = [
            client.get("/", headers={"x-forwarded-for": f"10.0.0.{n}, 203.0.113.5"}).status_code
            for n in range(5)
        ]
        assert found == [200, 200, 200, 429, 429]


def test_trying_keys_is_counted(engine: Engine) -> None:
    with guarded(engine, rate_limit="3/hour") as client:
        found = [
            client.get(
                "/",
                headers={
                    **ELSEWHERE,
                    "authorization": f"Bearer onrecord_k_{n:016x}_{n:064x}",
                },
            ).status_code
            for n in range(5)
        ]
        assert found == [401, 401, 401, 429, 429]
        assert client.get("/", headers=ELSEWHERE).status_code == 429


def test_limits_can_be_off(engine: Engine) -> None:
    with guarded(engine, rate_limit="off", write_rate_limit="1/hour") as client:
        for _ in range(5):
            assert client.get("/v1/none", headers=ELSEWHERE).status_code == 404


def test_of_several_limits_each_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: now)
    limits = RateLimits("2/second;3/minute", "off")
    for _ in range(2):
        limits.check("me", is_read=True)
    with pytest.raises(Problem) as refused:
        limits.check("me", is_read=True)
    assert refused.value.headers == {"Retry-After": "1"}
    now += 2
    limits.check("me", is_read=True)
    now += 2
    with pytest.raises(Problem, match="3 per minute") as refused:
        limits.check("me", is_read=True)
    # Whoever waits as told is let in.
    now += int(refused.value.headers["Retry-After"])
    limits.check("me", is_read=True)
    for _ in range(100):
        limits.check("me", is_read=False)


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a\0b", "a\0b"),
        ("", ""),
    ],
)
def test_ipv6_counts_by_network(host: str, network: str) -> None:
    assert network_of(host) == network
    assert caller_of(None, (host, 1)) == f"address {network}"


def test_an_address_is_never_taken_for_a_key() -> None:
    assert caller_of("k_1", ("203.0.113.5", 1)) == "key k_1"
    assert caller_of(None, ("key k_1", 1)) != caller_of("k_1", None)
    assert caller_of(None, None) == "address "


def test_where_the_seconds_are_counted_is_told(engine: Engine) -> None:
    with guarded(engine, rate_limit="1/minute") as client:
        client.get("/", headers=ELSEWHERE)
        response: httpx.Response = client.get("/", headers=ELSEWHERE)
        seconds = int(response.headers["retry-after"])
        assert f"in {seconds} seconds" in response.json()["detail"]
