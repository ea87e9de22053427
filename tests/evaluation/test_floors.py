from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.errors import GoldError
from app.evaluation.floors import (
    MARGIN,
    Floors,
    below,
    not_there,
    other_gold,
    read_floors,
    updated,
    write_floors,
)
from app.evaluation.gold import FILES, QUOTES, SPEAKERS, Evaluation, Score

TODAY = "2024-03-01"
JOINT = "polnear_dev: joint F1, all"
FOUND = "polnear_dev: quoted speech found"


def measured(digest: str = "d1", **figures: float) -> Evaluation:
    names = {"joint": JOINT, "found": FOUND}
    return Evaluation([Score(names[k], v) for k, v in figures.items()], {QUOTES: digest})


FLOORS = Floors({QUOTES: "d1"}, {JOINT: 60.7})


def test_the_floors_of_the_project_are_sound() -> None:
    floors = read_floors(Path(__file__).with_name("floors.json"))
    assert set(floors.digests) == set(FILES)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in floors.digests.values())
    assert len(floors.floors) > 20


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"{", "this is no JSON"),
        (b"[]", "it is no floors file of version 1"),
        ({JOINT: 60.7}, "write one with `onrecord evaluate FOLDER --write-floors FILE`"),
        ({"version": 2}, "it is no floors file of version 1"),
        ({"digests": []}, 'its "digests" is no object'),
        ({"digests": {QUOTES: 1}}, 'its "digests" is no object'),
        ({"floors": []}, 'its "floors" is no object'),
        ({"floors": {JOINT: "60"}}, f'the floor of "{JOINT}" is no number'),
        ({"floors": {"lgl: joint": 6.0}}, 'the floor of "lgl: joint" has no pinned gold'),
        ({"lowered": [{"date": TODAY}]}, 'its "lowered" is no list of objects'),
        ({"lowered": [dict.fromkeys(("date", "floor", "from", "to", "reason"), "")]}, "lowered"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, raw: Any, fault: str) -> None:
    whole = {"version": 1, "digests": {QUOTES: "d1"}, "floors": {JOINT: 60.7}, "lowered": []}
    file = tmp_path / "floors.json"
    if isinstance(raw, dict) and JOINT not in raw:
        raw = {**whole, **raw}
    file.write_bytes(raw if isinstance(raw, bytes) else json.dumps(raw).encode())
    with pytest.raises(GoldError, match=re.escape(fault)):
        read_floors(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no such file"):
        read_floors(tmp_path / "floors.json")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    entry = {"date": TODAY, "floor": JOINT, "from": 60.7, "to": None, "reason": "é"}
    floors = Floors({QUOTES: "d1"}, {JOINT: 60.7}, [entry])
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == floors
    assert [file.name for file in tmp_path.iterdir()] == ["floors.json"]


def test_other_gold_than_the_pinned_is_told_and_missing_gold_is_not_that() -> None:
    assert other_gold(FLOORS, {QUOTES: "d1", SPEAKERS: "x"}) == []
    assert other_gold(FLOORS, {}) == []
    (fault,) = other_gold(FLOORS, {QUOTES: "d2"})
    assert fault.startswith(f"{QUOTES} is not the gold that its floors were measured on")
    assert not_there(FLOORS, {SPEAKERS: "x"}) == [QUOTES]
    assert below(Evaluation([], {SPEAKERS: "x"}), FLOORS) == []


def test_a_figure_at_its_floor_passes_and_one_under_it_does_not() -> None:
    assert below(measured(joint=60.7), FLOORS) == []
    assert below(measured(joint=60.6), FLOORS) == [f"{JOINT} is 60.6, under its floor of 60.7"]
    assert below(measured(found=90), FLOORS) == [f"{JOINT} was not measured; its floor is 60.7"]


def test_floors_rise_to_a_margin_under_the_figures() -> None:
    update = updated(FLOORS, measured(joint=70.04, found=1.0), None, TODAY)
    assert update.floors.floors == {JOINT: pytest.approx(70.0 - MARGIN), FOUND: 0.0}
    assert update.floors.lowered == []
    assert (update.kept, update.refused) == ([], [])


def test_a_floor_does_not_sink_without_a_reason() -> None:
    near = updated(FLOORS, measured(joint=61.0), None, TODAY)
    assert near.floors.floors == {JOINT: 60.7}
    assert near.kept == [f"{JOINT} is 61.0, and its floor stays at 60.7"]
    assert near.refused == []
    under = updated(FLOORS, measured(joint=50.0), None, TODAY)
    assert under.refused == [
        f"{JOINT} is 50.0; its floor of 60.7 would sink; give the reason with --lower"
    ]
    gone = updated(FLOORS, measured(found=90.0), None, TODAY)
    assert gone.refused == [
        f"{JOINT} was not measured; its floor would go; give the reason with --lower"
    ]
    other = updated(FLOORS, measured("d2", joint=70.0), None, TODAY)
    assert other.refused == [f"{QUOTES} is not the pinned gold; give the reason with --lower"]


def test_what_sinks_with_a_reason_is_on_record() -> None:
    before = Floors(FLOORS.digests, FLOORS.floors, [{"earlier": "entry"}])
    update = updated(before, measured("d2", joint=61.0, found=90.0), "half the memory", TODAY)
    assert update.refused == []
    assert update.floors.digests == {QUOTES: "d2"}
    assert update.floors.floors == {JOINT: 59.0, FOUND: 88.0}
    common = {"date": TODAY, "reason": "half the memory"}
    assert update.floors.lowered == [
        {"earlier": "entry"},
        {**common, "floor": f"digest of {QUOTES}", "from": "d1", "to": "d2"},
        {**common, "floor": JOINT, "from": 60.7, "to": 59.0},
    ]
    dropped = updated(FLOORS, measured(found=90.0), "no such figure", TODAY).floors
    assert dropped.floors == {FOUND: 88.0}
    assert dropped.lowered[0]["to"] is None


def test_floors_of_gold_that_is_not_there_stay() -> None:
    update = updated(FLOORS, Evaluation([], {SPEAKERS: "s"}), "a reason", TODAY)
    assert update.floors.floors == FLOORS.floors
    assert update.floors.digests == {QUOTES: "d1", SPEAKERS: "s"}
