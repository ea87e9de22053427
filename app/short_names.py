"""Which given names are short for which: the hand-curated lists of the package `nicknames`, mended.

All names are lower case.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from nicknames import name_triplets

# What it has by mistake, to the best of our knowledge.
_WRONG = {("bill", "robert"), ("billy", "robert")}


@cache
def _lists() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    full_of: dict[str, set[str]] = defaultdict(set)
    for full, _, short in name_triplets():
        if (short, full) not in _WRONG:
            full_of[short].add(full)
    short_of: dict[str, set[str]] = defaultdict(set)
    for short, fulls in full_of.items():
        for full in fulls:
            short_of[full].add(short)
    return (
        {name: frozenset(others) for name, others in full_of.items()},
        {name: frozenset(others) for name, others in short_of.items()},
    )


def full_names(short: str) -> frozenset[str]:
    """What a given name may be short for."""
    return _lists()[0].get(short, frozenset())


def short_names(full: str) -> frozenset[str]:
    """What a given name may be shortened to."""
    return _lists()[1].get(full, frozenset())
