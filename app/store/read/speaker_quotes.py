"""A page of one speaker's quotes, the list that is asked most often, as one statement.

The rows are those of `quotes.quote_page` with that speaker alone, in its order; a test compares the
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Select, String, bindparam, select, tuple_, type_coerce

from app.store.hot import HotQuery, as_stored, moment_of
from app.store.read.base import Key, Page, Total, article, quote, whole
from app.store.read.quotes import ORGANISATION, SPEAKER, SUMMARY

COLUMNS = (
    *SUMMARY,
    # The rest is not shown.
    SPEAKER.c.quotes,
    quote.c.sort_at,
    quote.c.pk,
)


def _page() -> Select[Any]:
    source = (
        SPEAKER.join(quote, quote.c.speaker == SPEAKER.c.pk)
        .join(article, article.c.pk == quote.c.article)
        .outerjoin(ORGANISATION, ORGANISATION.c.pk == quote.c.organisation)
    )
    return (
        select(*COLUMNS)
        .select_from(source)
        .where(
            SPEAKER.c.uid == bindparam("speaker"),
            SPEAKER.c.merged_into.is_(None),
            quote.c.visible.is_(True),
            article.c.status == "usable",
        )
        .order_by(quote.c.sort_at.desc(), quote.c.pk.desc())
        .limit(bindparam("rows"))
    )


_FIRST = HotQuery(_page())
_AFTER = HotQuery(
    _page().where(
        tuple_(type_coerce(quote.c.sort_at, String), quote.c.pk)
        < tuple_(bindparam("moment", type_=String), bindparam("tie", type_=quote.c.pk.type))
    )
)


def speaker_page(
    engine: Engine, speaker: str, *, after: Key | None, limit: int
) -> Page[tuple[Any, ...]] | None:
    """The quotes of a speaker, newest first, as COLUMNS has them.

    None where there are none, for an id that is unknown or was merged, and for whatever fails.
    """
    values: dict[str, Any] = {"speaker": speaker, "rows": limit + 1}
    if after is None:
        rows = _FIRST.rows(engine, values)
    else:
        rows = _AFTER.rows(engine, values | {"moment": as_stored(after[0]), "tie": after[1]})
    if not rows:
        return None
    end = None
    if len(rows) > limit:
        rows = rows[:limit]
        end = (moment_of(rows[-1][-2]), rows[-1][-1])
    return Page(rows, end, _total(rows, after, end))


def _total(rows: Sequence[tuple[Any, ...]], after: Key | None, end: Key | None) -> Total:
    """How many quotes the speaker has: the page says it, or else the counter."""
    pks = [row[-1] for row in rows]
    return whole(pks, after, end) or Total(rows[0][-3], exact=True)
