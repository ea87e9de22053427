"""The record that `make bench` reads from is one that writing could have left."""

from __future__ import annotations

from pathlib import Path

from app.store.check import check
from app.store.session import open_database, reading
from tests.bench.filling import fill


def test_the_benchmarks_record_is_sound(tmp_path: Path) -> None:
    fill(tmp_path / "record.db", 60)
    engine = open_database(f"sqlite:///{tmp_path / 'record.db'}", readonly=True)
    with reading(engine) as connection:
        assert list(check(connection)) == []
    engine.dispose()
