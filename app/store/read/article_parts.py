"""What stands around an article: its texts over time, how much was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain import ExtractorInfo
from app.store.read.articles import ArticleRow, ArticleState, article_rows
from app.store.read.base import (
    Key,
    Ordering,
    Page,
    article,
    count,
    cut,
    entity,
    extraction_entity,
    quote,
    revision,
    run,
)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One text of an article without the text itself; `characters` are code points."""

    n: int
    created_at: datetime
    sha256: str
    characters: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class RevisionDetail:
    """One text of an article. `zones` is `[[kind, start, end, value], …]`, code points."""

    row: RevisionRow
    text: str
    zones: list[Any]


@dataclass(frozen=True, slots=True)
class Found:
    """An article with how many entities and shown quotes its current extraction has."""

    row: ArticleRow
    revision: int
    entities: int
    quotes: int


# SQLite and PostgreSQL both count the characters of a text as code points.
_ROW = (
    revision.c.n,
    revision.c.created_at,
    revision.c.sha256,
    func.length(revision.c.text).label("characters"),
    (revision.c.n == article.c.current_revision).label("is_current"),
)
_SOURCE = revision.join(article, article.c.pk == revision.c.article)


def revision_page(
    connection: Connection, article_pk: int, *, after: Key | None, limit: int
) -> Page[RevisionRow]:
    """The texts of an article, newest first."""
    ordering = Ordering(revision.c.n, revision.c.pk)
    listed = select(*_ROW, revision.c.pk).select_from(_SOURCE)
    listed = listed.where(revision.c.article == article_pk)
    rows, end = cut(
        connection.execute(ordering.apply(listed, after).limit(limit + 1)).all(), limit, "n"
    )
    return Page(
        [_row(row) for row in rows], end, count(connection, listed.with_only_columns(revision.c.pk))
    )


def revision_detail(connection: Connection, article_pk: int, n: int) -> RevisionDetail | None:
    """One text of an article; None where it has none of that number."""
    statement = select(*_ROW, revision.c.text, revision.c.zones).select_from(_SOURCE)
    here = (revision.c.article == article_pk, revision.c.n == n)
    row = connection.execute(statement.where(*here)).first()
    return None if row is None else RevisionDetail(_row(row), row.text, row.zones)


def _row(row: Any) -> RevisionRow:
    return RevisionRow(row.n, row.created_at, row.sha256, row.characters, bool(row.is_current))


def article_found(connection: Connection, state: ArticleState) -> Found:
    """An article with what its current extraction found in it."""
    entities = (
        select(func.count())
        .select_from(extraction_entity.join(entity, entity.c.pk == extraction_entity.c.entity))
        .where(extraction_entity.c.extraction == state.extraction, entity.c.status == "active")
    )
    quotes = (
        select(func.count())
        .select_from(quote)
        .where(quote.c.article == state.pk, quote.c.visible.is_(True))
    )
    current = select(article.c.current_revision).where(article.c.pk == state.pk)
    [row] = article_rows(connection, [state.pk])
    return Found(
        row,
        revision=connection.execute(current).scalar_one(),
        entities=connection.execute(entities).scalar_one(),
        quotes=connection.execute(quotes).scalar_one(),
    )


def run_of(connection: Connection, info: ExtractorInfo) -> int | None:
    """The key of the run with this extractor, None where nothing was extracted by it yet."""
    same = (
        run.c.extractor_version == info.version,
        run.c.model_digest == info.model_digest,
        run.c.settings_digest == info.settings_digest,
    )
    return connection.execute(select(run.c.pk).where(*same)).scalar()
