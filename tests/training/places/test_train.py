from __future__ import annotations

from typing import Any

from app.resolution.places import evidence, scorer
from app.resolution.places.focus import Focus
from app.training.places.data import lesson_of
from app.training.places.train import learn
from tests.resolution.places.conftest import (
    DALLAS,
    LYON,
    PARIS,
    PARIS_TEXAS,
    PLACES,
    Shelf,
)


def row(text: str, **gold: Any) -> dict[str, Any]:
    marked = [
        {"start": text.index(name), "end": text.index(name) + len(name), "label": "LOCATION",
         "lat": place.lat, "lon": place.lon}
        for name, place in gold.items()
    ]  # fmt: skip
    return {"id": text, "text": text, "entities": marked}


ROWS = [
    row("From Dallas they drove to Paris.", Dallas=DALLAS, Paris=PARIS_TEXAS),
    row("From Lyon they drove to Paris.", Lyon=LYON, Paris=PARIS),
]


def test_a_lesson_knows_which_candidates_are_right() -> None:
    lesson = lesson_of(ROWS[0], Shelf(PLACES), 1.0)
    candidates = lesson.scene.toponyms[1].candidates
    assert lesson.right[1].tolist() == [[float(place == PARIS_TEXAS) for place in candidates]]


def test_what_was_taught_is_believed() -> None:
    lessons = [lesson_of(r, Shelf(PLACES), 1.0) for r in ROWS * 10]
    learnt = learn(lessons)
    assert len(learnt.first) == len(evidence.ALONE)
    assert len(learnt.third) - len(learnt.second) == len(evidence.CONTEXT) + len(scorer.NOTHING)
    for lesson, right in zip(lessons[:2], (PARIS_TEXAS, PARIS), strict=True):
        shares = scorer.believe(lesson.scene.toponyms, Focus(), learnt)[1]
        best = max(range(len(shares)), key=shares.__getitem__)
        assert lesson.scene.toponyms[1].candidates[best] == right
        assert sum(shares) < 1
