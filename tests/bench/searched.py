"""Fills the search indexes in bulk, as their migration does."""

from __future__ import annotations

import sqlite3

from app.store.search import PK_BITS

_AT = f"CAST(strftime('%s', substr({{0}}.sort_at, 1, 19)) AS INTEGER) * (1 << {PK_BITS}) + {{0}}.pk"


def fill_search(connection: sqlite3.Connection) -> None:
    """Index all quotes and articles, in the order of the index's row ids."""
    with connection:
        connection.execute(
            f"INSERT INTO quote_search (rowid, text) SELECT {_AT.format('q')}, q.text"
            " FROM quote q ORDER BY 1"
        )
        connection.execute(
            f"INSERT INTO article_search (rowid, title, text) SELECT {_AT.format('a')}, a.title,"
            " r.text FROM article a JOIN revision r ON r.article = a.pk ORDER BY 1"
        )
