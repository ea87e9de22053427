"""Articles: pages by any filter, one article with its text, its entities with their mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from app.store.read.base import (
    EVER,
    Key,
    Ordering,
    Page,
    Period,
    Provenance,
    any_of,
    article,
    count,
    cut,
    entity,
    extraction,
    mention,
    merged_pks,
    quote,
    revision,
    run,
)


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles: None means no condition; a sequence means any of its values.

    `url_keys` are normalised addresses. `entities` and `speakers` are public entity ids; merged
    ones stand for what they were merged into.
    """

    url_keys: Sequence[str] | None = None
    entities: Sequence[str] | None = None
    speakers: Sequence[str] | None = None
    publishers: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    period: Period = EVER


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it."""

    pk: int
    uid: str
    url: str | None
    title: str | None
    publisher: str | None
    agency: str | None
    authors: list[str]
    language: str | None
    published: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ArticleState:
    """Whether an article can be shown, and its current extraction (None before the first)."""

    pk: int
    status: str
    extraction: int | None


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article in full. `zones` is `[[kind, start, end, value], …]`, code points into `text`."""

    row: ArticleRow
    dateline: str | None
    updated: dict[str, Any] | None
    first_seen_at: datetime
    changed_at: datetime
    sightings: int
    revision: int
    text: str
    zones: list[Any]
    provenance: Provenance | None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A mention: code points into the article's text, end exclusive."""

    start: int
    end: int
    type: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class MentionedEntity:
    """An entity of one article with its mentions there, in text order."""

    uid: str
    kind: str
    name: str
    mentions: list[MentionRow]


_FIELDS = tuple(field.name for field in fields(ArticleRow))
_COLUMNS = tuple(article.c[name] for name in _FIELDS)


def _row(row: Row[Any]) -> ArticleRow:
    values = row._mapping
    return ArticleRow(**{name: values[name] for name in _FIELDS})


def article_page(
    connection: Connection, wanted: ArticleFilter, *, after: Key | None, limit: int
) -> Page[ArticleRow]:
    """The articles that pass a filter, newest first."""
    ordering = Ordering(article.c.sort_at, article.c.pk)
    conditions = _conditions(connection, wanted)
    listed = select(*_COLUMNS, article.c.sort_at).where(*conditions)
    statement = ordering.apply(listed, after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "sort_at")
    total = count(connection, select(article.c.pk).where(*conditions))
    return Page([_row(row) for row in rows], end, total)


def _conditions(connection: Connection, wanted: ArticleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        article.c.status == "usable",
        *any_of(article.c.url_key, wanted.url_keys),
        *any_of(article.c.publisher, wanted.publishers),
        *any_of(article.c.language, wanted.languages),
        *wanted.period.conditions(article.c.sort_at),
    ]
    entities = merged_pks(connection, wanted.entities)
    if entities is not None:
        source = mention.join(extraction, extraction.c.pk == mention.c.extraction)
        mentioned = (
            select(extraction.c.article)
            .select_from(source)
            .where(*any_of(mention.c.entity, entities), extraction.c.is_current.is_(True))
        )
        conditions.append(article.c.pk.in_(mentioned))
    speakers = merged_pks(connection, wanted.speakers)
    if speakers is not None:
        quoted = select(quote.c.article).where(
            *any_of(quote.c.speaker, speakers), quote.c.visible.is_(True)
        )
        conditions.append(article.c.pk.in_(quoted))
    return conditions


def article_state(connection: Connection, uid: str) -> ArticleState | None:
    """Whether the article of that id can be shown; None for an unknown id."""
    # By way of the revision, whose indexes both joins can use.
    newest = (revision.c.article == article.c.pk) & (revision.c.n == article.c.current_revision)
    current = (extraction.c.revision == revision.c.pk) & extraction.c.is_current.is_(True)
    statement = (
        select(article.c.pk, article.c.status, extraction.c.pk.label("extraction"))
        .select_from(article.join(revision, newest).outerjoin(extraction, current))
        .where(article.c.uid == uid)
    )
    row = connection.execute(statement).first()
    return None if row is None else ArticleState(**row._mapping)


def article_detail(connection: Connection, state: ArticleState) -> ArticleDetail:
    """One article with the text of its current revision."""
    current = (revision.c.article == article.c.pk) & (revision.c.n == article.c.current_revision)
    columns = (
        *_COLUMNS,
        article.c.dateline,
        article.c.updated,
        article.c.first_seen_at,
        article.c.changed_at,
        article.c.sightings,
        revision.c.n,
        revision.c.text,
        revision.c.zones,
    )
    statement = select(*columns).select_from(article.join(revision, current))
    row = connection.execute(statement.where(article.c.pk == state.pk)).one()
    return ArticleDetail(
        row=_row(row),
        dateline=row.dateline,
        updated=row.updated,
        first_seen_at=row.first_seen_at,
        changed_at=row.changed_at,
        sightings=row.sightings,
        revision=row.n,
        text=row.text,
        zones=row.zones,
        provenance=None
        if state.extraction is None
        else extraction_source(connection, state.extraction)[1],
    )


def extraction_source(connection: Connection, pk: int) -> tuple[str, Provenance]:
    """The text that an extraction's offsets count into, and its provenance."""
    source = extraction.join(revision, revision.c.pk == extraction.c.revision).join(
        run, run.c.pk == extraction.c.run
    )
    columns = (revision.c.text, revision.c.n, run.c.extractor_version, run.c.model)
    row = connection.execute(
        select(*columns).select_from(source).where(extraction.c.pk == pk)
    ).one()
    return row.text, Provenance(row.extractor_version, row.model, row.n)


def mentioned_entity_page(
    connection: Connection, extraction_pk: int, *, after: Key | None, limit: int
) -> Page[MentionedEntity]:
    """The entities of one extraction by first mention, each with all its mentions."""
    firsts = (
        select(
            entity.c.pk,
            entity.c.uid,
            entity.c.kind,
            entity.c.name,
            func.min(mention.c.start).label("first"),
        )
        .select_from(mention.join(entity, entity.c.pk == mention.c.entity))
        .where(mention.c.extraction == extraction_pk, entity.c.status == "active")
        .group_by(entity.c.pk, entity.c.uid, entity.c.kind, entity.c.name)
        .subquery()
    )
    ordering = Ordering(firsts.c.first, firsts.c.pk, descending=False)
    statement = ordering.apply(select(firsts), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "first")
    mentions = _mentions(connection, extraction_pk, [row.pk for row in rows])
    found = [MentionedEntity(r.uid, r.kind, r.name, mentions[r.pk]) for r in rows]
    return Page(found, end, count(connection, select(firsts.c.pk)))


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
