"""Words: lists as the lexicons print them, and letters without their accents; pure."""

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
