"""`onrecord evaluate` with an extractor that is made up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.evaluation.gold import QUOTES, SPEAKERS
from tests.cli.conftest import Onrecord
from tests.gold_sample import DIRECT, INDIRECT, NAMES, TEXT, spans, written


def predict(texts: Iterable[tuple[Any, str]]) -> Iterator[dict[str, Any]]:
    """An extractor that knows one text."""
    for identity, _ in texts:
        named = [{**quote, "speaker": "Mira Kovalenko", "status": "resolved"} for quote in QUOTED]
        yield {"id": identity, "quotes": named, "entities": NAMES}


@pytest.fixture(autouse=True)
def _extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_predict", lambda workers: predict)


QUOTED = [DIRECT, INDIRECT]
GOLD = {"id": "a\x1b[31m", "text": TEXT, "quotes": QUOTED}
SPEAKER = {"name": "Mira Kovalenko", "status": "named"}
NAMED = [{**SPEAKER, "quote": n, "via": "name"} for n in range(2)]


@pytest.fixture
def gold(tmp_path: Path) -> str:
    return written(tmp_path / "gold.jsonl", GOLD)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "a", "text": TEXT}, 'neither "quotes" nor "entities"'),
        ({"id": "a", "quotes": []}, 'lacks a string "text"'),
        ({**GOLD, "quotes": [{"content": [[0, 9999]]}]}, "outside the text"),
    ],
)
def test_a_file_that_cannot_be_scored_is_told_without_a_trace(
    onrecord: Onrecord, tmp_path: Path, row: dict[str, Any], told: str
) -> None:
    done = onrecord("evaluate", written(tmp_path / "gold.jsonl", row))
    assert done.returncode == 1
    assert done.stdout == ""
    first, last = done.stderr.splitlines()
    assert told in first
    assert "expected are JSON Lines of" in last


def test_what_does_not_fit_together_is_told(onrecord: Onrecord, gold: str, tmp_path: Path) -> None:
    names = written(tmp_path / "names.jsonl", {"id": "n", "text": TEXT, "entities": NAMES})
    for arguments, status, told in (
        ((str(tmp_path / "none.jsonl"),), 1, "no such file"),
        ((names, "--errors", "1"), 1, "it has no quotes"),
        ((gold, "--predicted", names), 1, "it has no quotes, which the gold file has"),
        ((str(tmp_path), "--predicted", names), 2, "--predicted needs a gold file"),
        ((gold, "--floors", names), 2, "--floors needs a folder"),
        ((str(tmp_path), "--lower", "a reason"), 2, "--lower needs --write-floors"),
        ((str(tmp_path), "--write-floors", names, "--lower", " "), 2, "--lower needs"),
        ((str(tmp_path),), 1, "there is no gold data at"),
    ):
        done = onrecord("evaluate", *arguments)
        assert done.returncode == status, arguments
        assert told in " ".join(done.stderr.replace("│", "").split())
        assert "Traceback" not in done.stderr


def test_floors_rise_gate_and_sink_for_a_reason(onrecord: Onrecord, tmp_path: Path) -> None:
    folder, floors = tmp_path / "eval", str(tmp_path / "floors.json")
    row = {**GOLD, "id": "a"}
    written(folder / QUOTES, row)
    written(folder / SPEAKERS, {"id": "a", "speakers": NAMED})
    done = onrecord("evaluate", str(folder), "--write-floors", floors)
    assert done.returncode == 0, done.stderr
    made = json.loads(Path(floors).read_text(encoding="utf-8"))
    assert made["floors"]["polnear_dev: joint F1, all"] == 98.0

    done = onrecord("evaluate", str(folder), "--floors", floors)
    assert done.stdout.endswith("accuracy gate passed: nothing is under its floor\n")
    (folder / SPEAKERS).unlink()
    done = onrecord("evaluate", str(folder), "--floors", floors)
    assert done.returncode == 0
    assert f"accuracy gate skipped for {SPEAKERS}: it is not in {folder}\n" in done.stdout
    done = onrecord("evaluate", str(tmp_path / "nowhere"), "--floors", floors)
    assert (done.returncode, done.stdout) == (
        0,
        f"accuracy gate skipped: there is no gold data at {tmp_path / 'nowhere'}\n",
    )

    spurious = {"content": spans("the mayor of Lisbon"), "cue": [], "source": []}
    written(folder / QUOTES, {**row, "quotes": [DIRECT, INDIRECT, spurious]})
    done = onrecord("evaluate", str(folder), "--floors", floors)
    assert done.returncode == 1
    assert f"{QUOTES} is not the gold that its floors were measured on" in done.stderr
    before = Path(floors).read_text(encoding="utf-8")
    done = onrecord("evaluate", str(folder), "--write-floors", floors)
    assert done.returncode == 1
    assert "give the reason with --lower" in done.stderr
    assert Path(floors).read_text(encoding="utf-8") == before
    done = onrecord("evaluate", str(folder), "--write-floors", floors, "--lower", "other gold")
    assert done.returncode == 0, done.stderr
    made = json.loads(Path(floors).read_text(encoding="utf-8"))
    assert made["floors"]["polnear_dev: joint F1, all"] == 78.0
    assert {entry["reason"] for entry in made["lowered"]} == {"other gold"}
    done = onrecord("evaluate", str(folder), "--floors", floors, "--json")
    assert json.loads(done.stdout)["scores"]["polnear_dev: joint F1, all"] == 80.0
    assert "accuracy gate passed" in done.stderr
