"""Scores of identity across articles: which entities of different articles are one.

An occurrence is one entity of one article. Two occurrences are *said to be the same* if they have
one id on record, and *are* the same if gold gives them one key. Pairs are counted over all
occurrences of gold entities, so that an entity of a hundred articles counts 4,950 times; B³ (Bagga
and Baldwin 1998) weighs every occurrence alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

# What gold says who an occurrence is, and what was answered.
Occurrence = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class PairScore:
    """How many pairs are the same in truth, how many are said to be, and how many are both."""

    true: int
    said: int
    right: int

    @property
    def wrong_share(self) -> float:
        """The share of wrong merges among the pairs said to be the same; 0 where none is."""
        return (self.said - self.right) / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of true pairs that is found; 1 where there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.true + self.said) if self.true + self.said else 1.0


def pair_score(occurrences: Iterable[Occurrence]) -> PairScore:
    """Pairs of occurrences, counted by their cells of truth and answer."""
    cells = Counter(occurrences)
    truths: Counter[Hashable] = Counter()
    answers: Counter[Hashable] = Counter()
    for (truth, answer), n in cells.items():
        truths[truth] += n
        answers[answer] += n
    return PairScore(*(_pairs(counts.values()) for counts in (truths, answers, cells)))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def b_cubed(occurrences: Sequence[Occurrence]) -> float:
    """The F1 of B³ of two groupings of the same occurrences; 1 for no occurrence."""
    if not occurrences:
        return 1.0
    cells = Counter(occurrences)
    sizes: tuple[defaultdict[Hashable, int], ...] = (defaultdict(int), defaultdict(int))
    for cell, n in cells.items():
        for side in (0, 1):
            sizes[side][cell[side]] += n
    shares = [
        sum(n * n / sizes[side][cell[side]] for cell, n in cells.items()) / len(occurrences)
        for side in (0, 1)
    ]
    recall, precision = shares
    return 2 * precision * recall / (precision + recall)
