"""A short way for the requests that come most often and ask nothing unusual.

FastAPI's own way reads and checks every parameter that an operation has, runs it in a thread, and
makes a model of each row: several times what the query costs. A route of class `QuickRoute` first
asks its endpoint's short way, which answers what it knows and leaves everything else, all that is
wrong included, to the general one. Both give the same bytes; a test compares them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.api.dependencies import DEFAULT_LIMIT
from app.api.pagination import Paging
from app.api.parameters import LONGEST_CURSOR, MAX_LIMIT

Quick = Callable[[Request], Awaitable[Response | None]]
"""Answers a request, or leaves it (None) to the general way."""
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

# More than any limit has; so many are read fast.
_DIGITS = 4

_QUICK: dict[Callable[..., Any], Quick] = {}


def only(request: Request, name: str) -> tuple[str, Paging] | None:
    """The parameter `name` and the page that is asked for.

    None where that is not all, where `name` is missing, and for what is not plainly in order.
    """
    items = request.query_params.multi_items()
    given = dict(items)
    if len(given) != len(items) or not {name} <= given.keys() <= {name, "limit", "cursor"}:
        return None
    limit, cursor = given.get("limit", str(DEFAULT_LIMIT)), given.get("cursor")
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= _DIGITS):
        return None
    if not 0 < int(limit) <= MAX_LIMIT:
        return None
    if cursor is not None and not 0 < len(cursor) <= LONGEST_CURSOR:
        return None
    return given[name], Paging(request, int(limit), cursor)


def quickly(quick: Quick) -> Callable[[Endpoint], Endpoint]:
    """Give an endpoint a short way. It runs in the event loop: its work must be small."""

    def given(endpoint: Endpoint) -> Endpoint:
        _QUICK[endpoint] = quick
        return endpoint

    return given


class QuickRoute(APIRoute):
    """A route that tries its endpoint's short way first, where it has one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        general = super().get_route_handler()
        quick = _QUICK.get(self.endpoint)
        if quick is None:
            return general

        async def handle(request: Request) -> Response:
            return await quick(request) or await general(request)

        return handle
