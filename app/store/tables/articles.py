"""Articles, their texts, and what extractions of them say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.store.tables.columns import NULLABLE_JSON


class Article(SQLModel, table=True):
    """An article as the API shows it; its text stands in its revisions.

    `sort_at` is the time of publication, else the time it was first seen: never null, never
    changed after insert, so that keyset pages neither repeat nor skip. A printed time without a
    zone has no `published_at`; `sort_at` then reads it as UTC. `published_sort` is the same for the
    newest revision: it follows what revisions say, `sort_at` does not. `published_day` and
    `published_sort` are null exactly where no time of publication is known.

    `cluster` is the id of the article that leads the near-duplicates it is one of (`clusters.py`),
    null for one that has none; `is_duplicate` says that another one leads.
    """

    __tablename__ = "article"
    __table_args__ = (
        # What stands behind the pk is read from the index alone, by counts and rare filters.
        Index(
            "ix_article_sort",
            *("sort_at", "pk", "status", "language", "published_sort", "is_duplicate"),
        ),
        # The few articles that a revision dated otherwise: filters by date look for them here.
        Index(
            "ix_article_redated",
            "published_sort",
            sqlite_where=text("published_sort != sort_at"),
            postgresql_where=text("published_sort != sort_at"),
        ),
        Index("ix_article_publisher", "publisher", "sort_at", "pk"),
        Index(
            "ix_article_cluster",
            "cluster",
            "pk",
            sqlite_where=text("cluster IS NOT NULL"),
            postgresql_where=text("cluster IS NOT NULL"),
        ),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    url_key: str | None = Field(default=None, unique=True)
    source_key: str | None = Field(default=None, unique=True)
    url: str | None = None
    status: str = Field(default="usable")
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    agency: str | None = None
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    dateline: str | None = None
    published_at: datetime | None = None
    published_day: date | None = None
    published_sort: datetime | None = None
    published: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    updated: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    sort_at: datetime
    first_seen_at: datetime
    changed_at: datetime
    current_revision: int = 1
    seen: list[str] = Field(default_factory=list, sa_type=JSON)
    sightings: int = 1
    cluster: str | None = None
    is_duplicate: bool = False


class ArticleSketch(SQLModel, table=True):
    """By what near-duplicates of an article's newest text are looked for: `near_duplicates.py`."""

    __tablename__ = "article_sketch"
    __table_args__ = (Index("ix_article_sketch_article", "article"),)

    hash: int = Field(primary_key=True, sa_type=BigInteger)
    article: int = Field(foreign_key="article.pk", primary_key=True)


class Revision(SQLModel, table=True):
    """One text of an article. `zones` is `[[kind, start, end, value], …]`."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article", "n"),)

    pk: int | None = Field(default=None, primary_key=True)
    article: int = Field(foreign_key="article.pk")
    n: int
    text: str
    sha256: str
    zones: list[Any] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime


class Run(SQLModel, table=True):
    """One configuration of the extractor: what provenance names."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("extractor_version", "model_digest", "settings_digest"),)

    pk: int | None = Field(default=None, primary_key=True)
    extractor_version: str
    model: str
    model_digest: str
    settings_digest: str
    started_at: datetime


class ExtractionRow(SQLModel, table=True):
    """What a run found in a revision. Exactly one extraction of an article is current."""

    __tablename__ = "extraction"
    __table_args__ = (
        UniqueConstraint("revision", "run"),
        Index(
            "uq_extraction_current",
            "article",
            unique=True,
            # As SQLAlchemy writes the condition: SQLite uses a partial index only where the
            # query's condition is the same.
            sqlite_where=text("is_current = 1"),
            postgresql_where=text("is_current"),
        ),
    )

    pk: int | None = Field(default=None, primary_key=True)
    article: int = Field(foreign_key="article.pk")
    revision: int = Field(foreign_key="revision.pk")
    run: int = Field(foreign_key="run.pk")
    is_current: bool = True
    created_at: datetime


class MentionRow(SQLModel, table=True):
    """A mention in an extraction: code points into the revision's text, end exclusive.

    `type` is name, nominal or pronoun; `label` the entity kind. `resolved` is what resolution said,
    `entity` what is served: see `store/laying.py`.
    """

    __tablename__ = "mention"
    __table_args__ = (
        Index("ix_mention_entity", "entity", "extraction"),
        Index("ix_mention_extraction", "extraction", "start"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    extraction: int = Field(foreign_key="extraction.pk")
    start: int
    end: int
    type: str
    label: str
    resolved: int | None = None
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    confidence: float | None = None


class ExtractionEntity(SQLModel, table=True):
    """What an article's current extraction says of an entity: how far it is about it, where it is.

    An article that is extracted again, or withdrawn, loses these rows. `alternatives` is
    `[[key of a place, score], …]`, best first; null where the entity is no location on the map.

    `resolved` is what resolution said, `entity` what is served; of two rows of an extraction that
    corrections make one entity the more salient has it, the other has none.
    """

    __tablename__ = "extraction_entity"
    __table_args__ = (
        Index("ix_extraction_entity_resolved", "resolved", "extraction"),
        Index("ix_extraction_entity_entity", "entity", "extraction"),
    )

    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    salience: float | None = None
    place: str | None = Field(default=None, foreign_key="place.key")
    confidence: float | None = None
    alternatives: list[Any] | None = Field(default=None, sa_type=NULLABLE_JSON)


class RoleRow(SQLModel, table=True):
    """What an article calls an entity ("US Secretary of State"), where it first does.

    Kept for current extractions only, as `extraction_entity` is. `norm` is folded like that of an
    alias; `sort_at` is the article's. `resolved` and `entity` are as there.
    """

    __tablename__ = "role"
    __table_args__ = (
        # All that an entity's page says of its roles is read from the index alone.
        Index("ix_role_entity", "entity", "norm", "text", "sort_at"),
    )

    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    norm: str = Field(primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    start: int
    end: int
    text: str
    sort_at: datetime
