"""Articles as they were read, for extracting them anew, and what is served of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from app.domain import Document, Precision, PrintedTime, Span, Zone, ZoneKind
from app.store.read.base import IS_NEWEST, article, entity, extraction, quote, revision

# Articles whose texts are held at a time.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Stored:
    """An article on record: its keys, and the document that it was made from."""

    article: int
    uid: str
    revision: int
    document: Document


class ServedQuote(NamedTuple):
    """A visible quote: its words, who speaks it (an entity's uid and name) and what is known."""

    text: str
    speaker: str | None
    name: str | None
    status: str


def stored_after(connection: Connection, pk: int, run: int | None) -> list[Stored]:
    """The next usable articles by key; those that `run` has extracted already are passed over."""
    statement = (
        select(article, revision.c.pk.label("revision"), revision.c.text, revision.c.zones)
        .join(revision, IS_NEWEST)
        .where(article.c.pk > pk, article.c.status == "usable")
        .order_by(article.c.pk)
        .limit(_AT_ONCE)
    )
    if run is not None:
        done = select(extraction.c.pk).where(
            extraction.c.article == article.c.pk,
            extraction.c.is_current.is_(True),
            extraction.c.run == run,
        )
        statement = statement.where(~done.exists())
    return [
        Stored(row.pk, row.uid, row.revision, _document(row))
        for row in connection.execute(statement)
    ]


def current_revision(connection: Connection, pk: int) -> int | None:
    """The key of a usable article's newest revision, None for one that is not usable any more."""
    statement = (
        select(revision.c.pk)
        .join(article, IS_NEWEST)
        .where(article.c.pk == pk, article.c.status == "usable")
    )
    found: int | None = connection.execute(statement).scalar()
    return found


def served_quotes(connection: Connection, pk: int) -> dict[str, ServedQuote]:
    """The visible quotes of an article by their ids, in text order."""
    statement = (
        select(quote.c.uid, quote.c.text, entity.c.uid, entity.c.name, quote.c.speaker_status)
        .select_from(quote.outerjoin(entity, entity.c.pk == quote.c.speaker))
        .where(quote.c.article == pk, quote.c.visible.is_(True))
        .order_by(quote.c.start, quote.c.pk)
    )
    return {uid: ServedQuote(*rest) for uid, *rest in connection.execute(statement)}


def _document(row: Any) -> Document:
    return Document(
        text=row.text,
        origin=row.uid,
        title=row.title,
        url=row.url,
        source_key=row.source_key,
        authors=tuple(row.authors),
        agency=row.agency,
        publisher=row.publisher,
        published=_time(row.published, row.published_sort),
        updated=_time(row.updated),
        dateline=row.dateline,
        language=row.language,
        zones=tuple(_zones(row.zones)),
    )


def _zones(stored: list[Any]) -> Iterator[Zone]:
    for kind, start, end, value in stored:
        yield Zone(ZoneKind(kind), Span(start, end), value)


def _time(stored: dict[str, Any] | None, sort_at: datetime | None = None) -> PrintedTime | None:
    """A time as it was stored; `sort_at` has the wall-clock time of one without a zone."""
    if stored is None:
        return None
    instant = stored["instant"]
    moment = None if instant is None else datetime.fromisoformat(instant).astimezone(UTC)
    known = moment or sort_at
    clock = datetime.min.time() if known is None else known.time()
    return PrintedTime(
        local=datetime.combine(date.fromisoformat(stored["date"]), clock),
        precision=Precision(stored["precision"]),
        printed=stored["printed"],
        instant=moment,
        zone_assumed=stored["zone_assumed"],
    )
