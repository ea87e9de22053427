from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import GoldError
from app.evaluation.gold_rows import EXPECTED, read_gold, read_predicted, read_speakers

TEXT = "Mira said no."
QUOTE = {"content": [[10, 12]], "cue": [[5, 9]], "source": [[0, 4]]}
ROW = {"id": "a", "text": TEXT, "quotes": [QUOTE]}
ENTITY = {"start": 0, "end": 4, "label": "PERSON"}


def written(path: Path, *rows: Any) -> Path:
    lines = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
    path.write_bytes(b"\n".join(lines))
    return path


def faults(read: Any, *arguments: Any) -> list[str]:
    with pytest.raises(GoldError) as caught:
        read(*arguments)
    return [fault.replace(f"{arguments[0]}", "F") for fault in caught.value.faults]


def quote(**more: Any) -> dict[str, Any]:
    return {**ROW, "quotes": [QUOTE, {**QUOTE, **more}]}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (b'{"id": "a", ', "this is no JSON (expecting property name enclosed in double quotes"),
        (b'{"id": "\xff"}', "byte 9 is not UTF-8"),
        (b"[" * 200_000, "its JSON is nested too deeply"),
        ([ROW], "this is no JSON object"),
        ({"text": TEXT, "quotes": []}, 'it lacks an "id", a string or a whole number'),
        ({**ROW, "id": True}, 'it lacks an "id"'),
        ({"id": "a", "text": TEXT}, 'it has neither "quotes" nor "entities"'),
        ({"id": "a", "quotes": []}, 'it lacks a string "text"'),
        ({**ROW, "text": None}, 'it lacks a string "text"'),
        ({**ROW, "quotes": {}}, 'its "quotes" is no list of objects'),
        ({**ROW, "quotes": ["no"]}, 'its "quotes" is no list of objects'),
        (quote(content=[[10, 14]]), '"content" of quote 1 has [10, 14], which is outside the text'),
        (quote(cue=[[-1, 4]]), '"cue" of quote 1 has [-1, 4], which is outside the text'),
        (quote(source=[[4, 0]]), '"source" of quote 1 has [4, 0], which ends before it starts'),
        (quote(content=[10, 12]), '"content" of quote 1 has 10, which is no [start, end]'),
        (quote(content=[["1", 2]]), "which is no [start, end]"),
        (quote(content=[[True, 2]]), "which is no [start, end]"),
        (quote(content=[[1, 2, 3]]), "which is no [start, end]"),
        (quote(content="no"), '"content" of quote 1 is no list of [start, end]'),
        (quote(content=[]), 'quote 1 has no "content"'),
        (quote(content=[[3, 3]]), 'quote 1 has no "content"'),
        ({**ROW, "entities": [{**ENTITY, "end": 99}]}, "entity 0 has [0, 99], which is outside"),
        ({**ROW, "entities": [{"start": 0, "end": 4}]}, 'entity 0 lacks a string "label"'),
        ({**ROW, "entities": [{**ENTITY, "cluster": [1]}]}, 'entity 0 has a "cluster" that is'),
        ({**ROW, "entities": [{**ENTITY, "name": 3}]}, 'entity 0 has a "name" that is no string'),
        ({**ROW, "eval_span": 3}, 'its "eval_span" has 3, which is no [start, end]'),
        ({**ROW, "ignore": [[0, 99]]}, 'its "ignore" has [0, 99], which is outside the text'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, row: Any, fault: str) -> None:
    file = written(tmp_path / "gold.jsonl", {**ROW, "id": "first"}, b"", row)
    first, *_, last = faults(read_gold, file)
    assert first.startswith("F:3: ")
    assert fault in first
    assert last == f"F: expected are {EXPECTED}"


def test_an_id_stands_once(tmp_path: Path) -> None:
    file = written(tmp_path / "gold.jsonl", ROW, {**ROW, "id": "b"}, ROW)
    assert faults(read_gold, file)[0] == 'F:3: its id "a" is that of line 1 already'


