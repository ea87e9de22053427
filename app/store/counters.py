"""The counters of entities, also by day, and of outlets.

They change in the transaction that changes the rows they count. An article's day is that under
which it sorts, in UTC: like `sort_at` it never changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlmodel import col

from app.store.sums import Sums, add_difference
from app.store.tables import (
    Entity,
    EntityDay,
    ExtractionRow,
    MentionRow,
    PublisherDay,
    QuoteEntity,
    QuoteRow,
)

COUNTERS = ("articles", "mentions", "quotes", "quoted_about")

# entity → its counters' values due to one article, in the order of COUNTERS
Counts = Mapping[int, tuple[int, ...]]

_MENTIONS = (
    select(col(MentionRow.entity), func.count())
    .join(ExtractionRow, col(ExtractionRow.pk) == col(MentionRow.extraction))
    .where(
        col(ExtractionRow.article) == bindparam("article"),
        col(ExtractionRow.is_current),
        col(MentionRow.entity).is_not(None),
    )
    .group_by(col(MentionRow.entity))
)
_QUOTES = (
    select(col(QuoteRow.speaker), func.count())
    .where(
        col(QuoteRow.article) == bindparam("article"),
        col(QuoteRow.visible),
        col(QuoteRow.speaker).is_not(None),
    )
    .group_by(col(QuoteRow.speaker))
)
_ABOUT = (
    select(col(QuoteEntity.entity), func.count())
    .join(QuoteRow, col(QuoteRow.pk) == col(QuoteEntity.quote))
    .where(
        col(QuoteRow.article) == bindparam("article"),
        col(QuoteRow.visible),
        col(QuoteEntity.entity).is_not(None),
    )
    .group_by(col(QuoteEntity.entity))
)
_ADD = (
    update(Entity.__table__)  # type: ignore[attr-defined]
    .where(col(Entity.pk) == bindparam("key"))
    .values({name: getattr(Entity, name) + bindparam(f"d_{name}") for name in COUNTERS})
)


def of_article(connection: Connection, article: int) -> Counts:
    """What an article's current rows add to the counters of each entity in it."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * len(COUNTERS))
    for place, statement in ((1, _MENTIONS), (2, _QUOTES), (3, _ABOUT)):
        rows: Any = connection.execute(statement, {"article": article})
        for entity, n in rows:
            counts[entity][place] = n
            counts[entity][0] = 1
    return {entity: tuple(values) for entity, values in counts.items()}


def apply(connection: Connection, before: Counts, after: Counts, day: date) -> None:
    """Add the difference of two `of_article` of an article of that day to the counters."""
    nothing = (0,) * len(COUNTERS)
    changes = []
    for entity in before.keys() | after.keys():
        deltas = [
            new - old
            for new, old in zip(
                after.get(entity, nothing), before.get(entity, nothing), strict=True
            )
        ]
        if any(deltas):
            named = {f"d_{name}": d for name, d in zip(COUNTERS, deltas, strict=True)}
            changes.append({"key": entity, **named})
    if not changes:
        return
    connection.execute(_ADD, sorted(changes, key=lambda change: change["key"]))
    add_difference(
        connection,
        EntityDay,
        ("entity", "day"),
        COUNTERS,
        {(entity, day): counts for entity, counts in before.items()},
        {(entity, day): counts for entity, counts in after.items()},
    )


def apply_publishers(connection: Connection, before: Sums, after: Sums) -> None:
    """Add the difference of two mappings of (outlet, day) to (articles, quotes)."""
    add_difference(
        connection, PublisherDay, ("publisher", "day"), ("articles", "quotes"), before, after
    )
