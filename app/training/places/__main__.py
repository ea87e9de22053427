"""`python -m app.training.places GOLD_FOLDER`: learns the weights and writes them.

Reads `entities/trnews.jsonl` and `entities/lgl.jsonl`. First prints how often the answer is right
on articles left out of the learning (five folds), then learns from all.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from app.evaluation.gold_rows import read_gold
from app.resolution.places import evidence, scorer
from app.resolution.places.scorer import Weights
from app.settings import read_settings
from app.store.gazetteer import open_gazetteer
from app.training.places.data import Lesson, lesson_of
from app.training.places.train import learn

# The smaller set counts twice, so that neither world news nor local news is all that is learnt.
SETS = {"trnews": 2.0, "lgl": 1.0}
FOLDS = 5
WEIGHTS = Path(scorer.__file__).with_name("weights.json")


def main() -> None:
    """Learn and write."""
    gazetteer = open_gazetteer(read_settings().gazetteer)
    sets = {
        name: [
            lesson_of(row, gazetteer, weight)
            for row in read_gold(Path(sys.argv[1]) / "entities" / f"{name}.jsonl").rows.values()
        ]
        for name, weight in SETS.items()
    }
    folds = _folds(sets)
    tallies = {name: [0, 0] for name in sets}
    for left_out in range(FOLDS):
        learnt = learn([lesson for _, number, lesson in folds if number != left_out])
        for name, number, lesson in folds:
            if number == left_out:
                right, of = _right(lesson, learnt)
                tallies[name][0] += right
                tallies[name][1] += of
    for name, (right, of) in tallies.items():
        print(f"{name}: {right / of:.4f} of {of} mentions with candidates, left out of learning")
    _write(learn([lesson for _, _, lesson in folds]))


def _folds(sets: dict[str, list[Lesson]]) -> list[tuple[str, int, Lesson]]:
    numbered = []
    for name, lessons in sets.items():
        order = list(range(len(lessons)))
        random.Random(1).shuffle(order)
        numbered += [(name, place % FOLDS, lessons[n]) for place, n in enumerate(order)]
    return numbered


def _right(lesson: Lesson, learnt: Weights) -> tuple[int, int]:
    beliefs: Sequence[Sequence[float]] = scorer.first_beliefs(lesson.scene, learnt)
    for _ in range(scorer.PASSES):
        beliefs = scorer.revised(lesson.scene, [list(b) for b in beliefs], learnt)
    right = of = 0
    for marks, shares in zip(lesson.right, beliefs, strict=True):
        if len(shares):
            best = max(range(len(shares)), key=shares.__getitem__)
            right += int(marks[:, best].sum())
            of += len(marks)
    return right, of


def _write(learnt: Weights) -> None:
    may = [f"may_{name}" for name in evidence.CONTEXT]
    names = {
        "first": [*evidence.ALONE],
        "second": [*evidence.ALONE, *may],
        "third": [*evidence.ALONE, *may, *evidence.CONTEXT, *scorer.NOTHING],
    }
    made = {key: dict(zip(of, getattr(learnt, key), strict=True)) for key, of in names.items()}
    WEIGHTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
