"""The entities of one article, each with its mentions, roles, salience and place there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Subquery, func, select

from app.store.read.base import (
    Key,
    Ordering,
    Page,
    count,
    cut,
    entity,
    extraction_entity,
    mention,
    role,
)
from app.store.read.places import Whereabouts, located_in

MentionedSort = Literal["first_mention:asc", "salience:desc"]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention: code points into the article's text, end exclusive."""

    start: int
    end: int
    type: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class MentionedEntity:
    """An entity of one article with its mentions and roles there, in text order.

    `roles` are pairs of start and end, as a mention's.
    """

    uid: str
    kind: str
    name: str
    salience: float | None
    mentions: list[MentionRow]
    roles: list[tuple[int, int]]
    place: Whereabouts | None


def mentioned_entity_page(
    connection: Connection,
    extraction_pk: int,
    sort: MentionedSort,
    *,
    after: Key | None,
    limit: int,
) -> Page[MentionedEntity]:
    """The entities of one extraction, each with all that it says of them.

    By first mention, or the most salient first (those of unknown salience last).
    """
    listed = _mentioned(extraction_pk)
    by_salience = sort == "salience:desc"
    column = listed.c.ranked if by_salience else listed.c.first
    ordering = Ordering(column, listed.c.pk, descending=by_salience)
    statement = ordering.apply(select(listed, column.label("key")), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "key")
    pks = [row.pk for row in rows]
    mentions = _mentions(connection, extraction_pk, pks)
    roles = _roles(connection, extraction_pk, pks)
    places = located_in(connection, extraction_pk, pks)
    found = [
        MentionedEntity(
            r.uid, r.kind, r.name, r.salience, mentions[r.pk], roles[r.pk], places.get(r.pk)
        )
        for r in rows
    ]
    return Page(found, end, count(connection, select(listed.c.pk)))


def _mentioned(extraction_pk: int) -> Subquery:
    """The entities that an extraction mentions: `first` is where, `ranked` their salience."""
    salience = extraction_entity.c.salience
    known = (extraction_entity.c.extraction == mention.c.extraction) & (
        extraction_entity.c.entity == entity.c.pk
    )
    columns = (entity.c.pk, entity.c.uid, entity.c.kind, entity.c.name, salience)
    return (
        select(
            *columns,
            func.min(mention.c.start).label("first"),
            # A cursor needs a value: unknown salience comes behind any.
            func.coalesce(salience, -1.0).label("ranked"),
        )
        .select_from(
            mention.join(entity, entity.c.pk == mention.c.entity).outerjoin(
                extraction_entity, known
            )
        )
        .where(mention.c.extraction == extraction_pk, entity.c.status == "active")
        .group_by(*columns)
        .subquery()
    )


def _roles(
    connection: Connection, extraction_pk: int, entities: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    statement = (
        select(role.c.entity, role.c.start, role.c.end)
        .where(role.c.extraction == extraction_pk, role.c.entity.in_(entities))
        .order_by(role.c.start, role.c.end)
    )
    for row in connection.execute(statement):
        found[row.entity].append((row.start, row.end))
    return found


def _mentions(
    connection: Connection, extraction_pk: int, entities: Sequence[int]
) -> dict[int, list[MentionRow]]:
    found: dict[int, list[MentionRow]] = defaultdict(list)
    columns = (
        mention.c.entity,
        mention.c.start,
        mention.c.end,
        mention.c.type,
        mention.c.confidence,
    )
    statement = (
        select(*columns)
        .where(mention.c.extraction == extraction_pk, mention.c.entity.in_(entities))
        .order_by(mention.c.start, mention.c.end)
    )
    for row in connection.execute(statement):
        found[row.entity].append(MentionRow(row.start, row.end, row.type, row.confidence))
    return found
