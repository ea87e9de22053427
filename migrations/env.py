"""Alembic's entry: runs migrations on the engine that `app.store.migrate` hands over."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Engine
from sqlmodel import SQLModel

# The metadata is compared against, and never imported by a migration itself.
from app.store import tables  # noqa: F401
from app.store.session import writing

# Full-text indexes, each of several tables, which the metadata does not know.
SEARCH = ("quote_search", "article_search")


def include_object(_: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Whether an object is compared with the metadata."""
    return not (kind == "table" and reflected and (name or "").startswith(SEARCH))


engine: Engine = context.config.attributes["engine"]

# The write lock is taken before the version is read: of two processes that start together, the
# second waits and then finds nothing to do.
with writing(engine) as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=include_object,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
