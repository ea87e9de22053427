"""Where else the words of a quote stand: quotes of other articles with the same fingerprint.

The fingerprint is that of all words in order, whatever their case and punctuation. Wordings that
differ by a word are other quotes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.store.read.base import Total, quote
from app.store.read.quotes import QuoteRow, quote_rows

# The newest ones that are shown, and where counting stops ("no comment" is said every day).
MOST = 50
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Sightings:
    """Quotes of other articles with the same words, newest first, and how many there are.

    `first` is the earliest one where it is earlier than the quote itself.
    """

    newest: list[QuoteRow]
    total: Total
    first: QuoteRow | None


def sightings(connection: Connection, pk: int) -> Sightings:
    """Where else the words of a quote stand. Quotes that are not shown do not count."""
    columns = (quote.c.fingerprint, quote.c.article, quote.c.sort_at)
    own = connection.execute(select(*columns).where(quote.c.pk == pk)).one()
    elsewhere = select(quote.c.pk, quote.c.sort_at).where(
        quote.c.fingerprint == own.fingerprint,
        quote.c.article != own.article,
        quote.c.visible.is_(True),
    )
    in_order = elsewhere.order_by(quote.c.sort_at.desc(), quote.c.pk.desc())
    newest = [row.pk for row in connection.execute(in_order.limit(MOST))]
    if not newest:
        return Sightings([], Total(0, exact=True), None)
    capped = elsewhere.limit(MOST_COUNTED + 1).subquery()
    counted: int = connection.execute(select(func.count()).select_from(capped)).scalar_one()
    earliest = connection.execute(elsewhere.order_by(quote.c.sort_at, quote.c.pk).limit(1)).one()
    is_first = (earliest.sort_at, earliest.pk) < (own.sort_at, pk)
    return Sightings(
        quote_rows(connection, newest),
        Total.up_to(MOST_COUNTED, counted),
        quote_rows(connection, [earliest.pk])[0] if is_first else None,
    )
