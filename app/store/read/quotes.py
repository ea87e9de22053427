"""Quotes: pages by any filter, an article's quotes in text order, one quote in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, bindparam, select

from app.store.read.base import (
    Key,
    Named,
    Ordering,
    Page,
    Provenance,
    article,
    at_least,
    count,
    cut,
    entity,
    extraction,
    named,
    quote,
    quote_entity,
    quote_span,
    revision,
    run,
    survivors,
)
from app.store.read.hits import SearchSort
from app.store.read.quote_keys import QuoteFilter, quote_keys, ranked_quote_keys
from app.store.served import served

SPEAKER = entity.alias("speaker")
ORGANISATION = entity.alias("organisation")
_parent = quote.alias("parent")


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote as a list shows it."""

    pk: int
    uid: str
    kind: str
    text: str
    cue: str | None
    cue_class: str
    polarity: str
    confidence: float | None
    speaker_status: str
    described_as: str | None
    speaker_uid: str | None
    speaker_name: str | None
    organisation_uid: str | None
    organisation_name: str | None
    article_uid: str
    article_url: str | None
    article_title: str | None
    article_publisher: str | None
    article_published: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Source:
    """The text that an extraction's offsets count into, its zones, and who extracted it."""

    text: str
    zones: list[Any]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ExtractedSpeaker:
    """Whom the machine took for the speaker; `named` is None for nobody, or nobody shown."""

    named: Named | None
    status: str


@dataclass(frozen=True, slots=True)
class QuoteDetail:
    """A quote in full. Spans are (start, end) code points into `source.text`, by role.

    `alternatives` are (entity, score), best first. `extracted` is None unless an editor corrected
    the quote.
    """

    row: QuoteRow
    source: Source
    spans: dict[str, list[tuple[int, int]]]
    via: str | None
    antecedent: tuple[int, int] | None
    alternatives: list[tuple[Named, float]]
    about: list[Named]
    parent_uid: str | None
    verbatim: bool
    extracted: ExtractedSpeaker | None


@dataclass(frozen=True, slots=True)
class QuoteState:
    """Whether a quote can be shown: it is in the current extraction of an article that can."""

    pk: int
    visible: bool
    article_status: str


SUMMARY = (
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
    article.c.url.label("article_url"),
    article.c.title.label("article_title"),
    article.c.publisher.label("article_publisher"),
    article.c.published.label("article_published"),
)
"""What a list shows of a quote: QuoteRow's fields behind the pk, in their order."""
_COLUMNS = (quote.c.pk, *SUMMARY)
_SHOWN = (quote.c.visible.is_(True), article.c.status == "usable")
_WIDTH = len(_COLUMNS)


def _joined() -> FromClause:
    return (
        quote.join(article, article.c.pk == quote.c.article)
        .outerjoin(SPEAKER, SPEAKER.c.pk == quote.c.speaker)
        .outerjoin(ORGANISATION, ORGANISATION.c.pk == quote.c.organisation)
    )


_columns: Select[Any] = select(*_COLUMNS)
# Made once: to make a statement costs more than to run this one.
_LISTED = _columns.select_from(_joined()).where(quote.c.pk.in_(bindparam("pks", expanding=True)))


def _row(row: Row[Any]) -> QuoteRow:
    return QuoteRow(*row[:_WIDTH])


def quote_page(
    connection: Connection, wanted: QuoteFilter, *, after: Key | None, limit: int
) -> Page[QuoteRow]:
    """The quotes that pass a filter, newest first."""
    pks, end, total = quote_keys(connection, wanted, after=after, limit=limit)
    return Page(quote_rows(connection, pks), end, total)


def found_page(
    connection: Connection,
    wanted: QuoteFilter,
    sort: SearchSort,
    *,
    after: Key | None,
    limit: int,
) -> tuple[Page[QuoteRow], bool | None]:
    """The quotes that pass a filter, newest first or the newest of them by relevance.

    With the latter, whether all of them were ranked (`hits.Ranked`); else None.
    """
    if sort == "published:desc":
        return quote_page(connection, wanted, after=after, limit=limit), None
    found, total = ranked_quote_keys(connection, wanted, after=after, limit=limit)
    return Page(quote_rows(connection, found.pks), found.after, total), found.is_whole


def quote_rows(connection: Connection, pks: Sequence[int]) -> list[QuoteRow]:
    """The quotes with these keys, in their order."""
    rows = {row[0]: _row(row) for row in connection.execute(_LISTED, {"pks": pks})}
    return [rows[pk] for pk in pks]


def article_quote_page(
    connection: Connection,
    extraction_pk: int,
    *,
    min_confidence: float | None = None,
    after: Key | None,
    limit: int,
) -> Page[QuoteDetail]:
    """The quotes of one extraction in full, in text order; see QuoteFilter for `min_confidence`."""
    ordering = Ordering(quote.c.start, quote.c.pk, descending=False)
    # The article's index leads to the few rows among which the extraction is then compared.
    owner = select(extraction.c.article).where(extraction.c.pk == extraction_pk).scalar_subquery()
    conditions = (
        *_SHOWN,
        quote.c.article == owner,
        quote.c.extraction == extraction_pk,
        *at_least(quote.c.confidence, min_confidence),
    )
    statement = ordering.apply(_detailed().where(*conditions), after).limit(limit + 1)
    rows, end = cut(connection.execute(statement).all(), limit, "start")
    listed = select(quote.c.pk).select_from(quote.join(article, article.c.pk == quote.c.article))
    return Page(_complete(connection, rows), end, count(connection, listed.where(*conditions)))


