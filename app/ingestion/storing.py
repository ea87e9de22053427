"""Storing one article: what the commands and the API have in common."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain import Document, Extraction, Gazetteer, ResolvedEntity
from app.resolution.kinds import of_kinds
from app.resolution.linking import resolve
from app.resolution.places import locate
from app.store.candidates import StoredCandidates
from app.store.write import Outcome, standing, write_article

NOTHING_TO_DO = (Outcome.UNCHANGED, Outcome.WITHDRAWN)
"""Outcomes for which nothing is extracted or written."""


def located(document: Document, extraction: Extraction, gazetteer: Gazetteer | None) -> Extraction:
    """The extraction with its locations put on the map, where there is a gazetteer.

    To be done before the transaction begins: others wait while it lasts.
    """
    return extraction if gazetteer is None else locate(document, extraction, gazetteer)


def resolved_on_record(
    connection: Connection,
    uid: str,
    article: int | None,
    document: Document,
    extraction: Extraction,
) -> tuple[Extraction, list[ResolvedEntity]]:
    """Who the entities of an article (its id and, unless it is new, its key) are on record.

    The extraction comes back with the kinds that they have there.
    """
    record = StoredCandidates(connection, article)
    resolved = resolve(uid, extraction, record, document)
    return of_kinds(extraction, [one.entity.kind for one in resolved]), resolved


def store_document(
    connection: Connection, document: Document, extraction: Extraction, run: int
) -> tuple[str, Outcome]:
    """Resolve and write one article in the transaction that the caller opens and closes.

    `run` is the key of the run that made `extraction`. Answers the article's id and what came of
    it; a withdrawn article is left as it is. Of two who bring the same document at once the second
    finds it unchanged, since the first has committed by then.
    """
    found = standing(connection, document, run)
    if found.outcome in NOTHING_TO_DO:
        return found.uid, found.outcome
    extraction, resolved = resolved_on_record(
        connection, found.uid, found.article, document, extraction
    )
    now = datetime.now(UTC)
    write_article(connection, document, extraction, resolved, found, run, now)
    return found.uid, found.outcome
