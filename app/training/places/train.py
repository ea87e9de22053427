"""A conditional logit by gradient descent, for each of the scorer's three passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from app.resolution.places import evidence, scorer
from app.resolution.places.scorer import Weights
from app.training.logit import Array, fit
from app.training.places.data import Lesson

PENALTY = 0.5
"""Of squared weights (L2); ten times as much or as little changed nothing."""
ROUNDS = 3
"""How often the third pass is fitted to the beliefs that its last weights give."""
MOST_MENTIONS = 3
"""A name that an article repeats more often counts no more."""

Features = Callable[[Lesson], Sequence[Sequence[Sequence[float]]]]


def learn(lessons: Sequence[Lesson]) -> Weights:
    """The weights of the three passes."""
    first = _fit(lessons, lambda lesson: lesson.scene.rows)
    learnt = Weights(first, (), ())
    for lesson in lessons:
        flat = [
            scorer.shares_of([scorer.FLATTENED * scorer.dot(row, first) for row in rows])
            for rows in lesson.scene.rows
        ]
        lesson.scene.may = scorer.among(lesson.scene.toponyms, flat)
    second = _fit(lessons, _with_may)
    for lesson in lessons:
        lesson.beliefs = [
            scorer.shares_of([scorer.dot(row, second) for row in rows])
            for rows in _with_may(lesson)
        ]
    third: tuple[float, ...] | None = None
    for _ in range(ROUNDS):
        third = _fit(lessons, _with_context, third)
        learnt = Weights(first, second, third)
        for lesson in lessons:
            lesson.beliefs = scorer.revised(lesson.scene, lesson.beliefs, learnt)
    return learnt


def _with_may(lesson: Lesson) -> list[list[list[float]]]:
    seen = lesson.scene
    return [
        [[*row, *may] for row, may in zip(rows, mays, strict=True)]
        for rows, mays in zip(seen.rows, seen.may, strict=True)
    ]


def _with_context(lesson: Lesson) -> list[list[list[float]]]:
    contexts = scorer.among(lesson.scene.toponyms, lesson.beliefs)
    empty = [0.0] * len(scorer.NOTHING)
    return [
        [
            *([*row, *context, *empty] for row, context in zip(rows, more, strict=True)),
            [0.0] * (len(evidence.ALONE) + 2 * len(evidence.CONTEXT)) + scorer.nothing(toponym),
        ]
        for rows, more, toponym in zip(
            _with_may(lesson), contexts, lesson.scene.toponyms, strict=True
        )
    ]


def _fit(
    lessons: Sequence[Lesson], features: Features, start: tuple[float, ...] | None = None
) -> tuple[float, ...]:
    """The weights under which right candidates have the largest shares."""
    rows, right, weights, starts = _stacked(lessons, features)
    return fit(rows, right, weights, starts, start=start, penalty=PENALTY)


def _stacked(
    lessons: Sequence[Lesson], features: Features
) -> tuple[Array, Array, Array, list[int]]:
    """The candidates of all toponyms under one another, and where each toponym's begin.

    A row beyond the candidates is that of none being right. Toponyms with one row, or with none
    that is right, teach nothing.
    """
    rows: list[Sequence[float]] = []
    right: list[float] = []
    weights: list[float] = []
    starts: list[int] = []
    for lesson in lessons:
        for candidates, marks in zip(features(lesson), lesson.right, strict=True):
            if len(candidates) > marks.shape[1]:
                none = 1.0 - marks.any(axis=1, keepdims=True)
                marks = np.hstack([marks, none.astype(np.float64)])
            told = marks[marks.any(axis=1)]
            if len(candidates) < 2 or not len(told):
                continue
            starts.append(len(rows))
            rows += candidates
            common = told.mean(axis=0) > 0.5
            right += (common if common.any() else told[0]).astype(float).tolist()
            weights.append(lesson.weight * min(len(told), MOST_MENTIONS))
    return np.array(rows), np.array(right), np.array(weights), starts
