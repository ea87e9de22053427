"""The short way of `GET /v1/quotes?speaker=…`."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from app.api.dependencies import Database, json_accepted
from app.api.parameters import LONGEST_ID
from app.api.quick import only
from app.api.quote_rows import answer_rows, quote_json
from app.store.read.speaker_quotes import speaker_page


async def answer_speaker(request: Request) -> Response | None:
    """A page of one speaker's quotes; None for requests that ask for more or are wrong."""
    asked = only(request, "speaker")
    if asked is None:
        return None
    speaker, paging = asked
    if not 0 < len(speaker) <= LONGEST_ID:
        return None
    await json_accepted(request)
    after = paging.after(datetime)
    database: Database = request.app.state.database
    page = speaker_page(database.at_once(), speaker, after=after, limit=paging.limit)
    if page is None:
        return None
    return answer_rows(paging, page, [quote_json(row) for row in page.rows])
