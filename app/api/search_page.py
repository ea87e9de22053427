"""The short way of `GET /v1/quotes?q=…`: rows become JSON without models between them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic_core import to_json
from starlette.concurrency import run_in_threadpool

from app.api.caching import answer_json
from app.api.dependencies import DEFAULT_LIMIT, Database, json_accepted
from app.api.pagination import Paging
from app.api.parameters import MAX_LIMIT
from app.api.speaker_page import answer_speaker, quote_json
from app.store.read.found_quotes import found_page
from app.store.search_query import SearchQuery, parse

_PARAMETERS = frozenset(("q", "limit", "cursor"))
_LONGEST_CURSOR = 4_000
_DIGITS = 4


async def answer_quotes(request: Request) -> Response | None:
    """A page of one speaker's quotes, or of a search for words alone; None for all else."""
    if "q" not in request.query_params:
        return await answer_speaker(request)
    asked = _asked(request)
    if asked is None:
        return None
    query, paging = asked
    await json_accepted(request)
    after = paging.after(datetime)
    database: Database = request.app.state.database
    # A phrase of two frequent words may take some time, which the event loop does not have.
    page = await run_in_threadpool(
        found_page, database.engine(), query, after=after, limit=paging.limit
    )
    if page is None:
        return None
    following = paging.next_url(page)
    body = {
        "results": [_found(quote_json(row), query) for row in page.rows],
        "next": following,
        "total": {"value": page.total.value, "relation": "eq" if page.total.exact else "gte"},
        "window": None,
        "stable": True,
        "offset_unit": "codepoint",
    }
    return answer_json(request, to_json(body), following)


def _found(row: dict[str, Any], query: SearchQuery) -> dict[str, Any]:
    text = row["text"]
    row["matches"] = [
        {"start": start, "end": end, "text": text[start:end]} for start, end in query.matches(text)
    ]
    return row


def _asked(request: Request) -> tuple[SearchQuery, Paging] | None:
    """What is searched for, and which page; None where that is not all, or not plainly in order."""
    items = request.query_params.multi_items()
    given = dict(items)
    if len(given) != len(items) or not given.keys() <= _PARAMETERS:
        return None
    limit, cursor = given.get("limit", str(DEFAULT_LIMIT)), given.get("cursor")
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= _DIGITS):
        return None
    if not 0 < int(limit) <= MAX_LIMIT:
        return None
    if cursor is not None and not 0 < len(cursor) <= _LONGEST_CURSOR:
        return None
    return parse(given["q"]), Paging(request, int(limit), cursor)
