"""What there is to correct, and which articles a correction changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, union
from sqlmodel import col

from app.store.merges import ENTITY, LONGEST_CHAIN, at_once
from app.store.rows import table_of
from app.store.served import reassigned
from app.store.tables import (
    Article,
    Entity,
    ExtractionEntity,
    ExtractionRow,
    MentionRow,
    QuoteRow,
    Reassignment,
    Revision,
)


def entity_of(connection: Connection, uid: str) -> Any:
    """The row of an entity (`merges.ENTITY`), None for an unknown id."""
    return connection.execute(ENTITY.where(col(Entity.uid) == uid)).one_or_none()


def root_of(connection: Connection, row: Any) -> Any:
    """The row of what an entity was merged into, over merges of merges; its own otherwise."""
    for _ in range(LONGEST_CHAIN):
        if row.merged_into is None:
            break
        row = connection.execute(ENTITY.where(col(Entity.pk) == row.merged_into)).one()
    return row


def quote_of(connection: Connection, uid: str) -> Any:
    """The row of a quote with its article's uid and status, None for an unknown id."""
    quote = table_of(QuoteRow)
    statement = (
        select(
            quote,
            col(Article.uid).label("article_uid"),
            col(Article.status).label("article_status"),
            col(ExtractionRow.is_current),
            col(Entity.uid).label("speaker_uid"),
        )
        .join(Article, col(Article.pk) == quote.c.article)
        .join(ExtractionRow, col(ExtractionRow.pk) == quote.c.extraction)
        .outerjoin(Entity, col(Entity.pk) == quote.c.speaker)
        .where(quote.c.uid == uid)
    )
    return connection.execute(statement).one_or_none()


def quotes_beside(connection: Connection, quote: Any) -> list[str]:
    """The uids of the other quotes of a quote's extraction, served or not."""
    statement = select(col(QuoteRow.uid)).where(
        col(QuoteRow.article) == quote.article,
        col(QuoteRow.extraction) == quote.extraction,
        col(QuoteRow.pk) != quote.pk,
    )
    return sorted(connection.execute(statement).scalars())


def articles_of(connection: Connection, entities: Iterable[int]) -> list[int]:
    """The articles of which something is served, or was hidden, because of these entities."""
    found: set[int] = set()
    for some in at_once(entities):
        statement = union(
            select(col(ExtractionRow.article))
            .join(ExtractionEntity, col(ExtractionEntity.extraction) == col(ExtractionRow.pk))
            .where(col(ExtractionEntity.resolved).in_(some)),
            select(col(Reassignment.article)).where(col(Reassignment.entity).in_(some)),
            select(col(QuoteRow.article)).where(col(QuoteRow.speaker).in_(some)),
        )
        found |= set(connection.execute(statement).scalars())
    return sorted(found)


def corrected_to(connection: Connection, entity: int) -> list[int]:
    """The articles of quotes of which an editor said, or a merge made of it, that it speaks."""
    statement = select(col(QuoteRow.article)).where(
        col(QuoteRow.speaker) == entity, col(QuoteRow.is_corrected)
    )
    return sorted(set(connection.execute(statement).scalars()))


def served_articles(connection: Connection, entity: int) -> dict[str, int]:
    """The articles that mention an entity now, by uid."""
    statement = (
        select(col(Article.uid), col(Article.pk))
        .join(ExtractionRow, col(ExtractionRow.article) == col(Article.pk))
        .join(ExtractionEntity, col(ExtractionEntity.extraction) == col(ExtractionRow.pk))
        .where(
            col(ExtractionEntity.entity) == entity,
            col(ExtractionRow.is_current),
            col(Article.status) == "usable",
        )
    )
    rows: Any = connection.execute(statement)
    return {row.uid: row.pk for row in rows}


def served_as(connection: Connection, article: int, members: Collection[int]) -> list[int]:
    """What resolution found in an article that is served as one of `members`, splits counted."""
    statement = (
        select(col(ExtractionEntity.resolved))
        .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
        .where(col(ExtractionRow.article) == article, col(ExtractionRow.is_current))
    )
    parts = reassigned(connection, article)
    found = connection.execute(statement).scalars()
    return [pk for pk in found if parts.get(pk, pk) in members]


def seen_first(connection: Connection, articles: Collection[int]) -> datetime:
    """When the first of some articles sorts."""
    found: list[datetime] = [
        moment
        for some in at_once(sorted(articles))
        for moment in connection.execute(
            select(func.min(col(Article.sort_at))).where(col(Article.pk).in_(some))
        ).scalars()
    ]
    return min(found)


def surfaces_in(
    connection: Connection, articles: Collection[int], entities: Collection[int]
) -> list[str]:
    """The names under which articles mention entities (as resolution found them), longest first."""
    length = col(MentionRow.end) - col(MentionRow.start)
    surface = func.substr(col(Revision.text), col(MentionRow.start) + 1, length)
    found: set[str] = set()
    for some in at_once(sorted(articles)):
        statement = (
            select(surface)
            .select_from(table_of(MentionRow))
            .join(ExtractionRow, col(ExtractionRow.pk) == col(MentionRow.extraction))
            .join(Revision, col(Revision.pk) == col(ExtractionRow.revision))
            .where(
                col(ExtractionRow.article).in_(some),
                col(ExtractionRow.is_current),
                col(MentionRow.type) == "name",
                col(MentionRow.resolved).in_(sorted(entities)),
            )
        )
        found |= {" ".join(text.split()) for text in connection.execute(statement).scalars()}
    return sorted(found - {""}, key=lambda text: (-len(text), text))
