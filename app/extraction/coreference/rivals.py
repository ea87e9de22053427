"""Whom else a mention may mean: shares of evidence; pure.

A share is the part of the evidence, as the rules weigh it, that speaks for one of the candidates:
between 0 and 1, and together at most 1. It orders candidates and shows a near thing for what it is,
but it is *not* a calibrated probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Shares: TypeAlias = tuple[tuple[int, float], ...]
"""Candidates with their shares, the likeliest first."""

# How many candidates are kept beside the best one.
RUNNERS_UP = 3
# A second candidate with this share of what the best one has leaves the question open.
OPEN = 0.75
# The share from which others may build on an answer: a mere guess must not feed the next.
SURE = 0.6


def shares(weights: Mapping[int, float], beside: float = 0.0) -> Shares:
    """The shares of candidates by weight, ties in the order given.

    `beside` is the weight of candidates that are no entities of the article.
    """
    total = sum(weights.values()) + beside
    if total <= 0:
        total, weights = float(len(weights)), dict.fromkeys(weights, 1.0)
    ranked = sorted(weights, key=lambda one: -weights[one])
    return tuple((one, round(weights[one] / total, 3)) for one in ranked[: RUNNERS_UP + 1])


def open_between(ranked: Sequence[tuple[int, float]]) -> bool:
    """Whether the second candidate comes so near the first that neither should be given as fact."""
    return len(ranked) > 1 and ranked[1][1] >= OPEN * ranked[0][1]
