"""Quotes as linked data."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api import parameters
from app.api.caching import answer_bytes
from app.api.dependencies import JSON_RANGES, DatabaseDep, accepting, make_router
from app.api.documentation import answers
from app.api.exporting import LINKED
from app.api.linked import quotation
from app.api.quote_path import shown_quote
from app.api.schemas.exports import Quotation
from app.store.read.exports import export_row, known_entities
from app.store.read.quotes import quote_detail

router = make_router("exports", accepted=accepting(*JSON_RANGES, LINKED))


class _Linked(JSONResponse):
    """Names the media type in the OpenAPI document."""

    media_type = LINKED


@router.get(
    "/quotes/{quote_id}.jsonld",
    operation_id="get_quote_linked",
    summary="Get a quote as schema.org JSON-LD",
    response_class=_Linked,
    response_model=Quotation,
    responses=answers("invalid-parameter", "not-found", "gone", "store-unavailable"),
)
def get_quote_linked(
    request: Request, database: DatabaseDep, quote_id: parameters.QuoteId
) -> Response:
    """One quote as a schema.org `Quotation`, to be put into a page as JSON-LD.

    `spokenByCharacter` is whom the article attributes it to. `creator` is there only for an
    asserted direct quote: other words are the article's, and what a speaker denied is not theirs.
    404 and 410 are as for the quote itself.
    """
    with database.reading() as connection:
        pk = shown_quote(connection, quote_id)
        row = export_row(connection, pk)
        found = quote_detail(connection, pk)
        uids = [named.uid for named in found.about]
        speaker = row.quote.speaker_uid
        known = known_entities(connection, [*uids, *([speaker] if speaker else [])])
    about = [known[uid] for uid in uids if uid in known]
    said_by = known.get(speaker) if speaker is not None else None
    made = quotation(request, row, found.verbatim, said_by, about)
    # In a page no text may end the script that it stands in.
    body = made.model_dump_json().replace("<", "\\u003c").encode()
    return answer_bytes(request, body, media_type=LINKED)
