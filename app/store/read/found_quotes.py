"""A page of a search for words alone, newest first, as a few small statements.

The rows are those of `quotes.quote_page` with that `q`, in its order; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    Engine,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
    table,
    tuple_,
    type_coerce,
)

from app.store.hot import HotQuery, as_stored, moment_of
from app.store.read import base
from app.store.read.base import Key, Page, Total, article, quote, whole
from app.store.read.quotes import ORGANISATION, SPEAKER
from app.store.read.speaker_quotes import COLUMNS
from app.store.search import EPOCH, LAST_SECOND, PK_MASK, QUOTES, position, second_of
from app.store.search_hits import expression
from app.store.search_query import SearchQuery

_SECOND = timedelta(seconds=1)
_index = table(QUOTES.name)
_hit = literal_column(QUOTES.name).op("MATCH")(bindparam("words", type_=String))
_sort_at = type_coerce(quote.c.sort_at, String)


def _page() -> Select[Any]:
    source = (
        _index.join(quote, quote.c.pk == QUOTES.position.op("&")(PK_MASK))
        .join(article, article.c.pk == quote.c.article)
        .outerjoin(SPEAKER, SPEAKER.c.pk == quote.c.speaker)
        .outerjoin(ORGANISATION, ORGANISATION.c.pk == quote.c.organisation)
    )
    shown = (quote.c.visible.is_(True), article.c.status == "usable")
    statement = select(*COLUMNS).select_from(source).where(_hit, *shown)
    return statement.order_by(QUOTES.position.desc()).limit(bindparam("rows"))


_FIRST = HotQuery(_page())
_AFTER = HotQuery(
    _page().where(
        QUOTES.position < bindparam("before"),
        tuple_(_sort_at, quote.c.pk)
        < tuple_(bindparam("moment", type_=String), bindparam("tie", type_=quote.c.pk.type)),
    )
)
_UNEVEN = HotQuery(
    select(quote.c.pk)
    .where(_sort_at > bindparam("start", type_=String), _sort_at < bindparam("end", type_=String))
    .limit(1)
)
_COUNT = HotQuery(
    select(func.count()).select_from(
        select(QUOTES.position).select_from(_index).where(_hit).limit(bindparam("cap")).subquery()
    )
)


def found_page(
    engine: Engine, query: SearchQuery, *, after: Key | None, limit: int
) -> Page[tuple[Any, ...]] | None:
    """The hits of a query, newest first, as `speaker_quotes.COLUMNS` has them.

    None where seconds do not tell the order, where nothing is found, and for whatever fails.
    """
    if query.is_empty:
        return None
    values: dict[str, Any] = {"words": expression(query), "rows": limit + 1}
    if after is None:
        rows = _FIRST.rows(engine, values)
    else:
        moment, pk = cast("tuple[datetime, int]", after)
        if not _is_full(moment) or not 0 < pk <= PK_MASK:
            return None
        more = {"before": position(moment, pk), "moment": as_stored(moment), "tie": pk}
        rows = _AFTER.rows(engine, values | more)
    if not rows or not all(_is_full(moment_of(row[-2])) for row in rows):
        return None
    end = None
    if len(rows) > limit:
        last = moment_of(rows[-1][-2])
        within = {"start": as_stored(last), "end": as_stored(last + _SECOND)}
        if _UNEVEN.rows(engine, within) != []:
            return None
        rows = rows[:limit]
        end = (moment_of(rows[-1][-2]), rows[-1][-1])
    total = whole([row[-1] for row in rows], after, end) or _counted(engine, values["words"])
    return None if total is None else Page(rows, end, total)


def _counted(engine: Engine, words: str) -> Total | None:
    rows = _COUNT.rows(engine, {"words": words, "cap": base.COUNT_CAP + 1})
    if rows is None:
        return None
    [(found,)] = rows
    return Total.up_to(base.COUNT_CAP, found)


def _is_full(moment: datetime) -> bool:
    """Whether it is the beginning of a second, and not the last of those that fit in."""
    return moment.microsecond == 0 and second_of(moment) < LAST_SECOND and moment > EPOCH
