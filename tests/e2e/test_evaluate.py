"""`onrecord evaluate` as its user runs it; `tests/cli/` has what needs no extractor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.running import Command
from tests.gold_sample import DIRECT, INDIRECT, NAMES, TEXT, spans, written

GOLD = {"id": "a\x1b[31m", "text": TEXT, "quotes": [DIRECT, INDIRECT]}
SPEAKER = {"name": "Mira Kovalenko", "status": "named"}
NAMED = [{**SPEAKER, "quote": 0, "via": "full_name"}, {**SPEAKER, "quote": 1, "via": "pronoun"}]


@pytest.fixture
def gold(tmp_path: Path) -> str:
    return written(tmp_path / "gold.jsonl", GOLD)


@pytest.fixture
def speakers(tmp_path: Path) -> str:
    return written(tmp_path / "speakers.jsonl", {"id": GOLD["id"], "speakers": NAMED})


def test_a_file_is_extracted_and_scored(
    onrecord: Command, gold: str, speakers: str, tmp_path: Path
) -> None:
    # By rules: what these articles give is to be known, not to follow a model.
    command = Command({**onrecord.environment, "ONRECORD_EXTRACTOR": "rules"})
    done = command("evaluate", gold, "--speakers", speakers, "--errors", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("quotes: 1 articles (0 without predictions), 2 gold, 2 predicted")
    for title in ("joint", "detection", "attribution", "overlap", "found (recall)", "full_name"):
        assert title in done.stdout
    assert "missed: 0\n" in done.stdout
    assert "\x1b" not in done.stdout

    both = written(tmp_path / "both.jsonl", {**GOLD, "entities": NAMES})
    made = json.loads(command("evaluate", both, "--speakers", speakers, "--json").stdout)
    assert made["quotes"]["all"]["joint"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert made["speakers"]["by_via"] == {"full_name": [1, 100.0], "pronoun": [1, 100.0]}
    assert made["entities"]["strict"]["ALL"]["F1"] == 100.0
    assert len(made["digest"]) == 64


def test_rows_of_another_system_are_scored_in_any_encoding(
    onrecord: Command, gold: str, tmp_path: Path
) -> None:
    wrong = {"content": spans("in winter"), "cue": [], "source": []}
    mine = written(
        tmp_path / "mine.jsonl",
        {"id": GOLD["id"], "quotes": [{**DIRECT, "source": spans("Lisbon")}, wrong]},
        {"id": "elsewhere", "quotes": []},
    )
    command = [sys.executable, "-m", "app", "evaluate", gold, "--predicted", mine, "--errors", "1"]
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {**os.environ, **locale, "ONRECORD_SPACY_MODEL": "none_is_needed"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert done.returncode == 0, done.stderr
    assert "1 article is not in the gold file" in done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    start, end = INDIRECT["content"][0]
    assert any(rf'"a\x1b[31m" gold {start}-{end}' in line for line in lines)
    assert any(r"[\u201cThe harbour will open,\u201d]" in line for line in lines)
    made = json.loads(onrecord(*command[3:], "--json").stdout)
    assert {sort: found["count"] for sort, found in made["errors"].items()} == {
        "missed": 1,
        "spurious": 0,
        "wrong boundaries": 1,
        "wrong source": 1,
    }
