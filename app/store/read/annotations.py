"""The quotes and mentions of one extraction together, in text order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Subquery, func, literal, select, tuple_, union_all

from app.store.read.base import (
    Key,
    Ordering,
    Page,
    Total,
    cut,
    entity,
    extraction,
    mention,
    quote,
    quote_span,
)

_speaker = entity.alias("speaker")


@dataclass(frozen=True, slots=True)
class MentionFound:
    """A mention of an entity on record; code points, end exclusive. No two have the same span."""

    start: int
    end: int
    entity_uid: str
    entity_name: str


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """A quote with its content spans in text order; `speaker` is (id, name)."""

    uid: str
    text: str
    content: list[tuple[int, int]]
    speaker: tuple[str, str] | None
    described_as: str | None


Row = MentionFound | QuoteFound
NOTHING: Page[Row] = Page([], None, Total(0, exact=True))


def found_page(
    connection: Connection, extraction_pk: int, *, after: Key | None, limit: int
) -> tuple[Page[Row], int]:
    """The shown quotes and the mentions of active entities of an extraction, in text order.

    The number is that of the rows before the page.

    A mention that leads to no entity is left out: nothing would be said of it, and that of a
    suppressed entity must not be pointed at.
    """
    listed = _listed(extraction_pk)
    ordering = Ordering(listed.c.start, listed.c.tie, descending=False)
    columns = (listed.c.start, listed.c.tie, listed.c.tie.label("pk"))
    statement = ordering.apply(select(*columns), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "start")
    before = 0
    if after is not None:
        behind = tuple_(listed.c.start, listed.c.tie) <= tuple_(
            literal(after[0]), literal(after[1])
        )
        before = _count(connection, listed, behind)
    quotes = _quotes(connection, extraction_pk, [r.tie // 2 for r in rows if r.tie % 2 == 0])
    mentions = _mentions(connection, [r.tie // 2 for r in rows if r.tie % 2])
    found: list[Row] = [mentions[r.tie // 2] if r.tie % 2 else quotes[r.tie // 2] for r in rows]
    return Page(found, end, Total(_count(connection, listed), exact=True)), before


def _listed(extraction_pk: int) -> Subquery:
    """Where each begins, and a number that tells it from all others: odd for mentions."""
    owner = select(extraction.c.article).where(extraction.c.pk == extraction_pk).scalar_subquery()
    quotes = select(quote.c.start, (2 * quote.c.pk).label("tie")).where(
        quote.c.article == owner,
        quote.c.extraction == extraction_pk,
        quote.c.visible.is_(True),
    )
    mentions = (
        select(mention.c.start, (2 * mention.c.pk + 1).label("tie"))
        .select_from(mention.join(entity, entity.c.pk == mention.c.entity))
        .where(mention.c.extraction == extraction_pk, entity.c.status == "active")
    )
    return union_all(quotes, mentions).subquery()


def _count(connection: Connection, listed: Subquery, *conditions: Any) -> int:
    counted = select(func.count()).select_from(listed).where(*conditions)
    found: int = connection.execute(counted).scalar_one()
    return found


def _quotes(
    connection: Connection, extraction_pk: int, pks: Sequence[int]
) -> dict[int, QuoteFound]:
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    statement = select(quote_span.c.quote, quote_span.c.start, quote_span.c.end).where(
        quote_span.c.quote.in_(pks),
        quote_span.c.extraction == extraction_pk,
        quote_span.c.role == "content",
    )
    for row in connection.execute(statement.order_by(quote_span.c.start)):
        spans[row.quote].append((row.start, row.end))
    columns = (
        quote.c.pk,
        quote.c.uid,
        quote.c.text,
        quote.c.described_as,
        _speaker.c.uid.label("speaker_uid"),
        _speaker.c.name.label("speaker_name"),
    )
    source = quote.outerjoin(_speaker, _speaker.c.pk == quote.c.speaker)
    return {
        row.pk: QuoteFound(
            row.uid,
            row.text,
            spans[row.pk],
            None if row.speaker_uid is None else (row.speaker_uid, row.speaker_name),
            row.described_as,
        )
        for row in connection.execute(
            select(*columns).select_from(source).where(quote.c.pk.in_(pks))
        )
    }


def _mentions(connection: Connection, pks: Sequence[int]) -> dict[int, MentionFound]:
    columns = (
        mention.c.pk,
        mention.c.start,
        mention.c.end,
        entity.c.uid,
        entity.c.name,
    )
    source = mention.join(entity, entity.c.pk == mention.c.entity)
    return {
        row.pk: MentionFound(row.start, row.end, row.uid, row.name)
        for row in connection.execute(
            select(*columns).select_from(source).where(mention.c.pk.in_(pks))
        )
    }
