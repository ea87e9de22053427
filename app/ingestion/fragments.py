"""Joining the people whom a job took for several: corrections of the log, which can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from app.corrections.editing import Edit
from app.corrections.entities import merge
from app.errors import ConflictError, GoneError
from app.resolution.fragments import Merger, grouped, mergers
from app.store import fragments
from app.store.candidates import StoredCandidates
from app.store.session import reading, writing

ACTOR = "resolution"
"""Who signs in the log of corrections."""

# After so many articles, or entities of theirs, people are joined, and what was founded by then
# stands: the people of a window are held in memory, and a job that is killed joins none of them.
WINDOW = 1_000
MOST_ENTITIES = 50_000


class Joining:
    """Joins people once a window of articles is stored, and at the end of a job."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._articles: set[str] = set()
        self._entities = 0
        self._since = datetime.now(UTC)
        with reading(engine) as connection:
            self._after = fragments.latest(connection)

    def stored(self, article: str, entities: int) -> int:
        """Note that an article (its id) of so many entities was stored, and join where it is time.

        Gives how many people were joined.
        """
        self._articles.add(article)
        self._entities += entities
        is_full = len(self._articles) >= WINDOW or self._entities >= MOST_ENTITIES
        return self.join() if is_full else 0

    def join(self) -> int:
        """Join the people of the articles stored since the last time; gives how many there were."""
        if not self._articles:
            return 0
        now = datetime.now(UTC)
        with reading(self.engine) as connection:
            found = self._found(connection)
            after = fragments.latest(connection)
        joined = sum(self._joined(merger) for merger in found)
        self._articles.clear()
        self._entities, self._after, self._since = 0, after, now
        return joined

    def _found(self, connection: Connection) -> list[Merger]:
        found = fragments.founded(connection, self._articles, self._after)
        keys = fragments.shared_keys(connection, found.new)
        named = StoredCandidates(connection).named(keys)
        return mergers(grouped(named, set(found.new.values()), found.articles))

    def _joined(self, merger: Merger) -> bool:
        """Merge two, unless an editor or an authority said something of them in the meantime."""
        now = datetime.now(UTC)
        # No word of an article: the log outlives what is withdrawn and suppressed.
        reason = f"{merger.likeness.reason}, and what articles tell of both ({merger.score:.1f})"
        with writing(self.engine) as connection:
            corrected = fragments.corrected_since(connection, self._since, ACTOR)
            if {merger.uid, merger.into} & corrected or fragments.is_listed(connection, merger.uid):
                return False
            try:
                merge(connection, Edit(ACTOR, now, reason), merger.uid, merger.into)
            except (ConflictError, GoneError):
                return False
        return True
