"""Counts that are kept beside the rows they count."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class EntityDay(SQLModel, table=True):
    """An entity's counters by the day under which its articles sort (UTC): see `counters.py`."""

    __tablename__ = "entity_day"
    __table_args__ = (Index("ix_entity_day_day", "day", "entity", "quotes"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    day: date = Field(primary_key=True)
    articles: int = 0
    mentions: int = 0
    quotes: int = 0
    quoted_about: int = 0


class PublisherDay(SQLModel, table=True):
    """Usable articles and visible quotes by outlet ("" where none is known) and day (UTC)."""

    __tablename__ = "publisher_day"
    __table_args__ = (Index("ix_publisher_day_day", "day", "publisher"),)

    publisher: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    articles: int = 0
    quotes: int = 0


class CoMention(SQLModel, table=True):
    """In how many articles two entities are among the most salient ones, once in each direction."""

    __tablename__ = "co_mention"
    __table_args__ = (Index("ix_co_mention_articles", "entity", "articles", "other"),)

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    other: int = Field(foreign_key="entity.pk", primary_key=True)
    articles: int
