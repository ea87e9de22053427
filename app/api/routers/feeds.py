"""Quotes as feeds: "when X speaks"."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from app.api.caching import answer_bytes
from app.api.dependencies import JSON_RANGES, DatabaseDep, PagingDep, accepting, make_router
from app.api.documentation import answers
from app.api.exporting import ATOM, JSON_FEED, ChosenDep
from app.api.feeds import json_feed, read_feed
from app.api.schemas.exports import JsonFeed
from app.exports.atom import atom

atom_router = make_router(
    "exports",
    accepted=accepting("*/*", "text/*", "application/*", "text/xml", "application/xml", ATOM),
)
json_router = make_router("exports", accepted=accepting(*JSON_RANGES, JSON_FEED))
_RESPONSES = answers("invalid-parameter", "invalid-cursor", "store-unavailable")


class _Atom(Response):
    """Names the media type in the OpenAPI document."""

    media_type = ATOM


class _JsonFeed(JSONResponse):
    media_type = JSON_FEED


@atom_router.get(
    "/quotes/feed.atom",
    operation_id="get_atom_feed",
    summary="Follow quotes (Atom)",
    response_class=_Atom,
    responses=_RESPONSES,
)
def get_atom_feed(
    request: Request, database: DatabaseDep, paging: PagingDep, chosen: ChosenDep
) -> Response:
    """The quotes of any filter as an Atom feed, newest first: `speaker=…` tells when X speaks.

    Asserted quotes of resolved speakers at or above the server's threshold of confidence, unless
    `polarity`, `speaker_status` or `min_confidence` say otherwise, each for itself, or `all=true`;
    `subtitle` says which of these defaults were applied. Entries keep their ids when the server
    moves; `updated` changes when the quote is corrected, its speaker renamed or its article revised
    or extracted again. `published` is left out where the article's time names no zone. Follow
    `rel="next"` for older quotes.
    """
    wanted, defaults = chosen
    with database.reading() as connection:
        feed = read_feed(connection, request, paging, wanted, defaults)
    links = {"self": feed.address, "first": feed.first}
    if feed.next is not None:
        links["next"] = feed.next
    body = atom(feed.id, feed.title, feed.subtitle, links, feed.entries)
    return answer_bytes(request, body, feed.next, ATOM, feed.modified)


@json_router.get(
    "/quotes/feed.json",
    operation_id="get_json_feed",
    summary="Follow quotes (JSON Feed)",
    response_class=_JsonFeed,
    response_model=JsonFeed,
    responses=_RESPONSES,
)
def get_json_feed(
    request: Request, database: DatabaseDep, paging: PagingDep, chosen: ChosenDep
) -> Response:
    """The quotes of any filter as a JSON Feed 1.1, newest first; the same as `feed.atom`.

    `description` says which defaults were applied. `_onrecord` in an item has the ids of the quote
    and its speaker.
    """
    wanted, defaults = chosen
    with database.reading() as connection:
        feed = read_feed(connection, request, paging, wanted, defaults)
    documentation = str(request.url_for("get_docs"))
    body = json_feed(feed, documentation).model_dump_json().encode()
    return answer_bytes(request, body, feed.next, JSON_FEED, feed.modified)
