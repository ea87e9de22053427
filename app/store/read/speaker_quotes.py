"""A page of one speaker's quotes, the list that is asked most often, as one statement.

The rows are those of `quotes.quote_page` with that speaker alone, in its order; a test compares the
two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Select, String, bindparam, select, tuple_, type_coerce

from app.store.hot import HotQuery
from app.store.read.base import Key, Page, Total, article, entity, quote, whole

SPEAKER = entity.alias("speaker")
ORGANISATION = entity.alias("organisation")

COLUMNS = (
    quote.c.uid,
    quote.c.kind,
    quote.c.text,
    quote.c.cue,
    quote.c.cue_class,
    quote.c.polarity,
    quote.c.confidence,
    quote.c.speaker_status,
    quote.c.described_as,
    SPEAKER.c.uid.label("speaker_uid"),
    SPEAKER.c.name.label("speaker_name"),
    ORGANISATION.c.uid.label("organisation_uid"),
    ORGANISATION.c.name.label("organisation_name"),
    article.c.uid.label("article_uid"),
    article.c.url,
    article.c.title,
    article.c.publisher,
    article.c.published,
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
        rows = _AFTER.rows(engine, values | {"moment": _as_stored(after[0]), "tie": after[1]})
    if not rows:
        return None
    end = None
    if len(rows) > limit:
        rows = rows[:limit]
        end = (_moment(rows[-1][-2]), rows[-1][-1])
    return Page(rows, end, _total(rows, after, end))


def _total(rows: Sequence[tuple[Any, ...]], after: Key | None, end: Key | None) -> Total:
    """How many quotes the speaker has: the page says it, or else the counter."""
    pks = [row[-1] for row in rows]
    return whole(pks, after, end) or Total(rows[0][-3], exact=True)


def _as_stored(moment: Any) -> str:
    """A time as SQLAlchemy stores it in SQLite, as text; PostgreSQL reads the same."""
    assert isinstance(moment, datetime)
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    return naive.isoformat(sep=" ", timespec="microseconds")


def _moment(stored: str | datetime) -> datetime:
    """A time as the driver gives it: SQLite has text, in UTC."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
