"""Corrections, what must not come back, and what mirrors are told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.store.tables.columns import NULLABLE_JSON


class Correction(SQLModel, table=True):
    """An editor's correction, laid over extractions; nothing here is ever deleted.

    `kind` is speaker, rejection, rename, merge, split, suppression, withdrawal or undo. `target` is
    the uid of what was corrected, `anchor` what finds a quote again after its words changed:
    `{"article": uid, "text": …, "fingerprint": …}`. `old` and `new` are JSON that depends on the
    kind (docs/corrections.md). An undo is a correction of its own: `undone_by` names it.
    """

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_article", "article"),)

    pk: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    target: str = Field(index=True)
    article: int | None = Field(default=None, foreign_key="article.pk")
    anchor: dict[str, Any] | None = Field(default=None, sa_type=NULLABLE_JSON)
    old: Any = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    new: Any = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    actor: str
    reason: str | None = None
    at: datetime
    undone_by: int | None = Field(default=None, foreign_key="correction.pk")


class Reassignment(SQLModel, table=True):
    """A split: in this article, what resolution says is `resolved` is served as `entity`."""

    __tablename__ = "reassignment"
    __table_args__ = (Index("ix_reassignment_correction", "correction"),)

    article: int = Field(foreign_key="article.pk", primary_key=True)
    resolved: int = Field(foreign_key="entity.pk", primary_key=True)
    entity: int = Field(foreign_key="entity.pk")
    correction: int = Field(foreign_key="correction.pk")


class Tombstone(SQLModel, table=True):
    """A keyed hash of what must not come back: a withdrawn article, a suppressed name.

    `uid` is what it stands for, so that an undo finds it.
    """

    __tablename__ = "tombstone"

    keyed_hash: str = Field(primary_key=True)
    uid: str = Field(primary_key=True, index=True)
    at: datetime


class Secret(SQLModel, table=True):
    """A random key of this database ("tombstone"), made at first use."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str


class Change(SQLModel, table=True):
    """What a mirror must fetch again; `seq` only grows, also after deletions."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_uid", "uid"), {"sqlite_autoincrement": True})

    seq: int | None = Field(default=None, primary_key=True)
    uid: str
    op: str
    at: datetime
