"""Showing how a job goes on: a bar on a terminal, plain lines elsewhere, or records of the log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.domain import Document
from app.errors import DocumentError
from app.ingestion.job import Report
from app.store.write import Outcome

log = logging.getLogger("onrecord.job")

# Seconds between two lines of a job that is not watched.
LINE_EVERY = 10.0


class Shown:
    """Tells of failures at once, of articles by a running count, of the whole at the end."""

    def __init__(self, console: Console, bar: Progress | None) -> None:
        self.console = console
        self.bar = bar
        self.task = bar.add_task("reading", total=None) if bar else None
        self.done = 0
        self.failed = 0
        self.last_line = time.monotonic()

    def article(self, document: Document, outcome: Outcome) -> None:
        """Count an article."""
        self.done += 1
        self._tick(document.origin)

    def failure(self, error: DocumentError) -> None:
        """Name a document that could not be read, with the reason."""
        self.failed += 1
        self.console.print(f"failed: {error}")
        self._tick(error.origin)

    def summary(self, report: Report) -> None:
        """One line: how many articles of each outcome, how many failures."""
        parts = [f"{n} {outcome}" for outcome in Outcome if (n := report.outcomes[outcome])]
        if report.failures:
            parts.append(f"{len(report.failures)} failed")
        if report.stopped:
            parts.append("stopped before the end; run again to go on")
        noun = "article" if report.articles == 1 else "articles"
        done = ", ".join(parts) or "nothing to do"
        if report.joined:
            people = "person joined to another" if report.joined == 1 else "people joined to others"
            done += f"; {report.joined} {people} on record"
        self.console.print(f"{report.articles} {noun}: {done}")

    def _tick(self, origin: str) -> None:
        if self.bar is not None and self.task is not None:
            self.bar.update(self.task, completed=self.done, description=origin[-40:])
        elif time.monotonic() - self.last_line >= LINE_EVERY:
            self.last_line = time.monotonic()
            self.console.print(f"{self.done} done, {self.failed} failed, at {origin}")


class Logged:
    """Tells the log: each failure, and the whole at the end."""

    def article(self, document: Document, outcome: Outcome) -> None:
        """Nothing: a record an article would be a second database."""

    def failure(self, error: DocumentError) -> None:
        """Name a document that could not be read, with the reason."""
        fields = {"origin": error.origin, "reason": error.reason}
        log.warning("document refused", extra=fields)

    def summary(self, report: Report) -> None:
        """How many articles of each outcome, how many failures."""
        counts = {str(outcome): n for outcome, n in report.outcomes.items()}
        fields = {
            "articles": counts,
            "joined": report.joined,
            "failed": len(report.failures),
            "stopped": report.stopped,
        }
        log.info("job ended", extra=fields)


@contextmanager
def progress(form: Literal["text", "json"] = "text") -> Iterator[Shown | Logged]:
    """What shows a job on standard error: a bar on a terminal, lines elsewhere, or JSON records."""
    if form == "json":
        log.info("job begins")
        yield Logged()
        return
    console = Console(file=sys.stderr, highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        yield Shown(console, None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} articles", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console) as bar:
        yield Shown(console, bar)
