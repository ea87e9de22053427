"""What an article adds to counters, sums, the search index and the log of changes.

Whoever changes an article's rows takes a snapshot before and one after, and settles the difference
in the same transaction: so that what is kept beside the rows is always what the rows say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select
from sqlmodel import col

from app.store import clusters, co_mentions, counters, details, search
from app.store.counters import Counts
from app.store.details import Shares
from app.store.rows import table_of
from app.store.sums import Sums
from app.store.tables import Article, Change, QuoteRow, Revision


class Shown(NamedTuple):
    """A quote that is served: what a mirror would have of it."""

    uid: str
    text: str
    speaker: int | None
    speaker_status: str
    described_as: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is served of an article at one moment; nothing for one that is not there yet."""

    uid: str = ""
    sort_at: datetime = datetime.min
    counts: Counts = field(default_factory=dict)
    shares: Shares = field(default_factory=dict)
    together: frozenset[int] = frozenset()
    outlets: Sums = field(default_factory=dict)
    quotes: Mapping[int, Shown] = field(default_factory=dict)
    document: tuple[str, str] | None = None
    """Title and text, where they are searched."""

    @property
    def text(self) -> str | None:
        """The text, where it is shown."""
        return None if self.document is None else self.document[1]


NOTHING = Snapshot()

_ARTICLE: Any = (
    select(
        col(Article.uid),
        col(Article.sort_at),
        col(Article.status),
        col(Article.publisher),
        col(Article.title),
        col(Revision.text),
    )
    .outerjoin(
        Revision,
        (col(Revision.article) == col(Article.pk))
        & (col(Revision.n) == col(Article.current_revision)),
    )
    .where(col(Article.pk) == bindparam("article"))
)
_QUOTES: Any = select(
    col(QuoteRow.pk),
    col(QuoteRow.uid),
    col(QuoteRow.text),
    col(QuoteRow.speaker),
    col(QuoteRow.speaker_status),
    col(QuoteRow.described_as),
).where(col(QuoteRow.article) == bindparam("article"), col(QuoteRow.visible))


def take(connection: Connection, article: int) -> Snapshot:
    """What is served of an article now."""
    values = {"article": article}
    row = connection.execute(_ARTICLE, values).one()
    quotes = {pk: Shown(*shown) for pk, *shown in connection.execute(_QUOTES, values)}
    is_usable = row.status == "usable"
    outlet = (row.publisher or "", day_of(row.sort_at))
    return Snapshot(
        uid=row.uid,
        sort_at=row.sort_at,
        counts=counters.of_article(connection, article),
        shares=details.shares(connection, article),
        together=co_mentions.of_article(connection, article),
        outlets={outlet: (1, len(quotes))} if is_usable else {},
        quotes=quotes,
        document=(row.title or "", row.text) if is_usable and row.text is not None else None,
    )


def day_of(moment: datetime) -> date:
    """The day under which an article that sorts at this moment is counted, in UTC."""
    return moment.astimezone(UTC).date()


def settle(
    connection: Connection, article: int, before: Snapshot, after: Snapshot, now: datetime
) -> None:
    """Carry the difference of two snapshots of an article into everything that is kept of it."""
    counters.apply(connection, before.counts, after.counts, day_of(after.sort_at))
    counters.apply_publishers(connection, before.outlets, after.outlets)
    co_mentions.apply(connection, before.together, after.together)
    details.apply(connection, before.shares, after.shares)
    search.index_quotes(
        connection,
        [
            (pk, after.sort_at, shown.text)
            for pk, shown in after.quotes.items()
            if pk not in before.quotes or before.quotes[pk].text != shown.text
        ],
        [
            (pk, after.sort_at, shown.text)
            for pk, shown in before.quotes.items()
            if pk not in after.quotes or after.quotes[pk].text != shown.text
        ],
    )
    if before.document != after.document:
        search.index_article(connection, article, after.sort_at, before.document, after.document)
    others = clusters.settle(connection, article, after.uid, before.text, after.text)
    _log(connection, before, after, now)
    log_changes(connection, [(uid, "upsert") for uid in others], now)


def _log(connection: Connection, before: Snapshot, after: Snapshot, now: datetime) -> None:
    """Tell mirrors: the article, and the quotes that are gone, back or spoken by another."""
    changes = [(after.uid, "upsert" if after.document is not None else "delete")]
    changes += [
        (shown.uid, "delete") for pk, shown in before.quotes.items() if pk not in after.quotes
    ]
    changes += [
        (shown.uid, "upsert")
        for pk, shown in after.quotes.items()
        if before.document is not None and before.quotes.get(pk) != shown
    ]
    log_changes(connection, changes, now)


def log_changes(connection: Connection, changes: list[tuple[str, str]], now: datetime) -> None:
    """Append (uid, op) to the log of changes; op is upsert, delete or merge."""
    if changes:
        rows = [{"uid": uid, "op": op, "at": now} for uid, op in changes]
        connection.execute(insert(table_of(Change)), rows)