def quote_state(connection: Connection, uid: str) -> QuoteState | None:
    """Whether the quote of that id can be shown; None for an unknown id."""
    source = quote.join(article, article.c.pk == quote.c.article)
    columns = select(quote.c.pk, quote.c.visible, article.c.status.label("article_status"))
    row = connection.execute(columns.select_from(source).where(quote.c.uid == uid)).first()
    return None if row is None else QuoteState(**row._mapping)


def quote_detail(connection: Connection, pk: int) -> QuoteDetail:
    """One quote in full."""
    row = connection.execute(_detailed().where(quote.c.pk == pk)).one()
    return _complete(connection, [row])[0]


def _detailed() -> Select[Any]:
    source = _joined().outerjoin(_parent, _parent.c.pk == quote.c.parent)
    return select(
        *_COLUMNS,
        quote.c.start,
        quote.c.article,
        quote.c.extraction,
        quote.c.evidence,
        quote.c.verbatim,
        quote.c.is_corrected,
        quote.c.speaker_extracted,
        quote.c.status_extracted,
        _parent.c.uid.label("parent_uid"),
        _parent.c.visible.label("parent_visible"),
    ).select_from(source)


def _complete(connection: Connection, rows: Sequence[Row[Any]]) -> list[QuoteDetail]:
    """Add what stands in other tables, with one query a table for all rows."""
    pks = [row.pk for row in rows]
    sources = _sources(connection, {row.extraction for row in rows})
    spans = _spans(connection, pks)
    about = _about(connection, pks)
    rivals = _rivals(connection, rows)
    extracted = _extracted(connection, rows)
    details = []
    for row in rows:
        antecedent = row.evidence.get("antecedent")
        details.append(
            QuoteDetail(
                row=_row(row),
                source=sources[row.extraction],
                spans=spans[row.pk, row.extraction],
                via=row.evidence.get("via"),
                antecedent=None if antecedent is None else (antecedent[0], antecedent[1]),
                alternatives=[
                    (rivals[uid], score)
                    for uid, score in row.evidence.get("alternatives") or ()
                    if uid in rivals
                ],
                about=about[row.pk],
                parent_uid=row.parent_uid if row.parent_visible else None,
                verbatim=row.verbatim,
                extracted=extracted.get(row.pk),
            )
        )
    return details


def _sources(connection: Connection, extractions: set[int]) -> dict[int, Source]:
    source = extraction.join(revision, revision.c.pk == extraction.c.revision).join(
        run, run.c.pk == extraction.c.run
    )
    columns = (
        extraction.c.pk,
        revision.c.text,
        revision.c.zones,
        revision.c.n,
        run.c.extractor_version,
        run.c.model,
    )
    statement = select(*columns).select_from(source).where(extraction.c.pk.in_(extractions))
    return {
        row.pk: Source(row.text, row.zones, Provenance(row.extractor_version, row.model, row.n))
        for row in connection.execute(statement)
    }


def _spans(
    connection: Connection, pks: Sequence[int]
) -> dict[tuple[int, int], dict[str, list[tuple[int, int]]]]:
    found: dict[tuple[int, int], dict[str, list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    statement = select(quote_span).where(quote_span.c.quote.in_(pks)).order_by(quote_span.c.start)
    for row in connection.execute(statement):
        found[row.quote, row.extraction][row.role].append((row.start, row.end))
    return found


def _about(connection: Connection, pks: Sequence[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = defaultdict(list)
    source = quote_entity.join(entity, entity.c.pk == quote_entity.c.entity)
    statement = (
        select(quote_entity.c.quote, entity.c.uid, entity.c.name)
        .select_from(source)
        .where(quote_entity.c.quote.in_(pks), entity.c.status == "active")
        .order_by(entity.c.name, entity.c.pk)
    )
    for row in connection.execute(statement):
        found[row.quote].append(Named(row.uid, row.name))
    return found


def _rivals(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, Named]:
    """The entities named as alternatives, under the ids that the evidence gives them."""
    uids = [uid for row in rows for uid, _ in row.evidence.get("alternatives") or ()]
    pks = survivors(connection, uids)
    known = named(connection, pks.values())
    return {uid: known[pk] for uid, pk in pks.items() if pk in known}


def _extracted(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, ExtractedSpeaker]:
    """What the machine said of the speakers of corrected quotes."""
    corrected = [row for row in rows if row.is_corrected]
    said: dict[int, set[int]] = defaultdict(set)
    for row in corrected:
        if row.speaker_extracted is not None:
            said[row.article].add(row.speaker_extracted)
    # Without a correction this speaker would be served: splits and merges count.
    now = {
        (article_pk, pk): one.entity
        for article_pk, pks in said.items()
        for pk, one in served(connection, article_pk, pks).items()
    }
    known = named(connection, set(now.values()))
    return {
        row.pk: ExtractedSpeaker(
            known.get(now.get((row.article, row.speaker_extracted), 0)), row.status_extracted
        )
        for row in corrected
    }
