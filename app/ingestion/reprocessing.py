"""Extracting anew what is on record: ids and corrections stay, and what changed is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine

from app.domain import Extraction, ExtractorInfo, Gazetteer
from app.errors import DocumentError
from app.ingestion.job import explained
from app.ingestion.storing import located, resolved_on_record
from app.ingestion.workers import ExtractorSettings, extracting, in_batches
from app.store import migrate
from app.store.read.stored import (
    ServedQuote,
    Stored,
    current_revision,
    served_quotes,
    stored_after,
)
from app.store.session import reading, writing
from app.store.write import Outcome, Standing, ensure_run, find_run, write_extraction

Change = Literal["gained", "lost", "speaker changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A quote that is served otherwise than before; `before` is None for one that was gained."""

    article: str
    quote: str
    change: Change
    before: ServedQuote | None
    after: ServedQuote | None

    def as_json(self) -> dict[str, Any]:
        """The difference as a line of a report."""
        return {
            "article": self.article,
            "quote": self.quote,
            "change": self.change,
            "before": None if self.before is None else self.before._asdict(),
            "after": None if self.after is None else self.after._asdict(),
        }


@dataclass(slots=True)
class ReprocessReport:
    """What extracting anew came to."""

    articles: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    failures: list[DocumentError] = field(default_factory=list)
    stopped: bool = False

    def summary(self) -> str:
        """One line: how many articles, and what changed."""
        noun = "article" if self.articles == 1 else "articles"
        parts = [f"{self.changes[c]} {c}" for c in ("gained", "lost", "speaker changed")]
        if self.failures:
            parts.append(f"{len(self.failures)} failed")
        end = "; stopped before the end, run again to go on" if self.stopped else ""
        return f"{self.articles} {noun} extracted anew; quotes: {', '.join(parts)}{end}"


class _TrialEndedError(Exception):
    """Rolls a trial back."""


class Reprocessing:
    """Extracts stored articles with the extractor of now, each in a transaction of its own.

    Articles that it has extracted already are passed over, so that a run which was stopped goes on
    where it was; `everything` takes them too. A trial writes nothing.
    """

    def __init__(
        self,
        engine: Engine,
        info: ExtractorInfo,
        extractor: ExtractorSettings,
        gazetteer: Gazetteer | None = None,
        *,
        everything: bool = False,
        is_trial: bool = False,
    ) -> None:
        migrate.require_current(engine)
        self.engine = engine
        self.extractor = extractor
        self.gazetteer = gazetteer
        self.everything = everything
        self.is_trial = is_trial
        self.report = ReprocessReport()
        self.info = info
        with explained(engine), reading(engine) as connection:
            self.run = find_run(connection, info)

    def differences(
        self, workers: int = 1, stop: Callable[[], bool] = bool
    ) -> Iterator[Difference]:
        """Extract anew, and tell of each quote that is served otherwise; see `report` at the end.

        `stop` is asked before each article. Raises StoreError or WorkerError where it cannot go on.
        """
        pending: dict[str, Stored] = {}
        documents = (stored.document for stored in self._stored(pending))
        batches = in_batches(documents, self.extractor.batch_size)
        for batch, extracted in extracting(self.extractor, batches, workers):
            for document, extraction in zip(batch, extracted, strict=True):
                if stop():
                    self.report.stopped = True
                    return
                stored = pending.pop(document.origin)
                if isinstance(extraction, str):
                    self.report.failures.append(DocumentError(stored.uid, extraction))
                else:
                    yield from self._replace(stored, extraction)

    def _stored(self, pending: dict[str, Stored]) -> Iterator[Stored]:
        pk = 0
        while True:
            with explained(self.engine), reading(self.engine) as connection:
                found = stored_after(connection, pk, None if self.everything else self.run)
            if not found:
                return
            for stored in found:
                pk = stored.article
                pending[stored.uid] = stored
                yield stored

    def _replace(self, stored: Stored, extraction: Extraction) -> Iterator[Difference]:
        extraction = located(stored.document, extraction, self.gazetteer)
        before: dict[str, ServedQuote] = {}
        after: dict[str, ServedQuote] = {}
        try:
            with explained(self.engine), writing(self.engine) as connection:
                if current_revision(connection, stored.article) != stored.revision:
                    # Revised or withdrawn in the meantime, by an extraction as new as this one.
                    return
                before = served_quotes(connection, stored.article)
                known = Standing(stored.uid, Outcome.REEXTRACTED, stored.article, stored.revision)
                extraction, resolved = resolved_on_record(
                    connection, stored.uid, stored.article, stored.document, extraction
                )
                now = datetime.now(UTC)
                text = stored.document.text
                run = ensure_run(connection, self.info, now)
                write_extraction(connection, known, text, extraction, resolved, run, now)
                after = served_quotes(connection, stored.article)
                if self.is_trial:
                    raise _TrialEndedError
        except _TrialEndedError:
            pass
        self.report.articles += 1
        for difference in _compared(stored.uid, before, after):
            self.report.changes[difference.change] += 1
            yield difference


def _compared(
    article: str, before: dict[str, ServedQuote], after: dict[str, ServedQuote]
) -> Iterator[Difference]:
    for uid in dict.fromkeys((*before, *after)):
        old, new = before.get(uid), after.get(uid)
        if old is None:
            yield Difference(article, uid, "gained", None, new)
        elif new is None:
            yield Difference(article, uid, "lost", old, None)
        elif (old.speaker, old.status) != (new.speaker, new.status):
            yield Difference(article, uid, "speaker changed", old, new)
