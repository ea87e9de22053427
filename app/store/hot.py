"""Statements that are asked so often that they are compiled once and run on the driver itself.

For a small query SQLAlchemy's own part of the work is several times the database's. What is gained
is paid for with plain rows: no types are applied, so that each column comes as the driver has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Engine, Select
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.sql.compiler import SQLCompiler


class HotQuery:
    """A SELECT whose parameters are all named, and given as the driver takes them."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._compiled: dict[str, SQLCompiler] = {}

    def rows(self, engine: Engine, values: dict[str, Any]) -> Sequence[tuple[Any, ...]] | None:
        """All rows, of one snapshot; None where the driver reports an error."""
        compiled = self._for(engine.dialect)
        parameters: Any = compiled.construct_params(values)
        if compiled.positiontup is not None:
            parameters = [parameters[name] for name in compiled.positiontup]
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(compiled.string, parameters)
            found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        except engine.dialect.loaded_dbapi.Error:
            return None
        finally:
            # Whatever the driver began is rolled back.
            connection.close()
        return found

    def _for(self, dialect: Dialect) -> SQLCompiler:
        found = self._compiled.get(dialect.name)
        if found is None:
            made: Compiled = self._statement.compile(dialect=dialect)
            assert isinstance(made, SQLCompiler)
            found = self._compiled[dialect.name] = made
        return found


def as_stored(moment: Any) -> str:
    """A time as SQLAlchemy stores it in SQLite, as text; PostgreSQL reads the same."""
    assert isinstance(moment, datetime)
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return naive.isoformat(sep=" ", timespec="microseconds")


def moment_of(stored: str | datetime) -> datetime:
    """A time as the driver gives it: SQLite has text, in UTC."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
