"""Bringing a database to the schema of this version, by Alembic only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from app.errors import StoreError

# A checkout and an image both keep the migrations beside the package.
MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"

NEWER = (
    "the database was made by a newer version of Onrecord; upgrade Onrecord, or use another "
    "database (ONRECORD_DATABASE_URL)"
)

State = Literal["current", "missing", "behind", "newer"]


def config(engine: Engine) -> Config:
    """Alembic's configuration for one engine, without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["engine"] = engine
    return made


def state(engine: Engine) -> State:
    """Where the database stands: without a schema, behind this version, current, or newer."""
    scripts = ScriptDirectory.from_config(config(engine))
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return "missing"
        here = MigrationContext.configure(connection).get_current_revision()
    if here == scripts.get_current_head():
        return "current"
    if here is None:
        return "missing"
    return "behind" if here in {s.revision for s in scripts.walk_revisions()} else "newer"


def upgrade(engine: Engine) -> bool:
    """Apply the migrations that are missing; whether there were any.

    Raises StoreError where the schema is newer than this version of Onrecord.
    """
    found = state(engine)
    if found == "current":
        return False
    if found == "newer":
        raise StoreError(NEWER)
    try:
        command.upgrade(config(engine), "head")
    except DBAPIError as error:
        raise StoreError(
            f"the migration failed ({error.orig}) and changed nothing. If the database belongs to "
            "another program, set ONRECORD_DATABASE_URL to another one; else mend the cause and "
            "run `onrecord migrate` again"
        ) from error
    return True


def require_current(engine: Engine) -> None:
    """Raise StoreError, saying what to run, unless the schema is that of this version."""
    found = state(engine)
    if found in ("missing", "behind"):
        raise StoreError("the database has not been migrated; run `onrecord migrate`")
    if found == "newer":
        raise StoreError(NEWER)
