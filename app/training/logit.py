"""A conditional logit (McFadden 1974) by gradient descent: weights of features of alternatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEPS = 300
RATE = 0.05


def fit(
    rows: Array,
    right: Array,
    weights: Array,
    starts: Sequence[int],
    start: Sequence[float] | None = None,
    guess: Sequence[float] | None = None,
    penalty: float = 0.5,
    signed: bool = False,
) -> tuple[float, ...]:
    """The weights under which right alternatives have the largest shares (Adam, full batches).

    Args:
        rows: features, shape (alternatives, features), the choices under one another.
        right: 1 for alternatives that are right, shape (alternatives,); one of each choice at
            least.
        weights: how much each choice counts, shape (choices,).
        starts: the row where each choice begins.
        start: where the descent begins; `guess` if not given.
        guess: the weights where nothing is told; zeros if not given.
        penalty: of the squared distance from the guess (L2).
        signed: whether weights that are guessed above or below zero stay there.
    """
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))
    towards = np.zeros(rows.shape[1]) if guess is None else np.array(guess, dtype=np.float64)
    by = towards.copy() if start is None else np.array(start, dtype=np.float64)
    mean, square = np.zeros_like(by), np.zeros_like(by)
    for step in range(1, STEPS + 1):
        scores = rows @ by
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        shares = powers / np.add.reduceat(powers, starts)[group]
        good = shares * right
        wanted = good / (np.add.reduceat(good, starts) + 1e-12)[group]
        slope = rows.T @ ((shares - wanted) * weights[group]) + penalty * (by - towards)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        scaled = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        by = by - RATE * (mean / (1 - 0.9**step)) / scaled
        if signed:
            by = np.where(by * towards < 0, 0.0, by)
    return tuple(float(round(weight, 4)) for weight in by)
