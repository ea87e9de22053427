"""What is written around a person, as a vector: near for those of whom the same is written.

The sum of the vectors of the words around the mentions, near words more. The words' vectors are
distilled from a sentence encoder (`app/training/contexts.py`; docs/models.md has the card): "told
him from the bench" lies near "the judge", which no list of occupations says.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice
from math import sqrt
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).with_name("contexts.npz")
# The mean of all contexts, learnt with the weights: what everybody's has is no evidence.
CENTRE = Path(__file__).with_name("contexts_centre.json")
WIDTH = 64
WORD = re.compile(r"[a-z]+")
# A word so many words from a mention counts a quarter of one beside it; those further away than
# REACH are left out.
NEAR, REACH = 8, 60
# Of somebody mentioned more often these suffice.
MOST_MENTIONS = 64
# A context is kept as whole numbers: a vector of this length, rounded.
LENGTH = 24.0


class Contexts:
    """The contexts of the people of a text."""

    def __init__(self, text: str) -> None:
        words, _ = _table()
        found = [(match.start(), words.get(match.group(), -1)) for match in _words(text)]
        self.starts = [start for start, _ in found]
        self.rows = [row for _, row in found]

    def of(self, mentions: Iterable[Span], own: Iterable[Span]) -> tuple[int, ...]:
        """The context of somebody's mentions, but for the words of `own`, their names.

        WIDTH whole numbers, of a length of about LENGTH; none where no known word stands near.
        """
        vector = self.raw(mentions, own)
        if vector is None:
            return ()
        apart = vector - _centre()
        return tuple((apart * (LENGTH / _norm(apart))).round().astype(int).tolist())

    def raw(self, mentions: Iterable[Span], own: Iterable[Span]) -> NDArray[np.float64] | None:
        """The same before what all have in common is taken off, as a vector of length 1."""
        # Whoever extracts articles has numpy; a server that only answers needs none.
        import numpy as np

        places = sorted({self._at(span.start) for span in islice(mentions, MOST_MENTIONS)})
        near: set[int] = set()
        for place in places:
            near.update(range(max(0, place - REACH), min(len(self.rows), place + REACH + 1)))
        for span in own:
            near.difference_update(range(self._at(span.start), self._at(span.end)))
        some = np.array(sorted(i for i in near if self.rows[i] >= 0), dtype=np.int64)
        if not len(some):
            return None
        at = np.array(places)
        after = np.searchsorted(at, some)
        distance = np.minimum(
            np.abs(some - at[np.maximum(after - 1, 0)]),
            np.abs(some - at[np.minimum(after, len(at) - 1)]),
        )
        weights = 1 / (1 + distance / NEAR) ** 2
        vector: NDArray[np.float64] = weights @ _table()[1][[self.rows[i] for i in some]]
        unit: NDArray[np.float64] = vector / _norm(vector)
        return unit

    def _at(self, position: int) -> int:
        """The number of the first word that begins at or behind a position."""
        return bisect_left(self.starts, position)


@lru_cache(maxsize=1 << 12)
def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How alike two contexts are (cosine): about 0 by chance, 1 for the same.

    An article's people are weighed several times, so that the last answers are kept.
    """
    if len(one) != len(other):
        # Another version's.
        return 0.0
    lengths = sqrt(sum(map(mul, one, one)) * sum(map(mul, other, other)))
    return sum(map(mul, one, other)) / lengths if lengths else 0.0


def _words(text: str) -> Iterable[re.Match[str]]:
    # The small form of "İ" alone is longer: places would move.
    return WORD.finditer(text.replace("İ", "I").lower())


def _norm(vector: NDArray[Any]) -> float:
    return sqrt(float(vector @ vector)) + 1e-9


@cache
def _table() -> tuple[Mapping[str, int], NDArray[np.float64]]:
    """The rows of the words, and their vectors."""
    import numpy as np

    with np.load(FILE) as made:
        words = made["words"].tobytes().decode().split("\n")
        return {word: row for row, word in enumerate(words)}, made["rows"].astype(np.float64)


@cache
def _centre() -> NDArray[np.float64]:
    import numpy as np

    return np.array(json.loads(CENTRE.read_text(encoding="utf-8")), dtype=np.float64)
