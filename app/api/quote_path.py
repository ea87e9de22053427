"""The quote that a path names."""

from __future__ import annotations

from sqlalchemy import Connection

from app.errors import GoneError, NotFoundError
from app.store.read.quotes import quote_state


def shown_quote(connection: Connection, quote_id: str) -> int:
    """The key of a quote that can be shown. Raises NotFoundError, and GoneError with the reason."""
    state = quote_state(connection, quote_id)
    if state is None or state.article_status == "withheld":
        raise NotFoundError(f"There is no quote {quote_id!r}. Take ids from /v1/quotes.")
    if state.article_status != "usable":
        raise GoneError("The article of this quote has been withdrawn, and the quote with it.")
    if not state.visible:
        raise GoneError(
            "The newest extraction of the article does not have this quote, or an editor took it "
            "off."
        )
    return state.pk
