"""Pages of quotes whose rows become JSON without models between them."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from pydantic_core import from_json, to_json

from app.api import present
from app.api.caching import answer_bytes
from app.api.pagination import Paging
from app.store.read.base import Page


def answer_rows(paging: Paging, page: Page[Any], results: list[dict[str, Any]]) -> Response:
    """A page of `GET /v1/quotes`, the newest first and counted in code points."""
    following = paging.next_url(page.after)
    body = {
        "results": results,
        "next": following,
        "total": present.total(page.total),
        # Nothing is ranked here.
        "window": None,
        "stable": True,
        "offset_unit": "codepoint",
    }
    return answer_bytes(paging.request, to_json(body), following)


def quote_json(row: Any) -> dict[str, Any]:
    """`present.quote_summary` as plain values, of a row as `speaker_quotes.COLUMNS` has it.

    `matches` is null, as it is where nothing is searched.
    """
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
