"""Interleaved measuring: on a shared machine only ratios within one run mean anything."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure; `n` is how many rounds it is the median of."""

    name: str
    value: float
    unit: str
    n: int


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU time of one call in this process, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(works: Sequence[Callable[[], float | None]], rounds: int) -> list[list[float]]:
    """What each work costs, taken in turns after one unmeasured turn; nothing where it fails."""
    found: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, costs in zip(works, found, strict=True):
            cost = work()
            if turn and cost is not None:
                costs.append(cost)
    return found


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each work, taken in turns."""
    found = in_turns([partial(cpu_seconds, work) for work in works.values()], rounds)
    return {name: statistics.median(costs) for name, costs in zip(works, found, strict=True)}


def p99(costs: Sequence[float]) -> float:
    """The 99th percentile."""
    ranked = sorted(costs)
    return ranked[int(0.99 * (len(ranked) - 1))]
