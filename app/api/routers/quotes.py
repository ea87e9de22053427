"""Quotes."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.filters import QuoteFilterDep
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.schemas.quotes import QuoteItem, QuoteList
from app.errors import GoneError, NotFoundError
from app.store.read import quotes

router = make_router("quotes")


@router.get(
    "/quotes",
    operation_id="list_quotes",
    summary="List quotes",
    response_model=QuoteList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_quotes(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    wanted: QuoteFilterDep,
) -> Response:
    """Quotes from all articles, newest first: who said what, about whom, where and when.

    A speaker whose `status` is not `resolved` is not known: `unnamed` speakers are described in
    `described_as`. A quote whose `polarity` is `denied` states what its speaker denies. Fetch a
    quote by its id for its spans, its paragraph and the evidence for its speaker.
    """
    after = paging.after(datetime)
    with database.reading() as connection:
        page = quotes.quote_page(connection, wanted, after=after, limit=paging.limit)
    results = [present.quote_summary(row) for row in page.rows]
    return answer(request, QuoteList(results=results, **present.listing(page, paging)))


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
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """One quote in full: its spans, the paragraph around it, and why it has the speaker it has.

    `evidence` names what the speaker was found through, the mention it was resolved through and
    who else it might have been. 410 says that its article was withdrawn, or that its newest text
    does not have the quote any more.
    """
    with database.reading() as connection:
        state = quotes.quote_state(connection, quote_id)
        if state is None or state.article_status == "withheld":
            raise NotFoundError(f"There is no quote {quote_id!r}. Take ids from /v1/quotes.")
        if state.article_status != "usable":
            raise GoneError("The article of this quote has been withdrawn, and the quote with it.")
        if not state.visible:
            raise GoneError("The newest extraction of the article does not have this quote.")
        found = quotes.quote_detail(connection, state.pk)
    return answer(request, present.quote_item(found, OffsetMap(found.source.text, offsets)))
