"""Very many quotes, without extracting them."""

from __future__ import annotations

from sqlalchemy import Engine, func, insert, literal, select, true

from app.store.read.base import quote
from app.store.session import writing


def multiply(engine: Engine, times: int, words: str | None = None) -> None:
    """Copy the first quote of each article `times` times, with other words if they are given."""
    columns = [c for c in quote.c if c.name not in ("pk", "uid", "occurrence", "text")]
    number = select(literal(1).label("n")).cte("numbers", recursive=True)
    number = number.union_all(select(number.c.n + 1).where(number.c.n < times))
    first = select(func.min(quote.c.pk)).group_by(quote.c.article)
    each = quote.join(number, true())
    copies = (
        select(
            *columns,
            literal("q_copy") + func.printf("%03d%06d", quote.c.article, number.c.n),
            1000 + number.c.n,
            quote.c.text if words is None else literal(words),
        )
        .select_from(each)
        .where(quote.c.pk.in_(first))
    )
    with writing(engine) as connection:
        names = [*(c.name for c in columns), "uid", "occurrence", "text"]
        connection.execute(insert(quote).from_select(names, copies))
