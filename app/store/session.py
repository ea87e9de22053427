"""Opening the database, and the one way to write to it."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.base import RootTransaction
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from app.errors import StoreBusyError, StoreError

# How long SQLite waits for another's transaction (one article: milliseconds) before it says so, and
# how long a writer then goes on waiting, telling the log, before it gives up.
BUSY_TIMEOUT_MS = 5_000
PATIENCE = 600.0

log = logging.getLogger("onrecord.store")

# Bytes of a file that readers map into memory, of which SQLite takes 2 GiB at most.
MAPPED = 1 << 31

# Execution option of a connection: how its SQLite transactions begin.
BEGIN = "sqlite_begin"


def open_database(url: str, *, readonly: bool = False, cache: int | None = None) -> Engine:
    """An engine on `url`; SQLite gets foreign keys, WAL and a busy timeout on every connection.

    `readonly` connections refuse every write. `cache` is how many bytes of a SQLite file each
    connection may keep in memory. The folder of a new SQLite file is created. Raises
    StoreError for an address that is none, and for a file that is not a SQLite database.
    """
    try:
        parsed = make_url(url)
        # Parameters hold articles, which do not belong in messages and logs.
        engine = create_engine(_opened(parsed, readonly), hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"{_shown(url)!r} is not a database address that Onrecord can open ({error}); "
            "set ONRECORD_DATABASE_URL to e.g. sqlite:///data/onrecord.db"
        ) from error
    if engine.dialect.name != "sqlite":
        return engine
    event.listen(engine, "connect", _prepare_readonly if readonly else _prepare)
    event.listen(engine, "begin", _begin)
    if cache is not None:
        event.listen(engine, "connect", partial(_keep, cache))
    if readonly and parsed.database and not Path(parsed.database).exists():
        raise StoreError(f"there is no database at {parsed.database!r} yet; run `onrecord migrate`")
    try:
        if parsed.database and parsed.database != ":memory:" and not readonly:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except (DatabaseError, OSError, ValueError) as error:
        reason = error.orig if isinstance(error, DatabaseError) else error
        raise StoreError(
            f"{parsed.database!r} cannot be opened as a SQLite database ({reason}); check the path "
            "and its permissions, or set ONRECORD_DATABASE_URL to another file"
        ) from error
    return engine


def _shown(url: str) -> str:
    """An address for messages: without the password that it may hold."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def _opened(url: URL, readonly: bool) -> URL:
    """The address to open: a reader must not create the file it finds missing."""
    in_memory = not url.database or url.database == ":memory:"
    if url.get_backend_name() != "sqlite" or not readonly or in_memory:
        return url
    path = Path(url.database or "").absolute()
    # Beside a database in a folder that cannot be written SQLite can keep no index of its log; it
    # then reads the file as it stands, which nobody can be changing.
    mode = {"mode": "rw"} if os.access(path.parent, os.W_OK) else {"mode": "ro", "immutable": "1"}
    return url.set(database=f"file:{quote(str(path))}", query={**mode, "uri": "true"})


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    _common(connection)
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    # In WAL a commit is then safe against a crash of the process, not against a loss of power.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _prepare_readonly(connection: sqlite3.Connection, _: Any) -> None:
    _common(connection)
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = ON")
    # Pages are read where the system keeps them, without a copy: a connection's own are void
    # whenever another one has committed. A file that is cut while it is mapped ends the process:
    # nothing but SQLite may write to it (docs/operations.md).
    cursor.execute(f"PRAGMA mmap_size = {MAPPED}")
    cursor.close()


def _common(connection: sqlite3.Connection) -> None:
    # The driver must not begin transactions by itself: `_begin` says how they begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _keep(cache: int, connection: sqlite3.Connection, _: Any) -> None:
    connection.execute(f"PRAGMA cache_size = {-(cache // 1024)}").close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get(BEGIN, "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: Engine, patience: float | None = None) -> Iterator[Connection]:
    """One writing transaction: committed at the end, rolled back on any exception.

    Takes SQLite's write lock at once: a transaction that starts by reading and writes later fails
    with "database is locked" when another writer has committed in between, whatever the timeout.
    Raises StoreBusyError where others have had the lock for `patience` seconds (PATIENCE by
    default); SQLite says so after at most BUSY_TIMEOUT_MS more.
    """
    patience = PATIENCE if patience is None else patience
    with engine.connect() as connection:
        connection = connection.execution_options(**{BEGIN: "IMMEDIATE"})
        with _begun(connection, patience):
            yield connection


def _begun(connection: Connection, patience: float) -> RootTransaction:
    """A transaction that has the write lock, waited for as long as another writer needs it."""
    give_up = time.monotonic() + patience
    while True:
        try:
            return connection.begin()
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            if time.monotonic() >= give_up:
                raise StoreBusyError(
                    "another process has been writing to the database all the time; wait for it, "
                    "or stop it, and run the same command again"
                ) from error
            log.warning("waiting for another process that writes to the database")


def forget_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which keeps what was erased until it is written over.

    Does what readers let it; the rest goes with the next time.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One snapshot for several reading queries; nothing is written."""
    with engine.connect() as connection:
        yield connection
