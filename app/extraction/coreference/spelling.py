"""Two spellings of one name: what a slip of the pen makes of a long word; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

# Shorter words differ by a letter without being the same name ("Iran", "Iraq").
SHORTEST = 6
# How many words of one frame are compared with each other.
MOST_ALIKE = 8


def is_slip(one: str, other: str, shortest: int = SHORTEST) -> bool:
    """Whether two words differ by one letter inside them, or by two that changed places.

    The letter may be left out, put in or wrong (Damerau 1964, "A technique for computer detection
    and correction of spelling errors"). Words of fewer letters than `shortest` never do.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < shortest or len(long) - len(short) > 1 or one == other:
        return False
    if short[0] != long[0] or short[-1] != long[-1] or not (one + other).isalpha():
        return False
    pairs = enumerate(zip(short, long, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1] + short[at] == long[at : at + 2] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]


def blurred(word: str) -> set[str]:
    """A word and all that is left of it without one letter: words that slip share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word) - 1))}


def slips(keys: Iterable[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The pairs of names, given by their words, that differ by a slip in one word; each once.

    The name that came first stands first. Every word is compared with a bounded number of others,
    so the time is linear in the number of words.
    """
    frames: dict[tuple[object, ...], list[tuple[str, ...]]] = defaultdict(list)
    for name in dict.fromkeys(keys):
        for at, word in enumerate(name):
            if len(word) < SHORTEST - 1:
                continue
            alike = frames[at, word[0], word[-1], name[:at], name[at + 1 :]]
            for other in alike[:MOST_ALIKE]:
                if is_slip(other[at], word):
                    yield other, name
            alike.append(name)
