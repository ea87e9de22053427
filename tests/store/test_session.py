from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from app.errors import StoreBusyError, StoreError
from app.store import migrate, session
from app.store.session import open_database, reading, writing

INSERT = "INSERT INTO change (uid, op, at) VALUES (?, 'upsert', '2026-01-01')"


def count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one())


def test_an_exception_rolls_the_transaction_back(engine: Engine) -> None:
    def fail_half_way() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql(INSERT, ("a",))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert count(engine) == 0


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO alias (entity, surface, norm, origin) VALUES (7, 'x', 'x', 'text')"
        )


def test_the_database_is_in_wal_mode(engine: Engine) -> None:
    with reading(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_readonly_connections_refuse_writes(engine: Engine, database_url: str) -> None:
    readonly = open_database(database_url, readonly=True)
    with pytest.raises(OperationalError, match="readonly"), writing(readonly) as connection:
        connection.exec_driver_sql(INSERT, ("a",))
    readonly.dispose()


def test_two_writers_that_read_first_wait_for_one_another(engine: Engine) -> None:
    def read_then_write(name: str) -> None:
        for _ in range(20):
            with writing(engine) as connection:
                connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one()
                connection.exec_driver_sql(INSERT, (name,))

    threads = [threading.Thread(target=read_then_write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(engine) == 40


def test_a_file_that_is_no_database_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, and long enough to have a header " * 40, encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened as a SQLite database"):
        open_database(f"sqlite:///{path}")
    assert path.read_text(encoding="utf-8").startswith("these are notes")


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x", "sqlite:///\0"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        open_database(url)


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.db'}")
    engine.dispose()
    assert (tmp_path / "a" / "b" / "c.db").exists()


def test_a_reader_does_not_create_the_database_it_misses(tmp_path: Path) -> None:
    path = tmp_path / "missing #1 50%.db"
    with pytest.raises(StoreError, match="run `onrecord migrate`"):
        open_database(f"sqlite:///{path}", readonly=True)
    assert not path.exists()
    engine = open_database(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    readonly = open_database(f"sqlite:///{path}", readonly=True)
    assert count(readonly) == 0
    readonly.dispose()


def test_a_writer_waits_for_another_and_says_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(session, "BUSY_TIMEOUT_MS", 50)
    other = open_database(str(engine.url))
    holding, released = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(engine):
            holding.set()
            released.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(10)
    threading.Timer(0.4, released.set).start()
    with writing(other) as connection:
        connection.exec_driver_sql(INSERT, ("late",))
    holder.join()
    assert count(engine) == 1
    assert "waiting for another process" in caplog.text
    other.dispose()


def test_a_writer_gives_up_in_the_end_with_advice(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr(session, "PATIENCE", 0.2)
    other = open_database(str(engine.url))

    def write() -> None:
        with writing(other):
            pytest.fail("there were two writers")

    with writing(engine), pytest.raises(StoreBusyError, match="wait for it, or stop it"):
        write()
    other.dispose()


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as error:
        open_database("nonsense://user:secret@host/db")
    assert "secret" not in str(error.value)
    assert "user:***@host" in str(error.value)
