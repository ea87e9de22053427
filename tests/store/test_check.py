from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain import Located
from app.store.check import check
from app.store.session import reading, writing
from tests.builders import OTHER_INFO, TEXT, document, extraction, span
from tests.store.test_details import COAST, INLAND, found
from tests.store.test_write import write


def faults(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(check(connection))


def test_what_is_written_is_sound(engine: Engine) -> None:
    assert faults(engine) == []
    write(engine, document(), extraction())
    write(engine, document(url="https://news.example/2"), extraction())
    write(engine, document(), extraction(), OTHER_INFO)
    assert faults(engine) == []


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE article SET current_revision = 7", "current revision"),
        ("UPDATE extraction SET is_current = 0", "one current extraction"),
        ('UPDATE mention SET "end" = 4000 WHERE pk = 1', "mentions lie inside"),
        ("UPDATE quote_span SET start = -1 WHERE role = 'cue'", "spans of quotes lie inside"),
        ("DELETE FROM quote_span WHERE role = 'content'", "have content"),
        ("UPDATE quote SET sort_at = '1999-01-01 00:00:00.000000'", "sort with their article"),
        ("UPDATE quote SET speaker = NULL WHERE pk = 1", "resolved speaker"),
        ("UPDATE entity SET mentions = mentions + 1 WHERE pk = 1", "counters"),
        ("UPDATE entity SET articles = 5 WHERE pk = 2", "counters"),
        ("DELETE FROM alias WHERE entity = 1", "among its aliases"),
        ("UPDATE role SET start = start + 1", "roles stand in their text"),
        ("UPDATE extraction SET is_current = 0", "roles stand in their text, in current"),
        ("UPDATE extraction SET is_current = 0", "salience and places are those of current"),
        ("UPDATE entity_place SET articles = articles + 1", "places of entities equal"),
        ("DELETE FROM entity_place WHERE articles = 0", "weights of places equal"),
        ("DELETE FROM entity_place", "places of entities equal"),
        ("UPDATE entity_place SET weight = weight + 1", "weights of places equal"),
        ("UPDATE article SET is_duplicate = TRUE", "near-duplicates follow a usable article"),
        ("UPDATE article SET cluster = 'a_gone'", "near-duplicates follow a usable article"),
        ("UPDATE article SET cluster = uid", "a leader has near-duplicates"),
        ("UPDATE article SET cluster = uid", "near-duplicates can be found by their sketch"),
        (
            "INSERT INTO article_sketch (hash, article) SELECT 1, pk FROM article;"
            "UPDATE article SET status = 'withdrawn'",
            "only usable articles can be found by their sketch",
        ),
    ],
)
def test_damage_is_found(engine: Engine, damage: str, rule: str) -> None:
    write(engine, document(), found(Located(COAST, 0.7, ((INLAND, 0.3),)), [span(TEXT, "ready")]))
    assert faults(engine) == []
    with writing(engine) as connection:
        for statement in damage.split(";"):
            connection.exec_driver_sql(statement)
    assert any(rule in fault for fault in faults(engine))


def test_a_reference_to_nothing_is_found(engine: Engine) -> None:
    write(engine, document(), extraction())
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DELETE FROM entity WHERE name = 'Harbour Watch'")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    assert any("refers to a row of entity" in fault for fault in faults(engine))


def test_a_damaged_file_is_told_and_not_a_trace(engine: Engine, database_url: str) -> None:
    for n in range(40):
        write(engine, document(url=f"https://news.example/{n}"), extraction())
    engine.dispose()
    path = Path(database_url.removeprefix("sqlite:///"))
    data = bytearray(path.read_bytes())
    data[20_000:60_000] = b"\x55" * 40_000
    path.write_bytes(data)
    assert faults(engine)