def test_a_file_that_is_missing_empty_or_of_another_form(tmp_path: Path) -> None:
    assert faults(read_gold, tmp_path / "none.jsonl") == ["F: no such file or directory"]
    assert faults(read_gold, written(tmp_path / "empty.jsonl", b"\n \n"))[0] == "F: it has no rows"
    told = faults(read_gold, written(tmp_path / "book.txt", *[b"Once upon a time"] * 500))
    assert len(told) == 12
    assert told[10] == "F: and 490 more faults"


def test_a_right_file_is_read_whole(tmp_path: Path) -> None:
    rows = [ROW, {"id": 7, "text": TEXT, "entities": [ENTITY]}]
    file = written(tmp_path / "gold.jsonl", *rows)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    gold = read_gold(file)
    assert list(gold.rows.values()) == rows
    assert [row["id"] for row in gold.having("entities")] == [7]


def test_predictions_are_held_against_the_gold_texts(tmp_path: Path) -> None:
    gold = {"a": ROW, "b": {**ROW, "id": "b"}}
    far = {"id": "a", "quotes": [{"content": [[10, 99]]}]}
    told = faults(read_predicted, written(tmp_path / "p.jsonl", far), gold)
    assert told[0].endswith("which is outside the text of 13 code points")
    assert "neither" in faults(read_predicted, written(tmp_path / "p.jsonl", {"id": "a"}), gold)[0]
    nameless = {"id": "a", "quotes": [{**QUOTE, "speaker": 3}]}
    assert "no name" in faults(read_predicted, written(tmp_path / "p.jsonl", nameless), gold)[0]

    other = {"id": "b", "text": TEXT.upper(), "quotes": [{"content": [[3, 3]]}]}
    unknown = {**far, "id": "\x1bz"}
    found = read_predicted(written(tmp_path / "p.jsonl", other, unknown), gold)
    assert list(found.rows) == ["b", "\x1bz"]
    assert [note.partition(": ")[2] for note in found.notes] == [
        r'1 article is not in the gold file and not scored (first: "\x1bz")',
        "the text of 1 article is not the gold one; offsets were taken to count into the gold text "
        '(first: "b")',
    ]


SPEAKER = {"quote": 0, "name": "Mira", "status": "named", "via": "full_name"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": "b", "speakers": []}, "the gold file has no quotes of an article of this id"),
        ({"id": "a"}, 'it lacks a list of "speakers"'),
        ({**SPEAKER, "quote": 1}, 'speaker 0 has 1 for "quote"; the article has 1 gold quotes'),
        ({**SPEAKER, "quote": None}, 'speaker 0 has None for "quote"'),
        ({**SPEAKER, "status": "known"}, 'speaker 0 has "known" for "status", which is none of'),
        ({**SPEAKER, "name": None}, 'speaker 0 is named and has no "name"'),
        ({**SPEAKER, "name": [3]}, 'speaker 0 has a "name" that is neither a string nor'),
        ({**SPEAKER, "alt": "M"}, 'speaker 0 has an "alt" that is no list of strings'),
        ({**SPEAKER, "via": 3}, 'speaker 0 has a "via" that is no string'),
    ],
)
def test_speakers_are_held_against_the_gold_quotes(
    tmp_path: Path, row: dict[str, Any], fault: str
) -> None:
    whole = row if "id" in row else {"id": "a", "speakers": [row]}
    file = written(tmp_path / "speakers.jsonl", whole)
    assert faults(read_speakers, file, {"a": ROW})[0].startswith(f"F:1: {fault}")


def test_right_speakers_are_read(tmp_path: Path) -> None:
    unnamed = {"quote": 0, "status": "unnamed"}
    row = {"id": "a", "speakers": [SPEAKER, {**SPEAKER, "name": ["Mira", "M."]}, unnamed]}
    assert read_speakers(written(tmp_path / "speakers.jsonl", row), {"a": ROW}) == {"a": row}
