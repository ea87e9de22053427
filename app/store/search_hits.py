"""Finding in the full-text indexes (`search.py`): hits the newest first, their count, their rank.

Functions take a `Connection`; they open and commit nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    func,
    literal,
    literal_column,
    select,
    table,
    tuple_,
)

from app.store.search import (
    EPOCH,
    EVERYWHERE,
    LAST_SECOND,
    PK_BITS,
    PK_MASK,
    Index,
    Key,
    Stretch,
    position,
    second_of,
    stored_position,
)
from app.store.search_query import SearchQuery, Term

_SECOND = timedelta(seconds=1)


def expression(query: SearchQuery) -> str:
    """The query in FTS5's language; every word is quoted."""
    wanted = " AND ".join(map(_phrase, query.wanted))
    if not query.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_phrase, query.unwanted))})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}'


def _matching(index: Index, query: SearchQuery) -> ColumnElement[bool]:
    return literal_column(index.name).op("MATCH")(expression(query))


def newest(
    connection: Connection,
    index: Index,
    query: SearchQuery,
    conditions: Sequence[ColumnElement[bool]],
    *,
    within: Stretch = EVERYWHERE,
    after: Key | None,
    limit: int,
) -> list[Key]:
    """The first hits behind `after` that satisfy conditions on `index.rows`: the newest first.

    They sort by (sort_at, pk), as all lists do.
    """
    rows = index.rows
    found = _joined(index, query, [*conditions, *_behind(index, after), *within.conditions(index)])
    by_position = found.order_by(index.position.desc()).limit(limit)
    keys = [(row.sort_at, row.pk) for row in connection.execute(by_position)]
    if len(keys) == limit:
        # The index tells seconds apart and no less. Of the last one it may have given the wrong
        # rows, if not all rows of that second are of the same moment.
        start = second_of(keys[-1][0])
        if _is_uneven(connection, rows, start):
            one = Stretch(start << PK_BITS, (start + 1) << PK_BITS).conditions(index)
            newest_first = (rows.c.sort_at.desc(), rows.c.pk.desc())
            again = found.where(*one).order_by(*newest_first).limit(limit)
            keys = [key for key in keys if second_of(key[0]) > start]
            keys += [(row.sort_at, row.pk) for row in connection.execute(again)]
    return sorted(keys, reverse=True)[:limit]


def _joined(
    index: Index, query: SearchQuery, conditions: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    rows = index.rows
    # The pk is computed from the position, so that no planner can begin with the table.
    source = table(index.name).join(rows, rows.c.pk == index.position.op("&")(PK_MASK))
    columns = select(rows.c.sort_at, rows.c.pk)
    return columns.select_from(source).where(_matching(index, query), *conditions)


def _behind(index: Index, after: Key | None) -> list[ColumnElement[bool]]:
    """What sorts behind a key."""
    if after is None:
        return []
    moment, pk = after
    columns = index.rows.c
    second = second_of(moment)
    # Cursors are forged: no row has another key than these.
    nearest = min(max(pk, 0), PK_MASK + 1)
    # Most rows are of a full second: what is left of it then stands before the row itself.
    is_full = moment == EPOCH + second * _SECOND
    before = (second << PK_BITS) + nearest if is_full else (second + 1) << PK_BITS
    key = tuple_(literal(moment, columns.sort_at.type), literal(pk))
    return [*Stretch(before=before).conditions(index), tuple_(columns.sort_at, columns.pk) < key]


def _is_uneven(connection: Connection, rows: Table, second: int) -> bool:
    """Whether a second has rows that are not of its beginning."""
    start = EPOCH + second * _SECOND
    inside = select(rows.c.pk).where(rows.c.sort_at > start).limit(1)
    if second < LAST_SECOND:
        inside = inside.where(rows.c.sort_at < start + _SECOND)
    return connection.execute(inside).first() is not None


def count(
    connection: Connection,
    index: Index,
    query: SearchQuery,
    conditions: Sequence[ColumnElement[bool]],
    *,
    within: Stretch = EVERYWHERE,
    limit: int,
) -> int:
    """How many hits satisfy the conditions, counted up to `limit`."""
    bounds = within.conditions(index)
    if conditions:
        hits = _joined(index, query, [*conditions, *bounds])
    else:
        hits = select(index.position).select_from(table(index.name))
        hits = hits.where(_matching(index, query), *bounds)
    counted = select(func.count()).select_from(hits.limit(limit).subquery())
    found: int = connection.execute(counted).scalar_one()
    return found


def nth(
    connection: Connection, index: Index, query: SearchQuery, within: Stretch, n: int
) -> int | None:
    """The position of the nth hit, the newest being the first; None where there are fewer."""
    hits = select(index.position).select_from(table(index.name))
    hits = hits.where(_matching(index, query), *within.conditions(index))
    statement = hits.order_by(index.position.desc()).limit(1).offset(n - 1)
    return connection.execute(statement).scalar()


def is_hit(index: Index, query: SearchQuery, *, few: bool) -> ColumnElement[bool]:
    """The condition on `index.rows` that a row is a hit.

    Each row is looked up by itself where few are; else all hits are gathered, once.
    """
    hits = select(index.position).select_from(table(index.name)).where(_matching(index, query))
    at = stored_position(index.rows)
    return hits.where(index.position == at).exists() if few else at.in_(hits)


def behind(stretch: Stretch, after: Key | None) -> Stretch:
    """The part of a stretch in which hits behind `after` stand, and at most a second more."""
    if after is None:
        return stretch
    end = (second_of(after[0]) + 1) << PK_BITS
    return replace(stretch, before=end if stretch.before is None else min(end, stretch.before))


def scores(
    connection: Connection, index: Index, query: SearchQuery, keys: Sequence[Key]
) -> list[float]:
    """How well each of some hits matches, the greater the better: BM25 (Robertson, Walker 1994).

    k1 is 1.2 and b is 0.75; how rare a word is, is taken from all rows.
    """
    if not keys:
        return []
    positions = [position(*key) for key in keys]
    chosen = func.json_each(json.dumps(positions)).table_valued("value")
    weights = [weight for _, weight in index.fields]
    statement = (
        select(index.position, func.bm25(literal_column(index.name), *weights))
        .select_from(table(index.name))
        .where(
            _matching(index, query),
            index.position >= min(positions),
            index.position <= max(positions),
            # With the plus SQLite reads the hits once. It would else search for each row anew.
            literal_column(f"+{index.name}.rowid").in_(select(chosen.c.value)),
        )
    )
    found = {row[0]: -row[1] for row in connection.execute(statement)}
    return [found.get(at, 0.0) for at in positions]
