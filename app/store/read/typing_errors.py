"""What somebody may have meant who made one typing error (Damerau, 1964)."""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

# A shorter beginning is near to too many names, a longer one to none that the right part of it
# would not find.
SHORTEST, LONGEST = 4, 40

_IN_NAMES = " '-"


def forgiven(start: str) -> Iterator[list[str]]:
    """What may have been meant by a beginning of a name: first where its first letter is right.

    Two letters exchanged, one too many, one wrong, one missing: distinct, in this order. Tried are
    the letters of English, the characters of `start` and what else stands in names, and in place of
    a letter the same with an accent. Nothing that `start` itself begins is among them.
    """
    if sum(c.isalnum() for c in start) < SHORTEST or len(start) > LONGEST:
        return
    known = {start}
    for positions in (range(1, len(start)), range(1)):
        tried = []
        for variant in _edited(start, positions):
            if variant not in known and not variant.startswith(start):
                known.add(variant)
                tried.append(variant)
        yield tried


def _edited(start: str, positions: range) -> Iterator[str]:
    letters = sorted({*string.ascii_lowercase, *_IN_NAMES, *start})
    cut = [(start[:i], start[i], start[i + 1 :]) for i in positions]
    for before, letter, after in cut:
        if after:
            yield before + after[0] + letter + after[1:]
    for before, _, after in cut:
        yield before + after
    for before, letter, after in cut:
        for other in (*_accented().get(letter, ()), *letters):
            yield before + other + after
    for before, letter, after in cut:
        for other in letters:
            yield before + other + letter + after


@cache
def _accented() -> dict[str, str]:
    """The letters of Latin languages with an accent, by the letter without it."""
    found: defaultdict[str, str] = defaultdict(str)
    for code in range(0xC0, 0x180):
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0]
        if letter == letter.casefold() and bare in string.ascii_lowercase:
            found[bare] += letter
    return dict(found)
