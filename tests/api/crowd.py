"""Very many quotes, without extracting them."""

from __future__ import annotations

from sqlalchemy import Engine, func, insert, literal, select, true

from app.store.read.base import quote
from app.store.session import writing


def multiply(engine: Engine, times: int, words: str) -> None:
    """Copy the first quote of the database `times` times, with other words."""
    columns = [c for c in quote.c if c.name not in ("pk", "uid", "occurrence", "text")]
    number = select(literal(1).label("n")).cte("numbers", recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < times))
    first = select(func.min(quote.c.pk)).scalar_subquery()
    each = quote.join(number, true())
    copies = (
        select(
            *columns,
            literal("q_copy") + func.printf("%06d", number.c.n),
            1000 + number.c.n,
            literal(words),
        )
        .select_from(each)
        .where(quote.c.pk == first)
    )
    with writing(engine) as connection:
        names = [*(c.name for c in columns), "uid", "occurrence", "text"]
        connection.execute(insert(quote).from_select(names, copies))
