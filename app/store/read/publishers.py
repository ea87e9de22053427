"""Outlets, with what is on record of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from app.store.read.base import Key, Page, count, publisher_day


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """An outlet, None where none is known, and the days (UTC) of its first and last article."""

    name: str | None
    articles: int
    quotes: int
    first_day: date
    last_day: date


def publisher_page(connection: Connection, *, after: Key | None, limit: int) -> Page[PublisherRow]:
    """Outlets, those with the most articles first.

    A page starts behind so many outlets (the key's second value) of so many articles (its first).
    """
    articles = func.sum(publisher_day.c.articles)
    listed = (
        select(
            publisher_day.c.publisher,
            articles.label("articles"),
            func.sum(publisher_day.c.quotes).label("quotes"),
            func.min(publisher_day.c.day).label("first_day"),
            func.max(publisher_day.c.day).label("last_day"),
        )
        .where(publisher_day.c.articles > 0)
        .group_by(publisher_day.c.publisher)
    )
    total = count(connection, listed.with_only_columns(publisher_day.c.publisher))
    skipped = 0
    if after is not None:
        skipped = max(after[1], 0)
        listed = listed.having(articles <= after[0])
    ordered = listed.order_by(articles.desc(), publisher_day.c.publisher)
    rows = [
        PublisherRow(row.publisher or None, row.articles, row.quotes, row.first_day, row.last_day)
        for row in connection.execute(ordered.offset(skipped).limit(limit + 1))
    ]
    end = None
    if len(rows) > limit:
        rows = rows[:limit]
        least = rows[-1].articles
        alike = sum(row.articles == least for row in rows)
        end = (least, alike + (skipped if after is not None and after[0] == least else 0))
    return Page(rows, end, total)
