"""The short way of `GET /v1/quotes?q=…`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.api.dependencies import Database, json_accepted
from app.api.quick import only
from app.api.quote_rows import answer_rows, quote_json
from app.api.speaker_page import answer_speaker
from app.store.read.found_quotes import found_page
from app.store.search_query import SearchQuery, parse


async def answer_quotes(request: Request) -> Response | None:
    """A page of one speaker's quotes, or of a search for words alone; None for all else."""
    if "q" not in request.query_params:
        return await answer_speaker(request)
    asked = only(request, "q")
    if asked is None:
        return None
    words, paging = asked
    query = parse(words)
    await json_accepted(request)
    after = paging.after(datetime)
    database: Database = request.app.state.database
    # A phrase of two frequent words may take some time, which the event loop does not have.
    page = await run_in_threadpool(
        found_page, database.engine(), query, after=after, limit=paging.limit
    )
    if page is None:
        return None
    return answer_rows(paging, page, [_found(quote_json(row), query) for row in page.rows])


def _found(row: dict[str, Any], query: SearchQuery) -> dict[str, Any]:
    text = row["text"]
    row["matches"] = [
        {"start": start, "end": end, "text": text[start:end]} for start, end in query.matches(text)
    ]
    return row
