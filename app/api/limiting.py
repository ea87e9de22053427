"""Rate limits by key, and by address for whoever has none; counted in this process's memory."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import cached_property

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from app.api.problems import Problem
from app.settings import NO_LIMIT

# What one site has of IPv6: counting single addresses would give each caller 2**64 of them.
_IPV6_NETWORK = 64


class RateLimits:
    """What callers are allowed, as `limits` writes it ("600/minute", or several with `;`).

    Reads are counted apart from what writes or extracts. The window slides: at most the limit is
    let through in any window, give or take what an even spread over the last one would add.
    """

    def __init__(self, reads: str, writes: str) -> None:
        self._reads = _parsed(reads)
        self._writes = _parsed(writes)
        self._refusals = _parsed("1/minute")

    @cached_property
    def _limiter(self) -> SlidingWindowCounterRateLimiter:
        # Made at the first use: the storage starts a thread.
        return SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, who: str, *, is_read: bool) -> None:
        """Count a request of `who`. Raises a Problem (429) for one too many."""
        limits = self._reads if is_read else self._writes
        for limit in limits:
            if not self._limiter.hit(limit, "reads" if is_read else "writes", who):
                raise self._refusal(limit, is_read, who)

    def is_first_refusal(self, who: str) -> bool:
        """Whether `who` is refused for the first time in a minute."""
        return all(self._limiter.hit(limit, "refusals", who) for limit in self._refusals)

    def _refusal(self, limit: RateLimitItem, is_read: bool, who: str) -> Problem:
        stats = self._limiter.get_window_stats(limit, "reads" if is_read else "writes", who)
        # At the very moment of `reset_time` the limit still holds.
        wait = max(0, math.floor(stats.reset_time - time.time())) + 1
        counted = "Reads" if is_read else "Writes and extractions"
        return Problem(
            "rate-limited",
            f"{counted} are limited to {_said(limit)} for each caller. Go on in {wait} seconds; "
            "whoever runs the server can give you a key, or a higher limit.",
            headers={"Retry-After": str(wait)},
        )


def caller_of(key_uid: str | None, client: tuple[str, int] | None) -> str:
    """Whom a request is counted against: its key, else its address (of IPv6 the network)."""
    if key_uid is not None:
        return f"key {key_uid}"
    return f"address {network_of(client[0] if client else '')}"


def network_of(host: str) -> str:
    """The IPv4 address, or the /64 of an IPv6 address; `host` itself where it is neither."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False))
        address = address.ipv4_mapped
    return str(address)


def _parsed(notation: str) -> list[RateLimitItem]:
    return [] if notation == NO_LIMIT else parse_many(notation)


def _said(limit: RateLimitItem) -> str:
    name = limit.GRANULARITY.name
    every = name if limit.multiples == 1 else f"{limit.multiples} {name}s"
    return f"{limit.amount} per {every}"
