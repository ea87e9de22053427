"""Words: lists as the lexicons print them, letters without accents, initials; pure."""

from __future__ import annotations

import unicodedata


def words(text: str) -> frozenset[str]:
    """The words of a text, which white space separates."""
    return frozenset(text.split())


def listed(text: str) -> list[str]:
    """The same in their order."""
    return text.split()


def without_accents(text: str) -> str:
    """The text with letters in place of accented ones: newspapers print "Peña" and "Pena".

    Compatibility forms go as well (NFKD): "ﬁ" is "fi".
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


ACRONYM_LENGTHS = range(2, 8)
"""Letters of an acronym."""


def is_acronym(surface: str) -> bool:
    """Whether a surface looks like initials: "UN", "U.N.", "UNHCR"."""
    letters = surface.replace(".", "")
    return len(letters) in ACRONYM_LENGTHS and letters.isalpha() and letters.isupper()
