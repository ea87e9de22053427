"""Whom and what an entity is mentioned together with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from app.store.read.base import (
    Key,
    Ordering,
    Page,
    Total,
    any_of,
    co_mention,
    count,
    cut,
    entity,
    publisher_day,
)
from app.store.read.strength import log_likelihood

RelatedSort = Literal["articles:desc", "strength:desc"]

# So many of the most co-mentioned are sorted by strength, which no index knows.
WINDOW = 1_000

_BY_ARTICLES = Ordering(co_mention.c.articles, co_mention.c.other)


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """Another entity: in how many articles `together`, and its own counters."""

    pk: int
    uid: str
    kind: str
    name: str
    articles: int
    mentions: int
    quotes: int
    quoted_about: int
    together: int
    strength: float


# All but `together` and `strength`, which are of both.
_FIELDS = tuple(field.name for field in fields(RelatedRow))[:-2]


def related_page(
    connection: Connection,
    pk: int,
    kinds: Sequence[str] | None,
    sort: RelatedSort,
    *,
    after: Key | None,
    limit: int,
) -> Page[RelatedRow]:
    """The entities that the entity `pk` is mentioned together with.

    Sorted by strength it has those WINDOW alone that share the most articles with it.
    """
    own = connection.execute(select(entity.c.articles).where(entity.c.pk == pk)).scalar_one()
    every = articles_on_record(connection)

    def strong(row: Row[Any]) -> RelatedRow:
        strength = log_likelihood(row.together, own, row.articles, every)
        named = {name: row._mapping[name] for name in _FIELDS}
        return RelatedRow(**named, together=row.together, strength=strength)

    conditions = _conditions(pk, kinds)
    if sort == "strength:desc":
        statement = _BY_ARTICLES.apply(_listed(conditions), None).limit(WINDOW)
        return _strongest([strong(row) for row in connection.execute(statement)], after, limit)
    statement = _BY_ARTICLES.apply(_listed(conditions), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "together")
    total = count(connection, _listed(conditions).with_only_columns(entity.c.pk))
    return Page([strong(row) for row in rows], end, total)


def articles_on_record(connection: Connection) -> int:
    """How many usable articles there are."""
    counted = select(func.coalesce(func.sum(publisher_day.c.articles), 0))
    found: int = connection.execute(counted).scalar_one()
    return found


def _conditions(pk: int, kinds: Sequence[str] | None) -> list[ColumnElement[bool]]:
    return [
        co_mention.c.entity == pk,
        co_mention.c.articles > 0,
        entity.c.merged_into.is_(None),
        entity.c.status == "active",
        *any_of(entity.c.kind, kinds),
    ]


def _listed(conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    source = co_mention.join(entity, entity.c.pk == co_mention.c.other)
    columns = (entity.c[name] for name in _FIELDS)
    together = co_mention.c.articles.label("together")
    return select(*columns, together).select_from(source).where(*conditions)


def _strongest(rows: list[RelatedRow], after: Key | None, limit: int) -> Page[RelatedRow]:
    total = Total(len(rows), exact=True)
    rows.sort(key=lambda row: (row.strength, row.pk), reverse=True)
    if after is not None:
        rows = [row for row in rows if (row.strength, row.pk) < after]
    page = rows[:limit]
    end = (page[-1].strength, page[-1].pk) if len(rows) > limit else None
    return Page(page, end, total)
