from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain import ArticleEntity, EntityKind, Extraction, Mention, MentionType
from app.errors import DocumentError
from app.ingestion.authority import Loaded, load_authority
from app.ingestion.authority_file import LONGEST_DESCRIPTION, AuthorityEntry, read_authority
from tests.builders import document, extraction, span
from tests.store.test_write import rows, write

HEADER = "id,name,kind,aliases,description,coordinates\n"
MIRA = 'Q1,Mira Kovalenko,person,M. Kovalenko|Mirochka,"engineer, of Harbour Watch",\n'
IDS = "SELECT x.id, e.name FROM external_id x JOIN entity e ON e.pk = x.entity ORDER BY x.id"


def file(folder: Path, text: str | bytes, name: str = "aster.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def load(engine: Engine, folder: Path, text: str | bytes, name: str = "aster.csv") -> Loaded:
    return load_authority(engine, file(folder, text, name), "aster")


def entries(folder: Path, text: str | bytes, name: str = "aster.csv") -> list[Any]:
    return list(read_authority(file(folder, text, name)))


def test_an_entry_matches_the_entity_of_its_name_and_kind(engine: Engine, tmp_path: Path) -> None:
    write(engine, document(), extraction())
    loaded = load(engine, tmp_path, HEADER + MIRA)
    assert (loaded.matched, loaded.created) == (1, 0)
    assert rows(engine, IDS) == [("Q1", "Mira Kovalenko")]
    aliases = "SELECT surface FROM alias WHERE origin = 'authority' ORDER BY surface"
    assert rows(engine, aliases) == [("M. Kovalenko",), ("Mirochka",)]


def test_loading_twice_is_as_once(engine: Engine, tmp_path: Path) -> None:
    write(engine, document(), extraction())
    load(engine, tmp_path, HEADER + MIRA)
    before = [rows(engine, f"SELECT * FROM {t}") for t in ("alias", "entity_key", "entity_traits")]
    loaded = load(engine, tmp_path, HEADER + MIRA)
    assert (loaded.matched, loaded.created, loaded.known) == (0, 0, 1)
    after = [rows(engine, f"SELECT * FROM {t}") for t in ("alias", "entity_key", "entity_traits")]
    assert after == before


def test_a_later_article_finds_the_entry(engine: Engine, tmp_path: Path) -> None:
    assert load(engine, tmp_path, HEADER + MIRA).created == 1
    write(engine, document(), extraction())
    assert rows(engine, "SELECT name, articles FROM entity WHERE kind = 'person'") == [
        ("Mira Kovalenko", 1)
    ]
    # The day of its first article, not that of loading.
    assert rows(engine, "SELECT first_seen FROM entity WHERE kind = 'person'") == rows(
        engine, "SELECT sort_at FROM article"
    )


def test_a_body_is_found_by_an_alias_of_the_file(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path, HEADER + "B1,Aster Harbour Guard,organisation,Harbour Watch,,\n")
    write(engine, document(), extraction())
    found = "SELECT name, articles FROM entity WHERE kind = 'organisation'"
    assert rows(engine, found) == [("Aster Harbour Guard", 1)]


def test_another_kind_or_trade_is_no_match(engine: Engine, tmp_path: Path) -> None:
    surgeon = ArticleEntity(EntityKind.PERSON, "Ana Berg")
    text = "Ana Berg, the surgeon, opened a ward for transplant patients in the hospital."

    mention = Mention(span(text, "Ana Berg"), MentionType.NAME, EntityKind.PERSON, 0)
    write(engine, document(text), Extraction((mention,), (surgeon,)))
    loaded = load(
        engine,
        tmp_path,
        HEADER + "1,Ana Berg,organisation,,,\n2,Ana Berg,person,,Danish footballer and coach,\n",
    )
    assert (loaded.matched, loaded.created) == (0, 2)


def test_namesakes_in_a_file_match_nobody_and_are_named(engine: Engine, tmp_path: Path) -> None:
    write(engine, document(), extraction())
    loaded = load(engine, tmp_path, HEADER + MIRA + MIRA.replace("Q1", "Q2"))
    assert (loaded.matched, loaded.created) == (0, 0)
    assert [str(e).split("aster.csv:")[1][:2] for e in loaded.passed_over] == ["2:", "3:"]
    assert rows(engine, IDS) == []


def test_coordinates_far_from_where_articles_are_speak_against(
    engine: Engine, tmp_path: Path
) -> None:
    write(engine, document(), extraction())
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO place VALUES ('g:1', 'Lindholm', 'town', 54.75, 8.875, 'DE', NULL, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO entity_place SELECT pk, 'g:1', 1, 1000 FROM entity WHERE kind='location'"
        )
    far = 'L1,Lindholm,location,,,"57.0,14.5"\n'
    near = 'L2,Lindholm,location,,,"54.8,8.9"\n'
    assert load(engine, tmp_path, HEADER + far).created == 1
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM external_id")
        connection.exec_driver_sql("DELETE FROM entity_key WHERE entity NOT IN (1, 2, 3)")
    assert load(engine, tmp_path, HEADER + near).matched == 1


# --- bad files ------------------------------------------------------------------------------------


BAD = (
    ("", "empty"),
    ("name,kind\nAna,person\n", "first line must name the fields"),
    ("id,name,kind,shoe\n", "first line must name the fields"),
    (HEADER + "1,Ana Berg\n", "2 fields"),
    (HEADER + '1,"Ana" Berg,person,,,\n', "no CSV"),
    (HEADER + '1,"Ana Berg,person,,,\n', "no CSV"),
    (HEADER + ",Ana Berg,person,,,\n", "id is missing"),
    (HEADER + "1, ,person,,,\n", "name is missing"),
    (HEADER + "1,Ana Berg,elf,,,\n", "kind is none of"),
    (HEADER + "1,Ana\x07Berg,person,,,\n", "characters that no text has"),
    (HEADER + f"1,{'x' * 301},person,,,\n", "longer than 300"),
    (HEADER + f"1,Ana,person,,{'x ' * LONGEST_DESCRIPTION},\n", "longer than 5,000"),
    (HEADER + f"1,Ana,person,{'x|' * 501},,\n", "more than 500 aliases"),
    (HEADER + f"1,Ana,person,,{'x' * 140_000},\n", "no CSV"),
    (HEADER + '1,Aster,location,,,"91,0"\n', "no globe"),
    (HEADER + '1,Aster,location,,,"nan,0"\n', "no globe"),
    (HEADER + "1,Aster,location,,,here\n", 'no "latitude,longitude"'),
    (HEADER + "1,Ana Berg,person,,,\n1,Jon Holm,person,,,\n", "line 2 too"),
    ((HEADER + "1,Jos\xe9,person,,,\n").encode("latin-1"), "not UTF-8"),
)


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_what_is_wrong_is_named_and_nothing_is_loaded(
    engine: Engine, tmp_path: Path, text: str | bytes, reason: str
) -> None:
    good = HEADER.encode() + b"7,Pia Lund,person,,,\n"
    loaded = load(engine, tmp_path, text)
    assert any(reason in str(fault) for fault in loaded.faults), loaded.faults
    assert rows(engine, "SELECT count(*) FROM entity") == [(0,)]
    assert load(engine, tmp_path, good).created == 1


BAD_JSON = (
    ("[1]\n", "no JSON object"),
    ("{\n", "no JSON"),
    ("[" * 100_000, "no JSON"),
    ('{"id": 1, "name": 2, "kind": "person"}\n', "name is no text"),
    ('{"id": 1, "name": "A", "kind": "person", "aliases": [1]}\n', "no list of texts"),
    ('{"id": 1, "name": "A", "kind": "location", "coordinates": [1]}\n', "coordinates are no"),
    ('{"id": 1, "name": "A", "kind": "location", "coordinates": [1e999, 1]}\n', "no globe"),
    ('{"id": 1, "name": "A", "kind": "person", "born": 1}\n', "unknown field"),
    ('{"id": 1, "name": "\\ud800", "kind": "person"}\n', "characters that no text has"),
    ('{"id": 1, "name": "A", "kind": "person", "description": "' + "x" * 250_000, "longer than"),
)


@pytest.mark.parametrize(("text", "reason"), BAD_JSON)
def test_bad_json_lines_are_named(tmp_path: Path, text: str, reason: str) -> None:
    found = entries(tmp_path, text, "aster.jsonl")
    assert any(reason in str(f) for f in found if isinstance(f, DocumentError)), found


def test_a_byte_order_mark_and_quoted_line_ends_are_no_harm(tmp_path: Path) -> None:
    text = '\ufeffID, Name ,kind,description\r\n1,Ana Berg,Person,"first\r\nsecond"\r\n'
    (ana,) = entries(tmp_path, text)
    assert isinstance(ana, AuthorityEntry)
    assert (ana.id, ana.name, ana.description) == ("1", "Ana Berg", "first second")


def test_a_line_is_counted_where_it_begins(tmp_path: Path) -> None:
    text = HEADER + '1,Ana Berg,person,,"a\nb\nc",\n2,Jon Holm,elf,,,\n'
    fault = next(f for f in entries(tmp_path, text) if isinstance(f, DocumentError))
    assert ":5:" in str(fault)


def test_json_lines_and_csv_say_the_same(tmp_path: Path) -> None:
    row = {"id": "1", "name": "Aster", "kind": "location", "coordinates": [54.5, 10.25]}
    (from_json,) = entries(tmp_path, json.dumps(row) + "\n\n", "aster.jsonl")
    out = io.StringIO()
    csv.writer(out).writerows([list(row), ["1", "Aster", "location", "54.5,10.25"]])
    (from_csv,) = entries(tmp_path, out.getvalue())
    assert from_json.coordinates == from_csv.coordinates == (54.5, 10.25)
    assert (from_json.id, from_json.name, from_json.kind) == (from_csv.id, "Aster", from_csv.kind)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (fault,) = read_authority(tmp_path / "missing.csv")
    assert "no such file" in str(fault)
