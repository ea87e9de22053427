"""The gazetteer: places by name, in a read-only SQLite file of its own.

It is separate from the record's database, so that extraction works without one, and built from
packages when it is first needed. `sources` reads the packages, `lists` holds what none has, `build`
writes the file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from app.domain import Gazetteer, Place
from app.errors import StoreError
from app.store.gazetteer import build
from app.store.gazetteer.entry import Entry
from app.store.gazetteer.spellings import LONGEST

log = logging.getLogger(__name__)

REMEMBERED = 20_000
"""Names that are kept in memory with their places: articles repeat one another's."""

_NAMED = """
SELECT name.norm, place.key, place.name, kind, lat, lon, country, region, population
FROM name JOIN place ON place.id = name.place
WHERE name.norm IN (SELECT value FROM json_each(?)) ORDER BY name.norm, name.rank
"""


class SqliteGazetteer:
    """Places by normalised name; implements `domain.Gazetteer`. Threads may share one."""

    def __init__(self, path: Path) -> None:
        self._known: dict[str, tuple[Place, ...]] = {}
        # Nobody writes the file once it has its name: no locks are needed to read it.
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connections = threading.local()

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Place]]:
        """The places that bear each of the names given (`identity.name_norm`), most populous first.

        One query for all names. Names of no place are missing, over-long ones among them.
        """
        if len(self._known) > REMEMBERED:
            self._known = {}
        known = self._known
        asked = [n for n in names if n not in known and 0 < len(n) <= LONGEST and "\0" not in n]
        found: dict[str, list[Place]] = {norm: [] for norm in asked}
        # SQLite takes no lone surrogates; escaped, they are a name that no place has.
        for norm, *fields in self._connection().execute(_NAMED, (json.dumps(asked),)):
            found[norm].append(Place(*fields))
        known.update((norm, tuple(places)) for norm, places in found.items())
        return {norm: places for norm in names if (places := known.get(norm))}

    def digest(self) -> str | None:
        """What the file was made from (`build.digest`), None where it is no gazetteer."""
        try:
            row = self._connection().execute("SELECT digest FROM about").fetchone()
        except sqlite3.Error:
            return None
        return str(row[0]) if row else None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._connections, "own", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True)
            self._connections.own = connection
        return connection


def open_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer in the file at `path`, built first if it is missing or made from other sources.

    Building takes some seconds. Where the packages are not installed, a file that is there serves.
    Raises StoreError if the file is missing and cannot be made.
    """
    there = SqliteGazetteer(path).digest() if path.exists() else None
    try:
        wanted = build.digest()
    except PackageNotFoundError as error:
        if there is not None:
            return SqliteGazetteer(path)
        raise StoreError(
            f"there is no gazetteer at {path}, and {error.name} that it is made from is not "
            "installed; install onrecord[extract], or put a gazetteer there"
        ) from error
    if there != wanted:
        log.info("building the gazetteer", extra={"path": str(path)})
        build.write(path, _entries(), wanted)
    return SqliteGazetteer(path)


def _entries() -> Iterator[Entry]:
    # The packages take a second to import, and only building needs them.
    from app.store.gazetteer import sources

    return sources.entries()
