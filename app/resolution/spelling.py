"""Names as strings of letters: without accents, without vowels, as initials; pure."""

from __future__ import annotations

import re
from functools import lru_cache

from app.identity import name_norm
from app.words import without_accents

# Letters that Unicode does not take apart into a plain one and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
# Spellings that transliterations of one name differ in; "x" is read as the two sounds it writes.
_SOUNDS = (
    ("x", "ks"),
    ("ph", "f"),
    ("dj", "d"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("w", "v"),
)
_SILENT = re.compile(r"[aeiouy'’-]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """`name_norm` without accents: "José Muñoz" and "Jose Munoz" are one."""
    return without_accents(name_norm(name).translate(_LETTERS))


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word, as transliterations keep them.

    "oleksandr" and "alexander" are both "lksndr", "yevhenia" and "evgenia" both "vgn".
    """
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", word).replace("h", "g"))
