"""Quotes: who said what, about whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class QuoteRow(SQLModel, table=True):
    """A quote of an article, the same row through revisions and re-extractions.

    `speaker_extracted`, `status_extracted` and `organisation_extracted` are what the machine said;
    `speaker`, `speaker_status` and `organisation` what is served (`is_corrected` where an editor
    said it). `visible` is false once the current extraction lacks it, an editor rejected it
    (`is_rejected`), its speaker is suppressed or its article not usable. `text`, `cue` and `source`
    are those of the newest extraction that has it; `evidence` is
    `{"via": …, "antecedent": [start, end] or null, "alternatives": [[entity uid, score], …]}`.
    """

    __tablename__ = "quote"
    __table_args__ = (
        UniqueConstraint("article", "fingerprint", "occurrence"),
        # What stands behind the pk is read from the index alone, by counts and rare filters.
        Index(
            "ix_quote_speaker",
            "speaker",
            "sort_at",
            "pk",
            "article",
            "visible",
            "kind",
            "speaker_status",
            "cue_class",
            "polarity",
            "confidence",
        ),
        Index(
            "ix_quote_sort",
            "sort_at",
            "pk",
            "article",
            "visible",
            "kind",
            "speaker_status",
            "cue_class",
            "polarity",
            "confidence",
        ),
        Index("ix_quote_article", "article", "start"),
        # The same words in other articles.
        Index("ix_quote_fingerprint", "fingerprint", "sort_at", "pk"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    article: int = Field(foreign_key="article.pk")
    fingerprint: str
    occurrence: int
    extraction: int = Field(foreign_key="extraction.pk")
    parent: int | None = Field(default=None, foreign_key="quote.pk")
    start: int
    text: str
    cue: str | None = None
    source: str | None = None
    kind: str
    cue_class: str
    polarity: str
    verbatim: bool = True
    speaker_extracted: int | None = Field(default=None, foreign_key="entity.pk")
    speaker: int | None = Field(default=None, foreign_key="entity.pk")
    status_extracted: str
    speaker_status: str
    described_as: str | None = None
    organisation_extracted: int | None = None
    organisation: int | None = Field(default=None, foreign_key="entity.pk")
    confidence: float | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sort_at: datetime
    is_corrected: bool = False
    is_rejected: bool = False
    visible: bool = True


class QuoteSpan(SQLModel, table=True):
    """A content, cue or source span of a quote in one extraction."""

    __tablename__ = "quote_span"

    quote: int = Field(foreign_key="quote.pk", primary_key=True)
    extraction: int = Field(foreign_key="extraction.pk", primary_key=True)
    role: str = Field(primary_key=True)
    start: int = Field(primary_key=True)
    end: int


class QuoteEntity(SQLModel, table=True):
    """Whom a quote is about: an entity meant by a mention inside the quote's content.

    `resolved` is what resolution said, `entity` what is served; of two rows of a quote that
    corrections make one entity only one has it.
    """

    __tablename__ = "quote_entity"
    __table_args__ = (Index("ix_quote_entity_page", "entity", "sort_at", "quote"),)

    quote: int = Field(foreign_key="quote.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int | None = Field(default=None, foreign_key="entity.pk")
    sort_at: datetime
