"""Which entities stand together in articles, counted as the articles are written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select
from sqlmodel import col

from app.store.rows import inserting, table_of
from app.store.tables import CoMention, Entity, ExtractionEntity, ExtractionRow

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

_ONE, _OTHER = table_of(Entity).alias("one"), table_of(Entity).alias("other")
_PAIRS: Any = (
    select(_ONE.c.pk, _OTHER.c.pk, bindparam("added", type_=table_of(CoMention).c.articles.type))
    .select_from(_ONE.join(_OTHER, _ONE.c.pk != _OTHER.c.pk))
    .where(
        _ONE.c.pk.in_(bindparam("pks", expanding=True)),
        _OTHER.c.pk.in_(bindparam("pks", expanding=True)),
        or_(
            _ONE.c.pk.in_(bindparam("changed", expanding=True)),
            _OTHER.c.pk.in_(bindparam("changed", expanding=True)),
        ),
    )
    .order_by(_ONE.c.pk, _OTHER.c.pk)
)
_EMPTY = delete(table_of(CoMention)).where(
    col(CoMention.entity).in_(bindparam("pks", expanding=True)), col(CoMention.articles) == 0
)


def of_article(connection: Connection, article: int) -> frozenset[int]:
    """The entities of an article that are counted with one another."""
    return frozenset(connection.execute(_CHOSEN, {"article": article}).scalars())


def apply(connection: Connection, before: frozenset[int], after: frozenset[int]) -> None:
    """Change the counts by the difference of two `of_article`."""
    gone, come = before - after, after - before
    _add(connection, before, gone, -1)
    _add(connection, after, come, 1)
    if gone:
        connection.execute(_EMPTY, {"pks": sorted(before)})


def _add(
    connection: Connection, entities: Collection[int], changed: Collection[int], articles: int
) -> None:
    """Add to the count of each ordered pair of entities of which one is among the `changed`.

    The database makes the pairs: given from here, the rows of an article would be a third of all
    that writing it binds.
    """
    if changed:
        statement = inserting(connection, CoMention).from_select(
            ["entity", "other", "articles"], _PAIRS
        )
        counted = table_of(CoMention).c.articles + statement.excluded.articles
        upsert = statement.on_conflict_do_update(
            index_elements=["entity", "other"], set_={"articles": counted}
        )
        values = {"pks": sorted(entities), "changed": sorted(changed), "added": articles}
        connection.execute(upsert, values)
