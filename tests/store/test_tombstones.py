from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.store import tombstones
from app.store.session import reading, writing
from tests.builders import NOW


def test_what_is_buried_is_known_again_and_not_readable(engine: Engine) -> None:
    name = tombstones.name_of("person", "mira kovalenko")
    with writing(engine) as connection:
        tombstones.bury(connection, "e_mira", [name, name], NOW)
        assert tombstones.buried(connection, [name, "name:person:other"]) == {name: "e_mira"}
        stones = connection.exec_driver_sql("SELECT keyed_hash FROM tombstone").scalars().all()
    assert len(stones) == 1
    assert "mira" not in stones[0]


def test_before_anything_is_buried_nothing_is(engine: Engine) -> None:
    with reading(engine) as connection:
        assert tombstones.buried(connection, [tombstones.text_of("digest")]) == {}


@pytest.mark.parametrize("thing", ["", "\x00", "\ud800", "🏗", "x" * 100_000])
def test_anything_can_be_buried(engine: Engine, thing: str) -> None:
    with writing(engine) as connection:
        tombstones.bury(connection, "a_1", [thing], NOW)
        assert tombstones.buried(connection, [thing]) == {thing: "a_1"}


def test_two_of_one_name_are_dug_up_one_by_one(engine: Engine) -> None:
    with writing(engine) as connection:
        for uid in ("e_1", "e_2"):
            tombstones.bury(connection, uid, ["name"], NOW)
        tombstones.dig_up(connection, "e_1")
        assert tombstones.buried(connection, ["name"]) == {"name": "e_2"}
        tombstones.dig_up(connection, "e_2")
        assert tombstones.buried(connection, ["name"]) == {}


def test_two_databases_hash_otherwise(engine: Engine, tmp_path: object) -> None:
    from app.store import migrate
    from app.store.session import open_database

    other = open_database(f"sqlite:///{tmp_path}/other.db")
    migrate.upgrade(other)
    found = set()
    for one in (engine, other):
        with writing(one) as connection:
            tombstones.bury(connection, "e_1", ["name"], NOW)
            rows = connection.exec_driver_sql("SELECT keyed_hash FROM tombstone")
            found.add(rows.scalar_one())
    other.dispose()
    assert len(found) == 2
