"""Interleaved measuring: on a shared machine only ratios within one run mean anything."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
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


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each work, taken in turns after one unmeasured turn."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(cpu_seconds(work))
    return {name: statistics.median(values) for name, values in times.items()}
