"""The words of a text that say what it is about; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.resolution.stopwords import STOPWORDS

# Longer ones are no words, and are not to be kept.
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def words_of(text: str) -> list[str]:
    """The words of a text as they stand."""
    return _WORD.findall(text)


def topic_words(text: str) -> Iterator[str]:
    """Words in lower case, without plurals, in order; what says little is left out."""
    found = (match.group() for match in _WORD.finditer(text))
    return filter(None, (_topic(word) for word in found if len(word) <= LONGEST_WORD))


@lru_cache(maxsize=1 << 15)
def _topic(word: str) -> str | None:
    """A word as a topic, without its plural; None for one that says little."""
    word = word.replace("’", "'").removesuffix("'s").rstrip("'-")
    if not word.islower() or len(word) <= 3 or word in STOPWORDS:
        return None
    return word if word.endswith("ss") else word.removesuffix("s")
