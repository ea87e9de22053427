"""Writing one article: everything in the transaction that the caller opens and closes.

Bulk statements are SQLAlchemy Core: through ORM objects the same rows cost ten times as much.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlmodel import col

from app.domain import Document, Extraction, ExtractorInfo, PrintedTime, ResolvedEntity
from app.identity import article_uid, sha256, url_key
from app.store import details, snapshots, tombstones
from app.store.candidates import write_keys
from app.store.entities import ensure_entities
from app.store.laying import lay
from app.store.profiles import write_profiles
from app.store.proposals import write_proposals
from app.store.quotes import write_quotes
from app.store.rows import table_of
from app.store.served import reassigned
from app.store.tables import Article, ExtractionRow, MentionRow, QuoteSpan, Revision, Run


class Outcome(StrEnum):
    """What writing an article came to."""

    NEW = "new"
    REVISED = "revised"
    UPDATED = "updated"
    """The same text with other metadata."""
    REEXTRACTED = "re-extracted"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record for a document: its article, and how it compares with the record."""

    uid: str
    outcome: Outcome
    """What writing the document now would come to."""
    article: int | None = None
    revision: int | None = None
    revision_number: int = 0
    seen: tuple[str, ...] = ()


_STANDING: Any = (
    select(
        col(Article.pk),
        col(Article.uid),
        col(Article.status),
        col(Article.seen),
        col(Revision.pk).label("revision"),
        col(Revision.n),
        col(Revision.sha256),
        col(ExtractionRow.run),
    )
    .join(
        Revision,
        (col(Revision.article) == col(Article.pk))
        & (col(Revision.n) == col(Article.current_revision)),
    )
    .outerjoin(
        ExtractionRow,
        (col(ExtractionRow.article) == col(Article.pk)) & col(ExtractionRow.is_current),
    )
)


def find_run(connection: Connection, info: ExtractorInfo) -> int | None:
    """The key of the run with this extractor, None where there is none."""
    same = select(col(Run.pk)).where(
        col(Run.extractor_version) == info.version,
        col(Run.model_digest) == info.model_digest,
        col(Run.settings_digest) == info.settings_digest,
    )
    found: int | None = connection.execute(same).scalar()
    return found


def ensure_run(connection: Connection, info: ExtractorInfo, now: datetime) -> int:
    """The key of the run with this extractor, made where there is none."""
    found = find_run(connection, info)
    if found is not None:
        return found
    values = {
        "extractor_version": info.version,
        "model": info.model,
        "model_digest": info.model_digest,
        "settings_digest": info.settings_digest,
        "started_at": now,
    }
    return _inserted(connection, table_of(Run), values)


def standing(connection: Connection, document: Document, run: int) -> Standing:
    """Whether a document is new, revised, updated, to be extracted again, unchanged or withdrawn.

    A state in which the article was given before and which was superseded is unchanged: an older
    copy that comes by again does not turn the record back.
    """
    uid = article_uid(document.url, document.source_key, document.text)
    row: Any = connection.execute(_STANDING.where(col(Article.uid) == uid)).one_or_none()
    if row is None:
        is_gone = _is_withdrawn(connection, document)
        return Standing(uid, Outcome.WITHDRAWN if is_gone else Outcome.NEW)
    state = state_of(document)
    if row.status == "withdrawn":
        outcome = Outcome.WITHDRAWN
    elif state == row.seen[-1]:
        outcome = Outcome.UNCHANGED if row.run == run else Outcome.REEXTRACTED
    elif state in row.seen:
        outcome = Outcome.UNCHANGED
    elif row.sha256 == sha256(document.text):
        outcome = Outcome.UPDATED
    elif _is_withdrawn(connection, document):
        outcome = Outcome.WITHDRAWN
    else:
        outcome = Outcome.REVISED
    return Standing(uid, outcome, row.pk, row.revision, row.n, tuple(row.seen))


