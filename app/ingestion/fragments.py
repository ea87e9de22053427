"""Joining the people whom a job took for several: corrections of the log, which can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from app.corrections.editing import Edit
from app.corrections.entities import merge
from app.errors import ConflictError, GoneError, InvalidCorrectionError
from app.resolution.fragments import Merger, grouped, mergers
from app.store import fragments
from app.store.candidates import StoredCandidates
from app.store.session import reading, writing

ACTOR = "resolution"
"""Who signs in the log of corrections."""

# After so many articles people are joined: what was founded before stands from then on.
WINDOW = 1_000


class Joining:
    """Joins people once a window of articles is stored, and at the end of a job."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._articles: set[str] = set()
        with reading(engine) as connection:
            self._after = fragments.latest(connection)

    def stored(self, article: str) -> int:
        """Note that an article (its id) was stored; gives how many people were joined by that."""
        self._articles.add(article)
        return self.join() if len(self._articles) >= WINDOW else 0

    def join(self) -> int:
        """Join the people of the articles stored since the last time; gives how many there were."""
        if not self._articles:
            return 0
        with reading(self.engine) as connection:
            found = self._found(connection)
            after = fragments.latest(connection)
        joined = sum(self._joined(merger) for merger in found)
        self._articles.clear()
        self._after = after
        return joined

    def _found(self, connection: Connection) -> list[Merger]:
        own, beside = fragments.founded(connection, self._articles, self._after)
        keys = fragments.shared_keys(connection, own)
        return mergers(grouped(StoredCandidates(connection).named(keys), beside))

    def _joined(self, merger: Merger) -> bool:
        """Merge two, unless one of them was corrected in the meantime."""
        now = datetime.now(UTC)
        with writing(self.engine) as connection:
            try:
                merge(connection, _edit(merger, now), merger.uid, merger.into)
            except (ConflictError, GoneError):
                return False
        return True


def _edit(merger: Merger, now: datetime) -> Edit:
    try:
        return Edit(ACTOR, now, "; ".join(merger.reasons) or None)
    except InvalidCorrectionError:
        # The text's own words, which may hold what no line of the log may.
        return Edit(ACTOR, now)
