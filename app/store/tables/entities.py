"""Entities known across articles, their names, and what they are known by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field, SQLModel


class Entity(SQLModel, table=True):
    """A person, organisation or location known across articles.

    `name` gets better as fuller forms are attested, until an editor gives it one (`is_renamed`);
    `norm`, by which lists sort, is that of the first name and stays.

    The counters count what stands in current extractions of usable articles; they change in the
    transaction that changes the rows.
    """

    __tablename__ = "entity"
    __table_args__ = (
        Index("ix_entity_first_seen", "first_seen", "pk"),
        Index("ix_entity_quotes", "quotes", "pk"),
        Index("ix_entity_mentions", "mentions", "pk", "kind"),
        # Partial, lest a list of what was not merged be read from it, in no order.
        Index(
            "ix_entity_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    name: str
    norm: str = Field(index=True)
    merged_into: int | None = Field(default=None, foreign_key="entity.pk")
    status: str = Field(default="active")
    is_renamed: bool = False
    first_seen: datetime
    last_seen: datetime
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    quoted_about: int = 0


class Alias(SQLModel, table=True):
    """A surface under which an entity was seen. `norm` is casefolded, white space folded."""

    __tablename__ = "alias"
    __table_args__ = (Index("ix_alias_norm", "norm", "entity"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    surface: str = Field(primary_key=True)
    norm: str
    origin: str = "text"


class NamePart(SQLModel, table=True):
    """An alias from each of its words on, folded: what type-ahead looks up."""

    __tablename__ = "name_part"
    __table_args__ = (Index("ix_name_part_entity", "entity", "part"),)

    part: str = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk", primary_key=True)


class EntityKey(SQLModel, table=True):
    """What an entity can be found by when an article is resolved: a full name, or a key of its own.

    `rank` numbers those that share a key; only the first few are kept (`candidates.MOST`), so that
    looking up the commonest surname costs no more than any other.
    """

    __tablename__ = "entity_key"
    __table_args__ = (Index("ix_entity_key_entity", "entity", "key"),)

    key: str = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk")


class EntityTraits(SQLModel, table=True):
    """The profile of an entity: `profiles.as_json` of what its articles' current extractions say.

    The commonest terms alone are kept. It changes in the transaction that changes the articles.
    """

    __tablename__ = "entity_traits"

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    traits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ArticleTraits(SQLModel, table=True):
    """What an article added to profiles, `[[entity, traits], …]`: taken off if it is read anew."""

    __tablename__ = "article_traits"

    article: int = Field(foreign_key="article.pk", primary_key=True)
    traits: list[Any] = Field(default_factory=list, sa_type=JSON)


class MergeProposalRow(SQLModel, table=True):
    """Two entities that an article shows to be one, the older first; nothing is merged by itself.

    `score` is in [0, 1], `reasons` a list of short sentences, `status` open or dismissed.
    """

    __tablename__ = "merge_proposal"
    __table_args__ = (
        Index("ix_merge_proposal_other", "other", "entity"),
        Index("ix_merge_proposal_article", "article"),
    )

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    other: int = Field(foreign_key="entity.pk", primary_key=True)
    article: int = Field(foreign_key="article.pk")
    score: float
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)
    status: str = "open"
    at: datetime


class ExternalId(SQLModel, table=True):
    """The identifier that an authority file gives an entity."""

    __tablename__ = "external_id"
    __table_args__ = (Index("ix_external_id_entity", "entity", "authority", "id"),)

    authority: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    entity: int = Field(foreign_key="entity.pk")
