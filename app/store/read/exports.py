"""Quotes for feeds and exports: pages without totals, with provenance and times of change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.store.read.base import (
    Key,
    Provenance,
    article,
    change,
    entity,
    extraction,
    quote,
    revision,
    run,
    survivors,
)
from app.store.read.quote_keys import QuoteFilter, quote_pks
from app.store.read.quotes import QuoteRow, quote_rows

# So many quotes are in memory at once. A quote may be as long as an article.
PAGE = 200


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A quote as a list shows it, with where it comes from.

    `changed_at` is when its article was last written.
    """

    quote: QuoteRow
    provenance: Provenance
    corrected: bool
    language: str | None
    changed_at: datetime


_ORIGIN = select(
    quote.c.pk,
    quote.c.is_corrected,
    article.c.language,
    article.c.changed_at,
    run.c.extractor_version,
    run.c.model,
    revision.c.n,
).select_from(
    quote.join(article, article.c.pk == quote.c.article)
    .join(extraction, extraction.c.pk == quote.c.extraction)
    .join(revision, revision.c.pk == extraction.c.revision)
    .join(run, run.c.pk == extraction.c.run)
)


def export_page(
    connection: Connection, wanted: QuoteFilter, *, after: Key | None, limit: int
) -> tuple[list[ExportRow], Key | None]:
    """The quotes of a page, newest first, and where the next one starts (None at the end)."""
    pks, end = quote_pks(connection, wanted, after=after, limit=limit)
    origins = {row.pk: row for row in connection.execute(_ORIGIN.where(quote.c.pk.in_(pks)))}
    return [_row(row, origins[row.pk]) for row in quote_rows(connection, pks)], end


def export_row(connection: Connection, pk: int) -> ExportRow:
    """One quote that can be shown."""
    [row] = quote_rows(connection, [pk])
    return _row(row, connection.execute(_ORIGIN.where(quote.c.pk == pk)).one())


def _row(row: QuoteRow, origin: Any) -> ExportRow:
    return ExportRow(
        quote=row,
        provenance=Provenance(origin.extractor_version, origin.model, origin.n),
        corrected=origin.is_corrected,
        language=origin.language,
        changed_at=origin.changed_at,
    )


def export_pages(
    opened: Callable[[], AbstractContextManager[Connection]],
    wanted: QuoteFilter,
    size: int = PAGE,
) -> Iterator[Sequence[ExportRow]]:
    """All quotes of a filter, newest first, in pages of at most `size`.

    Each page asks `opened` for a connection and gives it back before it is handed out: whoever
    takes the pages slowly holds neither a connection nor a snapshot. Where `opened` gives the same
    connection each time, all pages are of one snapshot.
    """
    after = None
    while True:
        with opened() as connection:
            rows, after = export_page(connection, wanted, after=after, limit=size)
        yield rows
        if after is None:
            return


def last_changes(connection: Connection, uids: Collection[str]) -> dict[str, datetime]:
    """When each of these ids was last named as changed; ids that never were are left out."""
    newest = (
        select(func.max(change.c.seq).label("seq"))
        .where(change.c.uid.in_(uids))
        .group_by(change.c.uid)
        .subquery()
    )
    rows = connection.execute(
        select(change.c.uid, change.c.at).join(newest, newest.c.seq == change.c.seq)
    )
    return {row.uid: row.at for row in rows}


def last_change(connection: Connection) -> datetime | None:
    """When anything on record last changed; None where nothing is."""
    statement = select(change.c.at).order_by(change.c.seq.desc()).limit(1)
    return connection.execute(statement).scalar()


@dataclass(frozen=True, slots=True)
class NamedKind:
    """An entity's id, kind and name."""

    uid: str
    kind: str
    name: str


def known_entities(connection: Connection, uids: Sequence[str]) -> dict[str, NamedKind]:
    """The entities of these ids, or what they were merged into; unknown and hidden are left out."""
    pks = survivors(connection, uids)
    statement = select(entity.c.pk, entity.c.uid, entity.c.kind, entity.c.name).where(
        entity.c.pk.in_(set(pks.values())), entity.c.status == "active"
    )
    rows = connection.execute(statement)
    shown = {row.pk: NamedKind(row.uid, row.kind, row.name) for row in rows}
    return {uid: shown[pk] for uid, pk in pks.items() if pk in shown}
