"""Offsets as the caller counts them: Unicode code points, or UTF-16 code units (JavaScript)."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum

# The last character that UTF-16 writes as one unit.
_LAST_BMP = "\uffff"


class OffsetUnit(StrEnum):
    """What an offset counts."""

    CODEPOINT = "codepoint"
    UTF16 = "utf16"


class OffsetMap:
    """Turns code point offsets into one text into offsets of a unit.

    Reads the text once; an offset then costs the logarithm of how many characters outside the
    Basic Multilingual Plane (two UTF-16 units each) the text has.
    """

    def __init__(self, text: str, unit: OffsetUnit) -> None:
        self.text = text
        self.unit = unit
        wide = unit is OffsetUnit.UTF16 and not text.isascii()
        self._wide = [i for i, c in enumerate(text) if c > _LAST_BMP] if wide else []

    def __call__(self, offset: int) -> int:
        """The offset in this map's unit for one in code points."""
        return offset + bisect_left(self._wide, offset)