def _is_withdrawn(connection: Connection, document: Document) -> bool:
    """Whether its text is that of a withdrawn article, under whatever address it comes."""
    return bool(tombstones.buried(connection, [tombstones.text_of(sha256(document.text))]))


def state_of(document: Document) -> str:
    """A digest of what a source says of an article: its text and its metadata."""
    stated = json.dumps(_metadata(document), default=str, sort_keys=True)
    return sha256(f"{sha256(document.text)} {stated}")[:16]


def write_article(
    connection: Connection,
    document: Document,
    extraction: Extraction,
    resolved: list[ResolvedEntity],
    found: Standing,
    run: int,
    now: datetime,
) -> Outcome:
    """Store a document and what was found in it; `found` is its `standing` in this transaction.

    `resolved` are the ids of `extraction.entities`, in order. The ids of quotes that the article
    already had stay; counters change by what the article's rows changed.
    """
    if found.outcome in (Outcome.UNCHANGED, Outcome.WITHDRAWN):
        return found.outcome
    before = snapshots.NOTHING
    if found.article is not None:
        before = snapshots.take(connection, found.article)
    article, revision = _write_document(connection, document, found, now)
    _write_found(
        connection, found.uid, article, revision, document.text, extraction, resolved, run, now
    )
    snapshots.settle(connection, article, before, snapshots.take(connection, article), now)
    return found.outcome


def write_extraction(
    connection: Connection,
    standing: Standing,
    text: str,
    extraction: Extraction,
    resolved: list[ResolvedEntity],
    run: int,
    now: datetime,
) -> None:
    """Store what was found in the text that an article has already, in place of what was found."""
    assert standing.article is not None
    assert standing.revision is not None
    before = snapshots.take(connection, standing.article)
    _write_found(
        connection,
        standing.uid,
        standing.article,
        standing.revision,
        text,
        extraction,
        resolved,
        run,
        now,
    )
    after = snapshots.take(connection, standing.article)
    snapshots.settle(connection, standing.article, before, after, now)


def _write_found(
    connection: Connection,
    uid: str,
    article: int,
    revision: int,
    text: str,
    extraction: Extraction,
    resolved: list[ResolvedEntity],
    run: int,
    now: datetime,
) -> None:
    """Make an extraction the current one of an article, and lay corrections over it."""
    earlier = details.forget(connection, article)
    made = _write_extraction(connection, article, revision, run, now)
    sort_at = connection.execute(select(col(Article.sort_at)).where(col(Article.pk) == article))
    seen = sort_at.scalar_one()
    entities = ensure_entities(connection, resolved, seen, earlier)
    parts = reassigned(connection, article)
    told = [parts.get(entity, entity) for entity in entities]
    write_keys(connection, resolved, entities)
    write_profiles(connection, article, resolved, told)
    write_proposals(connection, article, resolved, told, now)
    _write_mentions(connection, made, extraction, entities)
    details.write_details(connection, made, text, extraction.entities, entities, seen)
    write_quotes(connection, uid, article, made, text, extraction, resolved, entities, seen)
    lay(connection, article)


def _write_document(
    connection: Connection, document: Document, found: Standing, now: datetime
) -> tuple[int, int]:
    """Insert or update the article and its current revision; a new text makes a new revision."""
    state = state_of(document)
    values = {
        **_metadata(document),
        "changed_at": now,
        "seen": [*(s for s in found.seen if s != state), state],
    }
    zones = [[z.kind, z.span.start, z.span.end, z.value] for z in document.zones]
    if found.article is None:
        values |= {
            "uid": found.uid,
            "url": document.url,
            "url_key": url_key(document.url) if document.url is not None else None,
            "source_key": document.source_key if document.url is None else None,
            "sort_at": _sort_time(document, now),
            "first_seen_at": now,
            "current_revision": 1,
            "status": "usable",
            "sightings": 1,
            "is_duplicate": False,
        }
        article = _inserted(connection, table_of(Article), values)
    else:
        article = found.article
        n = found.revision_number + (found.outcome is Outcome.REVISED)
        values["current_revision"] = n
        connection.execute(update(Article).where(col(Article.pk) == article).values(**values))
    if found.revision is not None and found.outcome is not Outcome.REVISED:
        # The text is the same; what its zones are may be read otherwise now.
        same = update(Revision).where(col(Revision.pk) == found.revision)
        connection.execute(same.values(zones=zones))
        return article, found.revision
    revision = {
        "article": article,
        "n": found.revision_number + 1,
        "text": document.text,
        "sha256": sha256(document.text),
        "zones": zones,
        "created_at": now,
    }
    return article, _inserted(connection, table_of(Revision), revision)


