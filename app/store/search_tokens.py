"""Words as the full-text index sees them: SQLite's tokeniser unicode61 with remove_diacritics 2.

What it makes of a character is asked of SQLite itself, a block of 256 characters at its first use,
so that texts are read here exactly as they were indexed, whatever version is linked.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import NamedTuple

TOKENIZE = "unicode61 remove_diacritics 2"

_BLOCK = 256
_SURROGATES = range(0xD800, 0xE000)
_SEPARATOR = " "
# A combining accent: it belongs to the word before it and is left out of it. No text can be stored
# that has this character, half of one in UTF-16.
DROPPED = "\ud800"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(f"[^{_SEPARATOR}{DROPPED}][^{_SEPARATOR}]*")


class Token(NamedTuple):
    """A word in a text, folded; code points, end exclusive."""

    folded: str
    start: int
    end: int


class _Folding(dict[int, str]):
    """What each character is folded to, one for one: for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self.update(_block(code - code % _BLOCK))
        return self[code]


def _block(first: int) -> dict[int, str]:
    codes = range(first, first + _BLOCK)
    found = dict.fromkeys(codes, _SEPARATOR)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(
            f"CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='{TOKENIZE}')"
        )
        database.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(words, 'instance')")
        database.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            ((code, f"x{chr(code)}x") for code in codes if code not in _SURROGATES),
        )
        # A separator leaves two words, an accent none of itself.
        for word, code in database.execute("SELECT term, doc FROM seen"):
            if len(word) > 1:
                found[code] = word[1:-1] or DROPPED
    return found


_FOLDING = _Folding()


def folded(text: str) -> str:
    """`text`, each character folded where it stands: separators to a space, accents to DROPPED."""
    if not text.isascii():
        # Runs beyond ASCII first: what is then left of most texts is translated ten times quicker.
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text)
    return text.translate(_ascii())


@cache
def _ascii() -> dict[int, str]:
    return {code: _FOLDING[code] for code in range(128)}


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    for found in _WORD.finditer(folded(text)):
        yield Token(found[0].replace(DROPPED, ""), *found.span())


def words(text: str) -> str:
    """The words of a text with a space before and after each."""
    # Whatever is white space is a separator.
    return f" {' '.join(folded(text).replace(DROPPED, '').split())} "
