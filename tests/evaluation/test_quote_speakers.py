from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.evaluation.quote_speakers import (
    read_answers,
    read_speakers,
    same_name,
    score_speakers,
)
from app.evaluation.quotes import read_articles, read_file

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval"))
# Absolute: the gold data's own scorers run in their folder.
GOLD = EVAL.resolve() / "quotes"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mira Kovalenko", "Mayor Mira Kovalenko", True),
        ("Mr. Kovalenko", "Mira Kovalenko", True),
        ("Mira", "Mira Kovalenko", False),
        ("UPA", "United Port Authority", True),
        ("Ivo Brandt", "Mira Kovalenko", False),
        ("", "Mira Kovalenko", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_a_resolved_unnamed_speaker_is_not_honest() -> None:
    text = "“We will go,” officials said."
    quote = {"content": [[0, 13]], "cue": [], "source": [[14, 23]]}
    articles = read_articles([json.dumps({"id": "a", "text": text, "quotes": [quote]})])
    unnamed = {"quote": 0, "name": None, "status": "unnamed", "via": "nominal"}
    speakers = read_speakers([json.dumps({"id": "a", "speakers": [unnamed]})])
    wrong = score_speakers(articles, speakers, articles, {"a": ("Mira Kovalenko",)})
    right = score_speakers(articles, speakers, articles, {"a": (None,)})
    assert (wrong.honest, wrong.resolved_precision) == (0.0, 0.0)
    assert (right.honest, right.resolved_precision, right.recall) == (100.0, None, None)


@pytest.mark.skipif(
    not (GOLD / "speakers_dev.jsonl").exists(),
    reason=f"the gold data is not at {GOLD} (set ONRECORD_EVAL_DIR)",
)
def test_agrees_with_the_scorer_of_the_gold_data(tmp_path: Path) -> None:
    gold, speakers = GOLD / "polnear_dev.jsonl", GOLD / "speakers_dev.jsonl"
    rows = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for k, quote in enumerate(row["quotes"]):
            words = " ".join(row["text"][s:e] for s, e in quote["source"])
            quote["speaker"] = words or None
            quote["status"] = "unnamed" if k % 4 == 1 else "resolved"
        row["quotes"] = [q for k, q in enumerate(row["quotes"]) if k % 7 != 3]
        rows.append(json.dumps(row))
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(rows), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "score_speakers.py", str(gold), str(speakers), str(predicted)],
        cwd=GOLD,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    reference = json.loads(answer.stdout)
    ours = score_speakers(
        read_file(gold),
        read_speakers(speakers.read_text(encoding="utf-8").splitlines()),
        read_file(predicted),
        read_answers(rows),
    )
    for key in ("quotes", "matched", "resolved_precision", "recall", "coverage", "honest"):
        assert getattr(ours, key) == reference[key]
    assert {k: list(v) for k, v in ours.by_via.items()} == reference["by_via"]