def _metadata(document: Document) -> dict[str, Any]:
    published = document.published
    return {
        "title": document.title,
        "language": document.language,
        "publisher": document.publisher,
        "agency": document.agency,
        "authors": list(document.authors),
        "dateline": document.dateline,
        "published_at": published.instant if published else None,
        "published_day": published.day if published else None,
        # As `_sort_time` has it, and null where nothing is known.
        "published_sort": (published.instant or published.local.replace(tzinfo=UTC))
        if published
        else None,
        "published": time_as_json(published),
        "updated": time_as_json(document.updated),
    }


def _sort_time(document: Document, now: datetime) -> datetime:
    """The time of publication (a wall-clock time read as UTC), else now."""
    published = document.published
    if published is None:
        # Whole seconds, like the times of publication: an index of full text sorts by them.
        return now.replace(microsecond=0)
    return published.instant or published.local.replace(tzinfo=UTC)


def time_as_json(time: PrintedTime | None) -> dict[str, Any] | None:
    """A printed time as the API shows it; the instant in RFC 3339, UTC."""
    if time is None:
        return None
    instant = None
    if time.instant is not None:
        instant = time.instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {
        "instant": instant,
        "date": time.day.isoformat(),
        "printed": time.printed,
        "precision": str(time.precision),
        "zone_assumed": time.zone_assumed,
    }


def _write_extraction(
    connection: Connection, article: int, revision: int, run: int, now: datetime
) -> int:
    """The key of the now current extraction of a revision by a run, without any spans yet."""
    connection.execute(
        update(ExtractionRow)
        .where(col(ExtractionRow.article) == article, col(ExtractionRow.is_current))
        .values(is_current=False)
    )
    before = connection.execute(
        select(col(ExtractionRow.pk)).where(
            col(ExtractionRow.revision) == revision, col(ExtractionRow.run) == run
        )
    ).scalar()
    if before is not None:
        # An earlier run comes back (a downgrade): what it finds now replaces what it found then.
        connection.execute(delete(MentionRow).where(col(MentionRow.extraction) == before))
        connection.execute(delete(QuoteSpan).where(col(QuoteSpan.extraction) == before))
        connection.execute(
            update(ExtractionRow)
            .where(col(ExtractionRow.pk) == before)
            .values(is_current=True, created_at=now)
        )
        return before
    values = {
        "article": article,
        "revision": revision,
        "run": run,
        "is_current": True,
        "created_at": now,
    }
    return _inserted(connection, table_of(ExtractionRow), values)


def _write_mentions(
    connection: Connection, made: int, extraction: Extraction, entities: list[int]
) -> None:
    rows = [
        {
            "extraction": made,
            "start": mention.span.start,
            "end": mention.span.end,
            "type": str(mention.type),
            "label": str(mention.kind),
            "resolved": None if mention.entity is None else entities[mention.entity],
            "entity": None if mention.entity is None else entities[mention.entity],
            "confidence": mention.confidence,
        }
        for mention in extraction.mentions
    ]
    if rows:
        connection.execute(insert(table_of(MentionRow)), rows)


def _inserted(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    key = connection.execute(insert(table), values).inserted_primary_key
    assert key is not None
    return int(key[0])
