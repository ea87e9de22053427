"""Which entities stand together in articles, counted as the articles are written."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlmodel import col

from app.store.sums import add_difference
from app.store.tables import CoMention, ExtractionEntity, ExtractionRow

# The most salient entities of an article alone are counted: pairs grow with the square of their
# number, and what an article mentions in passing says little about it.
MOST_SALIENT = 16

_CHOSEN: Any = (
    select(col(ExtractionEntity.entity))
    .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
    .where(
        col(ExtractionRow.article) == bindparam("article"),
        col(ExtractionRow.is_current),
        col(ExtractionEntity.entity).is_not(None),
    )
    .order_by(func.coalesce(col(ExtractionEntity.salience), -1.0).desc(), "entity")
    .limit(MOST_SALIENT)
)


def of_article(connection: Connection, article: int) -> frozenset[int]:
    """The entities of an article that are counted with one another."""
    return frozenset(connection.execute(_CHOSEN, {"article": article}).scalars())


def apply(connection: Connection, before: frozenset[int], after: frozenset[int]) -> None:
    """Change the counts by the difference of two `of_article`."""
    if before != after:
        old = dict.fromkeys(permutations(sorted(before), 2), (1,))
        new = dict.fromkeys(permutations(sorted(after), 2), (1,))
        add_difference(connection, CoMention, ("entity", "other"), ("articles",), old, new)
