"""The ingestion job: paths in, one transaction an article, safe to run again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.documents import Limits, read_path
from app.domain import Document, Extraction, ExtractorInfo, Gazetteer
from app.errors import DocumentError, StoreError, WorkerError
from app.identity import article_uid
from app.ingestion.fragments import Joining
from app.ingestion.order import in_order_of_time
from app.ingestion.storing import NOTHING_TO_DO, located, store_document
from app.ingestion.workers import Batch, Extracted, ExtractorSettings, extracting, in_batches
from app.store import migrate
from app.store.session import reading, writing
from app.store.write import Outcome, ensure_run, standing, state_of


class Progress(Protocol):
    """Who is told how the job goes on."""

    def article(self, document: Document, outcome: Outcome) -> None:
        """An article is done."""

    def failure(self, error: DocumentError) -> None:
        """A document could not be read or extracted; the job goes on."""


@dataclass(slots=True)
class Report:
    """What a job came to."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failures: list[DocumentError] = field(default_factory=list)
    joined: int = 0
    """How many people whom the job founded were found to be others."""
    stopped: bool = False
    """Whether the job was asked to stop before it was done."""

    @property
    def articles(self) -> int:
        """How many articles were read, unchanged ones included."""
        return self.outcomes.total()


class Job:
    """One run of the ingestion over one database.

    Locations are put on the map where there is a gazetteer.
    """

    def __init__(
        self,
        engine: Engine,
        info: ExtractorInfo,
        extractor: ExtractorSettings,
        limits: Limits,
        progress: Progress,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self.engine = engine
        self.gazetteer = gazetteer
        self.extractor = extractor
        self.limits = limits
        self.progress = progress
        self.report = Report()
        self._stop: Callable[[], bool] = bool
        # The states of articles that are read and not yet stored, by their ids: what the record
        # says of them is old.
        self._under_way: dict[str, list[str]] = {}
        migrate.require_current(engine)
        with explained(engine), writing(engine) as connection:
            self.run = ensure_run(connection, info, datetime.now(UTC))
        self._joining = Joining(engine)

    def ingest(
        self,
        paths: Sequence[Path],
        format: str | None = None,
        workers: int = 1,
        stop: Callable[[], bool] = bool,
    ) -> Report:
        """Read, extract and store everything under `paths`, until `stop()` is true.

        Articles are taken in order of time (`app.ingestion.order`), and at the end people whom they
        founded twice are joined (`app.ingestion.fragments`). Unreadable documents are reported and
        passed over. `stop` is asked before each document is read and before each article is
        written. Raises StoreError or WorkerError where the job cannot go on; every article written
        until then stays.
        """
        self._stop = stop
        # What waits when the job is stopped is left for the next run.
        fresh = takewhile(
            lambda _: not self.report.stopped,
            in_order_of_time(self._fresh(self._read(paths, format))),
        )
        batches = in_batches(fresh, self.extractor.batch_size)
        try:
            self._store_all(extracting(self.extractor, batches, workers))
        except WorkerError:
            self._join()
            raise
        self._join()
        return self.report

    def _join(self) -> None:
        with explained(self.engine):
            self.report.joined += self._joining.join()

    def _store_all(self, batches: Iterable[tuple[Batch, Extracted]]) -> None:
        for batch, extracted in batches:
            for document, extraction in zip(batch, extracted, strict=True):
                if self._is_stopped():
                    return
                if isinstance(extraction, str):
                    self._fail(DocumentError(document.origin, extraction))
                else:
                    self.store(document, extraction)
                self._landed(document)

    def store(self, document: Document, extraction: Extraction) -> Outcome:
        """Locate, resolve and write one article in a transaction of its own.

        Where that fills a window (`app.ingestion.fragments`), people are joined.
        """
        extraction = located(document, extraction, self.gazetteer)
        with explained(self.engine), writing(self.engine) as connection:
            uid, outcome = store_document(connection, document, extraction, self.run)
        if outcome not in NOTHING_TO_DO:
            with explained(self.engine):
                self.report.joined += self._joining.stored(uid, len(extraction.entities))
        self._done(document, outcome)
        return outcome

    def _landed(self, document: Document) -> None:
        """The document is not under way any more; what is done with leaves no trace in memory."""
        uid = article_uid(document.url, document.source_key, document.text)
        states = self._under_way[uid]
        states.remove(state_of(document))
        if not states:
            del self._under_way[uid]

    def _is_stopped(self) -> bool:
        self.report.stopped = self.report.stopped or self._stop()
        return self.report.stopped

    def _read(self, paths: Sequence[Path], format: str | None) -> Iterator[Document]:
        for path in paths:
            for found in read_path(path, self.limits, format):
                if self._is_stopped():
                    return
                if isinstance(found, DocumentError):
                    self._fail(found)
                else:
                    yield found

    def _fresh(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents that have to be extracted; the others are done at once."""
        for document in documents:
            with explained(self.engine), reading(self.engine) as connection:
                found = standing(connection, document, self.run)
            under_way = self._under_way.get(found.uid, [])
            state = state_of(document)
            if under_way[-1:] == [state]:
                self._done(document, Outcome.UNCHANGED)
            elif found.outcome in NOTHING_TO_DO and not under_way:
                self._done(document, found.outcome)
            else:
                self._under_way.setdefault(found.uid, []).append(state)
                yield document

    def _done(self, document: Document, outcome: Outcome) -> None:
        self.report.outcomes[outcome] += 1
        self.progress.article(document, outcome)

    def _fail(self, error: DocumentError) -> None:
        self.report.failures.append(error)
        self.progress.failure(error)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors (a full disk, a read-only file) into one sentence."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(
            f"the database {engine.url.database} refused to work ({error.orig}); what was written "
            "before stays: mend the cause and run the same command again"
        ) from error
