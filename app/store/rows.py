"""Inserting rows that may be there, in the words of each database."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def table_of(model: Any) -> Table:
    """The table of a SQLModel class."""
    table: Table = model.__table__
    return table


def inserting(connection: Connection, model: Any) -> Any:
    """An insert statement of the connection's dialect, which knows `on_conflict_do_…`."""
    return _inserting(connection.dialect.name, table_of(model))


@cache
def _inserting(dialect: str, table: Table) -> Any:
    # Kept: making `excluded`, the columns of the row that was in conflict, costs a millisecond.
    return cast(Any, INSERTS[dialect])(table)


def insert_missing(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows, leaving those whose key or unique column is already there as they are."""
    if rows:
        connection.execute(inserting(connection, model).on_conflict_do_nothing(), rows)
