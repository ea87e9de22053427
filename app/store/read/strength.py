"""How far two things go together: Dunning's log-likelihood ratio, signed.

Dunning, T.: Accurate Methods for the Statistics of Surprise and Coincidence. Computational
Linguistics 19 (1), 1993. Unlike pointwise mutual information it does not put what occurred once and
by chance before what goes together often.
"""

from __future__ import annotations

from math import log

# What an answer shows is what it is sorted by.
DIGITS = 3


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """G² of a two by two table, negative where `both` is less than chance would make it.

    `first` and `second` are how often each occurs, `total` how many occasions there are. Counts
    that contradict one another (kept apart, they may) are taken as near as they can be.
    """
    alone, other = max(first - both, 0), max(second - both, 0)
    neither = max(total - both - alone - other, 0)
    n = both + alone + other + neither
    cells = (
        (both, both + alone, both + other),
        (alone, both + alone, alone + neither),
        (other, other + neither, both + other),
        (neither, other + neither, alone + neither),
    )
    found = 2 * sum(k * log(k * n / (row * column)) for k, row, column in cells if k)
    sign = 1 if both * n >= (both + alone) * (both + other) else -1
    # Nothing is below zero but by rounding; and zero has no sign.
    return round(sign * max(found, 0.0), DIGITS) + 0.0
