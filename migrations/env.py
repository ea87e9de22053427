"""Alembic's entry: runs migrations on the engine that `app.store.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Engine
from sqlmodel import SQLModel

# The metadata is compared against, and never imported by a migration itself.
from app.store import tables  # noqa: F401
from app.store.session import writing

engine: Engine = context.config.attributes["engine"]

# The write lock is taken before the version is read: of two processes that start together, the
# second waits and then finds nothing to do.
with writing(engine) as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
