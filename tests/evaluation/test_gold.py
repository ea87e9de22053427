from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.gold import below, evaluate

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
        "polnear_dev: speakers, recall",
        "newsfair2: document set F1, ALL",
        "gum_news: pronoun to person",
        "gum_news: coreference, all mentions (MUC, B3, CEAFe)",
    ):
        assert scores[name] == pytest.approx(100), name


def test_what_is_missing_scores_nothing_and_falls_below_its_floor(folder: Path) -> None:
    evaluation = evaluate(folder, predicting({**GOLD, "quotes": [], "entities": []}))
    faults = below(evaluation, {"polnear_dev: joint F1, all": 36.0, "newsfair2: nonsense": 1.0})
    assert faults == [
        "polnear_dev: joint F1, all is 0.0, under its floor of 36.0",
        "newsfair2: nonsense was not measured; its floor is 1.0",
    ]


def test_sets_that_are_not_there_are_left_out_with_their_floors(tmp_path: Path) -> None:
    evaluation = evaluate(tmp_path, predicting(RIGHT))
    assert evaluation == ([], {})
    assert below(evaluation, {"polnear_dev: joint F1, all": 36.0}) == []
