"""Showing foreign text on a terminal: on one line, with nothing in it that steers the terminal."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """`text` on one line; control, bidirectional and half characters as backslash escapes."""
    return "".join(map(_shown, _SPACE.sub(" ", text)))


def named(value: object, longest: int = 60) -> str:
    """A value of a file, for a message: as JSON would have it, printable, not too long."""
    shown = printable(repr(value) if not isinstance(value, str) else f'"{value}"')
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
