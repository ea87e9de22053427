"""The words of a person's name, and whether two names can be one person's; pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.extraction.coreference.spelling import is_slip
from app.extraction.names.given import GIVEN, gender_of
from app.extraction.names.lexicon import HONORIFICS, NAME_SUFFIXES
from app.extraction.names.surfaces import name_key, words_of
from app.short_names import full_names
from app.words import without_accents

# Short forms that the lists lack. Within an article they join names that stand side by side; across
# articles they would make more namesakes.
_SHORT = {
    "tony": {"antony"}, "mike": {"mikhail"}, "kate": {"catherine"}, "johnny": {"jonathan"},
    "katie": {"catherine", "katherine"}, "sasha": {"alexander", "alexandra", "aleksandr"},
}  # fmt: skip
_MARKS = "\"“”„()[]'‘’,"
_SAME_SUFFIX = {"jnr": "jr", "snr": "sr"}
# The Arabic article, printed or not: "Bashar al-Assad", "Bashar Assad".
_ARTICLE = re.compile(r"(?:al|el|as|ar|ad|an|ash|at|az)-(?=\w{3})")


def name_words(surface: str) -> list[str]:
    """The words of a name without accents, titles of nobility and suffixes ("Sir", "Jr.")."""
    found = [w.strip(_MARKS) for w in words_of(without_accents(name_key(surface)))]
    words = [w for w in found if w] or [""]
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    while len(words) > 1 and words[-1] in NAME_SUFFIXES:
        words = words[:-1]
    return [words[0], *(_ARTICLE.sub("", w) for w in words[1:])]


def generation_of(surface: str) -> str:
    """What a name ends in beside the surname: "jr", "sr", "iii"; empty where nothing."""
    last = words_of(name_key(surface))[-1]
    return _SAME_SUFFIX.get(last, last) if last in NAME_SUFFIXES else ""


def same_full_name(known: Sequence[str], words: Sequence[str]) -> bool:
    """Whether two names of at least two words are one: middle names, initials, short forms differ.

    Names of one surname; or one is the beginning of the other; or a slip of the pen apart.
    """
    if len(known) < 2 or len(words) < 2:
        return False
    shorter, longer = sorted((list(known), list(words)), key=len)
    if longer[: len(shorter)] == shorter:
        return True
    a, b = known[0], words[0]
    if known[-1] != words[-1]:
        return list(known[:-1]) == list(words[:-1]) and is_slip(known[-1], words[-1])
    if longer[-len(shorter) :] == shorter:
        return True
    if not _middles_agree(known[1:-1], words[1:-1]):
        return False
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return is_short_for(a, b) or is_short_for(b, a) or (_same_gender(a, b) and is_slip(a, b))


def _middles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether what stands between given name and surname is not plainly another name's."""
    return not one or not other or one[0][0] == other[0][0]


def _same_gender(one: str, other: str) -> bool:
    return len({gender_of(one), gender_of(other)} - {None}) < 2


def is_short_for(short: str, full: str) -> bool:
    """Whether a lower-case given name may be short for another ("Bob", "Robert"; "Ben")."""
    if not _same_gender(short, full):
        return False
    if len(short) >= 3 and short in GIVEN and full.startswith(short):
        return True
    return full in full_names(short) or full in _SHORT.get(short, ())


def is_clipped(word: str, words: Sequence[str]) -> bool:
    """Whether a word is an initial and the beginning of a surname: "K-Fed", "A-Rod"."""
    initial, hyphen, start = word.partition("-")
    clipped = bool(hyphen) and len(initial) == 1 and len(start) >= 2
    return clipped and words[0][0] == initial and words[-1].startswith(start)
