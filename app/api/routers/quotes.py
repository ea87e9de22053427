"""Quotes."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from app.api import parameters, present, searching
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.filters import QuoteFilterDep
from app.api.items import quote_item
from app.api.offsets import OffsetUnit
from app.api.quick import QuickRoute, quickly
from app.api.schemas.quotes import QuoteItem
from app.api.schemas.search import FoundQuote, FoundQuoteList
from app.api.search_page import answer_quotes
from app.api.security import TextAccess
from app.store.read import quotes

router = make_router("quotes")
list_router = make_router("quotes")
list_router.route_class = QuickRoute


@list_router.get(
    "/quotes",
    operation_id="list_quotes",
    summary="List quotes",
    response_model=FoundQuoteList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
@quickly(answer_quotes)
def list_quotes(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    wanted: QuoteFilterDep,
    sort: searching.FoundSort = searching.NEWEST,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """Quotes from all articles, newest first: who said what, about whom, where and when.

    `q` searches their words and goes with every other filter; `matches` then says where in `text`
    they stand. `sort=relevance` ranks the newest 1,000 hits, the best first: `window` says whether
    there are more.

    A speaker whose `status` is not `resolved` is not known: `unnamed` speakers are described in
    `described_as`. A quote whose `polarity` is `denied` states what its speaker denies. Fetch a
    quote by its id for its spans, its paragraph and the evidence for its speaker.
    """
    query = searching.query_for(wanted.q, sort)
    after = paging.after(datetime)
    with database.reading() as connection:
        page, is_whole = quotes.found_page(
            connection, wanted, sort, after=after, limit=paging.limit
        )
    results = [
        FoundQuote(
            **dict(present.quote_summary(row)),
            matches=None if query is None else searching.matches(query, row.text, offsets),
        )
        for row in page.rows
    ]
    listed = FoundQuoteList(
        results=results,
        **present.listing(page, paging),
        window=searching.window(is_whole),
        stable=sort == searching.NEWEST,
        offset_unit=offsets,
    )
    return answer(request, listed)


@router.get(
    "/quotes/{quote_id}",
    operation_id="get_quote",
    summary="Get a quote",
    response_model=QuoteItem,
    responses=answers("invalid-parameter", "not-found", "gone", "store-unavailable"),
)
def get_quote(
    request: Request,
    database: DatabaseDep,
    quote_id: parameters.QuoteId,
    may_read: TextAccess,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """One quote in full: its spans, the paragraph around it, and why it has the speaker it has.

    `evidence` names what the speaker was found through, the mention it was resolved through and
    who else it might have been. 410 says that its article was withdrawn, or that its newest text
    does not have the quote any more.
    """
    with database.reading() as connection:
        found = quote_item(connection, quote_id, offsets, may_read)
    return answer(request, found)
