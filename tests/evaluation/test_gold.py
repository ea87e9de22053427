from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.errors import GoldError
from app.evaluation.gold import QUOTES, SPEAKERS, as_json, digests, evaluate

TEXT = "Mira Kovalenko said that Lisbon was ready. She left."
QUOTE = {"content": [[20, 41]], "cue": [[15, 19]], "source": [[0, 14]]}
NAMES = [
    {"start": 0, "end": 14, "label": "PERSON", "cluster": "m", "entity": 0, "name": TEXT[:14]},
    {"start": 25, "end": 31, "label": "LOCATION", "cluster": "l", "entity": 1},
    {"start": 43, "end": 46, "label": "PRON", "cluster": "m", "entity": 0, "name": TEXT[:14]},
]
GOLD = {"id": "a", "text": TEXT, "quotes": [QUOTE], "entities": NAMES}
SPEAKER = {"quote": 0, "name": "Mira Kovalenko", "status": "named", "via": "full_name"}
RIGHT = {**GOLD, "quotes": [{**QUOTE, "speaker": "Mira Kovalenko", "status": "resolved"}]}


def predicting(row: Mapping[str, Any]) -> Any:
    def predict(texts: Iterable[tuple[str, str]]) -> Iterator[Mapping[str, Any]]:
        for identifier, text in texts:
            assert (identifier, text) == ("a", TEXT)
            yield row

    return predict


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("quotes/polnear_dev", "entities/newsfair2", "entities/gum_news"):
        file = tmp_path / f"{name}.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    speakers = {"id": "a", "speakers": [SPEAKER]}
    (tmp_path / "quotes/speakers_dev.jsonl").write_text(json.dumps(speakers), encoding="utf-8")
    return tmp_path


def test_what_is_right_scores_a_hundred(folder: Path) -> None:
    scores = dict(evaluate(folder, predicting(RIGHT)).scores)
    for name in (
        "polnear_dev: joint F1, all",
        "speakers_dev: recall",
        "newsfair2: document set F1, ALL",
        "gum_news: pronoun to person",
        "gum_news: coreference, all mentions (MUC, B3, CEAFe)",
    ):
        assert scores[name] == pytest.approx(100), name


def test_what_is_missing_scores_nothing(folder: Path) -> None:
    scores = dict(evaluate(folder, predicting({**GOLD, "quotes": [], "entities": []})).scores)
    assert scores["polnear_dev: joint F1, all"] == 0.0


def test_sets_that_are_not_there_are_left_out(tmp_path: Path, folder: Path) -> None:
    assert evaluate(tmp_path / "nothing", predicting(RIGHT)) == ([], {})
    (folder / QUOTES).unlink()
    evaluation = evaluate(folder, predicting(RIGHT))
    assert SPEAKERS not in evaluation.digests
    assert not [name for name, _ in evaluation.scores if name.startswith(("pol", "speakers"))]


def test_digests_are_of_the_files(folder: Path) -> None:
    before = digests(folder)
    assert len(before) == 4
    assert evaluate(folder, predicting(RIGHT)).digests == before
    (folder / QUOTES).write_text("", encoding="utf-8")
    assert digests(folder)[QUOTES].startswith("e3b0c44298fc")


def test_a_set_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / QUOTES).write_text("no", encoding="utf-8")
    with pytest.raises(GoldError, match="no JSON"):
        evaluate(folder, predicting(RIGHT))


def test_json_has_scores_and_digests(folder: Path) -> None:
    made = as_json(folder, evaluate(folder, predicting(RIGHT)))
    assert made["scores"]["polnear_dev: joint F1, all"] == 100.0
    assert QUOTES in json.loads(json.dumps(made))["digests"]
