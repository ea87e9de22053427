from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine

from app.errors import StoreError
from app.store import migrate
from app.store.session import open_database
from tests.store import test_clusters as clusters


def test_migrations_make_what_the_tables_say(engine: Engine) -> None:
    command.check(migrate.config(engine))


def test_every_index_of_the_tables_is_in_the_database(engine: Engine) -> None:
    from sqlalchemy import inspect
    from sqlmodel import SQLModel

    inspector = inspect(engine)
    for table in SQLModel.metadata.sorted_tables:
        there = {index["name"] for index in inspector.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= there


def test_upgrading_twice_is_as_once(database_url: str) -> None:
    engine = open_database(database_url)
    assert migrate.state(engine) == "missing"
    assert migrate.upgrade(engine) is True
    assert migrate.state(engine) == "current"
    assert migrate.upgrade(engine) is False
    engine.dispose()


def test_downgrading_leaves_nothing_behind(engine: Engine) -> None:
    command.downgrade(migrate.config(engine), "base")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        assert [row[0] for row in rows] == ["alembic_version"]


def test_articles_from_before_are_found_by_copies_that_come_later(engine: Engine) -> None:
    first = clusters.write(engine, "one", clusters.WIRE)
    clusters.write(engine, "two", clusters.CUT)
    before = sketches(engine)
    command.downgrade(migrate.config(engine), "0005")
    command.upgrade(migrate.config(engine), "head")
    assert sketches(engine) == before
    third = clusters.write(engine, "three", clusters.WIRE)
    assert clusters.leaders(engine)[third] == first


def sketches(engine: Engine) -> list[tuple[int, int]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT hash, article FROM article_sketch ORDER BY 1, 2")
        return [(row.hash, row.article) for row in rows]


def test_a_newer_schema_is_refused_with_advice(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert migrate.state(engine) == "newer"
    with pytest.raises(StoreError, match="newer version of Onrecord"):
        migrate.upgrade(engine)
    with pytest.raises(StoreError, match="newer version of Onrecord"):
        migrate.require_current(engine)


def test_an_unmigrated_database_is_refused_with_the_command(database_url: str) -> None:
    engine = open_database(database_url)
    with pytest.raises(StoreError, match="run `onrecord migrate`"):
        migrate.require_current(engine)
    engine.dispose()


def test_migrations_import_nothing_of_the_app() -> None:
    for file in (migrate.MIGRATIONS / "versions").glob("*.py"):
        source = Path(file).read_text(encoding="utf-8")
        assert "from app" not in source
        assert "import app" not in source
