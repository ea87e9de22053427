"""An article that a request brings: read, extracted outside of any transaction, then stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio import to_thread
from sqlalchemy import Connection

from app.api import present
from app.api.dependencies import Database
from app.api.extracting import Extracting, Source
from app.api.schemas.article_writing import FoundCounts, WrittenArticle
from app.domain import Document, Extraction, ExtractorInfo
from app.errors import WithdrawnError
from app.store.read.article_parts import article_found, run_of
from app.store.read.articles import article_state
from app.store.write import Outcome, ensure_run, standing

# Resolution is imported when the first article comes: what is installed from requirements-api.lock
# lacks some of its packages.


class _OnRecordError(Exception):
    """Nothing has to be extracted: the document is on record, or withdrawn."""

    def __init__(self, uid: str, outcome: Outcome) -> None:
        super().__init__(uid)
        self.uid = uid
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class ArticleWriting:
    """Stores articles with a database and an extractor whose locations are on the map already."""

    database: Database
    extracting: Extracting

    async def store(
        self, source: Source, is_gone: Callable[[], Awaitable[bool]] | None = None
    ) -> WrittenArticle:
        """Store one article and answer what came of it.

        The record is asked first: what stands there already costs no extraction. Raises
        WithdrawnError, StoreBusyError and what reading and extracting raise.
        """
        wanted = Source(lambda: self._news(source), source.is_page)
        try:
            document, extraction, info = await self.extracting.run(wanted, is_gone)
        except _OnRecordError as known:
            return await to_thread.run_sync(self._shown, known.uid, known.outcome)
        return await self.database.write(lambda c: _written(c, document, extraction, info))

    def _news(self, source: Source) -> Document:
        document = source.read()
        from app.ingestion.storing import NOTHING_TO_DO

        info = self.extracting.info
        with self.database.reading() as connection:
            run = None if info is None else run_of(connection, info)
            # No run has the key 0: without one only what was superseded or withdrawn is known.
            found = standing(connection, document, run or 0)
        if found.outcome in NOTHING_TO_DO:
            raise _OnRecordError(found.uid, found.outcome)
        return document

    def _shown(self, uid: str, outcome: Outcome) -> WrittenArticle:
        with self.database.reading() as connection:
            return _answer(connection, uid, outcome)


def _written(
    connection: Connection, document: Document, extraction: Extraction, info: ExtractorInfo
) -> WrittenArticle:
    from app.ingestion.storing import store_document

    run = ensure_run(connection, info, datetime.now(UTC))
    return _answer(connection, *store_document(connection, document, extraction, run))


def _answer(connection: Connection, uid: str, outcome: Outcome) -> WrittenArticle:
    state = article_state(connection, uid)
    if outcome is Outcome.WITHDRAWN or state is None or state.status != "usable":
        raise WithdrawnError(
            "This article has been withdrawn: its text is not taken again, under whatever address. "
            "Nothing was stored."
        )
    found = article_found(connection, state)
    return WrittenArticle(
        **dict(present.article_summary(found.row)),
        outcome=outcome.value,
        revision=found.revision,
        counts=FoundCounts(entities=found.entities, quotes=found.quotes),
    )
