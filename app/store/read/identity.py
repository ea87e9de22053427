"""What an entity is elsewhere, and which others may be the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, or_, select
from sqlmodel import SQLModel

from app.store.read.base import article, entity

external_id: Table = SQLModel.metadata.tables["external_id"]
merge_proposal: Table = SQLModel.metadata.tables["merge_proposal"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another entity with the score and the reasons for its being the same."""

    uid: str
    name: str
    score: float
    reasons: list[str]
    article_uid: str


def external_ids(connection: Connection, pk: int) -> list[tuple[str, str]]:
    """(authority, id) of an entity, in alphabetical order."""
    columns = (external_id.c.authority, external_id.c.id)
    statement = select(*columns).where(external_id.c.entity == pk).order_by(*columns)
    return [(row.authority, row.id) for row in connection.execute(statement)]


def merge_proposals(connection: Connection, pk: int, limit: int) -> list[Proposal]:
    """The open proposals of an entity, the surest first; none whose other side is gone."""
    table = merge_proposal
    other: Any = entity.c.pk == table.c.entity + table.c.other - pk
    statement = (
        select(
            entity.c.uid,
            entity.c.name,
            table.c.score,
            table.c.reasons,
            article.c.uid.label("article_uid"),
        )
        .select_from(table.join(entity, other).join(article, article.c.pk == table.c.article))
        .where(
            or_(table.c.entity == pk, table.c.other == pk),
            table.c.status == "open",
            entity.c.status == "active",
            entity.c.merged_into.is_(None),
            article.c.status == "usable",
        )
        .order_by(table.c.score.desc(), entity.c.pk)
        .limit(limit)
    )
    return [Proposal(**row._mapping) for row in connection.execute(statement)]
