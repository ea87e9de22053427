"""Sums kept in tables: changed by differences, in the transaction that changes what they sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete

from app.store.rows import inserting, table_of

# key → sums, each in the order in which the table's columns were named
Sums = Mapping[tuple[Any, ...], tuple[int, ...]]


def add_difference(
    connection: Connection,
    model: Any,
    keys: tuple[str, ...],
    columns: tuple[str, ...],
    before: Sums,
    after: Sums,
) -> None:
    """Add `after` - `before` to the rows of a table; a row whose sums are all zero goes."""
    nothing = (0,) * len(columns)
    rows = []
    for key in sorted(before.keys() | after.keys()):
        pairs = zip(after.get(key, nothing), before.get(key, nothing), strict=True)
        deltas = [new - old for new, old in pairs]
        if any(deltas):
            named = dict(zip(keys, key, strict=True))
            rows.append(named | dict(zip(columns, deltas, strict=True)))
    if not rows:
        return
    table = table_of(model)
    statement = inserting(connection, model)
    sums = {name: table.c[name] + statement.excluded[name] for name in columns}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=sums), rows)
    shrunk = [row for row in rows if any(row[name] < 0 for name in columns)]
    if shrunk:
        here = (table.c[name] == bindparam(f"at_{name}") for name in keys)
        empty = (table.c[name] == 0 for name in columns)
        at = [{f"at_{name}": row[name] for name in keys} for row in shrunk]
        connection.execute(delete(table).where(and_(*here, *empty)), at)
