"""The short way of `GET /v1/quotes?speaker=…`: rows become JSON without models between them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic_core import from_json, to_json

from app.api.caching import answer_json
from app.api.dependencies import DEFAULT_LIMIT, Database, json_accepted
from app.api.pagination import Paging
from app.api.parameters import MAX_LIMIT
from app.store.read.speaker_quotes import speaker_page

_PARAMETERS = frozenset(("speaker", "limit", "cursor"))
_LONGEST_ID = 200
_LONGEST_CURSOR = 4_000


async def answer_speaker(request: Request) -> Response | None:
    """A page of one speaker's quotes; None for requests that ask for more or are wrong."""
    asked = _asked(request)
    if asked is None:
        return None
    speaker, paging = asked
    await json_accepted(request)
    after = paging.after(datetime)
    database: Database = request.app.state.database
    page = speaker_page(database.at_once(), speaker, after=after, limit=paging.limit)
    if page is None:
        return None
    following = paging.next_url(page)
    body = {
        "results": [quote_json(row) for row in page.rows],
        "next": following,
        "total": {"value": page.total.value, "relation": "eq" if page.total.exact else "gte"},
        # Nothing is searched here, nor counted in other units.
        "window": None,
        "stable": True,
        "offset_unit": "codepoint",
    }
    return answer_json(request, to_json(body), following)


def _asked(request: Request) -> tuple[str, Paging] | None:
    """Whose quotes, and which page; None where that is not all, or not plainly in order."""
    query = request.query_params
    items = query.multi_items()
    given = dict(items)
    if len(given) != len(items) or not given.keys() <= _PARAMETERS:
        return None
    speaker, limit = given.get("speaker", ""), given.get("limit", str(DEFAULT_LIMIT))
    cursor = given.get("cursor")
    if not 0 < len(speaker) <= _LONGEST_ID:
        return None
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 4):
        return None
    if not 0 < int(limit) <= MAX_LIMIT:
        return None
    if cursor is not None and not 0 < len(cursor) <= _LONGEST_CURSOR:
        return None
    return speaker, Paging(request, int(limit), cursor)


def quote_json(row: Any) -> dict[str, Any]:
    """`present.quote_summary` as plain values."""
    (
        uid,
        kind,
        text,
        cue,
        cue_class,
        polarity,
        confidence,
        status,
        described_as,
        speaker_uid,
        speaker_name,
        organisation_uid,
        organisation_name,
        article_uid,
        url,
        title,
        publisher,
        published,
        *_,
    ) = row
    speaker = {"id": speaker_uid, "name": speaker_name, "status": status}
    if described_as is not None:
        speaker["described_as"] = described_as
    if organisation_uid is not None:
        speaker["organisation"] = {"id": organisation_uid, "name": organisation_name}
    return {
        "id": uid,
        "kind": kind,
        "text": text,
        "speaker": speaker,
        "cue": cue,
        "cue_class": cue_class,
        "polarity": polarity,
        "confidence": confidence,
        "article": {
            "id": article_uid,
            "url": url,
            "title": title,
            "publisher": publisher,
            "published": from_json(published) if isinstance(published, str) else published,
        },
        "matches": None,
    }
