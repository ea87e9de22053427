"""Full names that the model took apart: "Viliame | Tokoni", "Oleksandr Petrovych | Hladchuk".

The model knows the given names of the English-speaking world best. Of others it often labels the
surname alone, or either half as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.extraction.names import bodies, gazette
from app.extraction.names.english import is_word
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import (
    CALENDAR,
    COMPASS,
    FAITHS,
    HONORIFICS,
    LEGAL_FORMS,
    LOCATION_HEADS,
    NO_BODY,
    OFFICES,
    ORGANISATION_HEADS,
    TEAM_NOUNS,
    WORK,
)
from app.words import is_acronym

PERSON = "PERSON"
# What a half of somebody's name is taken for instead.
_MISTAKEN = frozenset({"", "GPE", "LOC", "NORP", "ORG", "PRODUCT"})
_NO_NAMES = (
    CALENDAR | COMPASS | FAITHS | HONORIFICS.keys() | LEGAL_FORMS | LOCATION_HEADS | NO_BODY
    | OFFICES | ORGANISATION_HEADS | TEAM_NOUNS | WORK
)  # fmt: skip
# "In Oldmoor Kovalenko met the widows": behind these, two.
_BEFORE_PLACES = re.compile(r"\b(?:in|at|near|for|against|from|to|of|with|by)\s$", re.IGNORECASE)
_LONGEST_BEFORE = 9
# A full name has so many words at most.
MOST_WORDS = 3

Stretch = tuple[int, int, str]
"""Where a stretch starts and ends (code points, end exclusive), and its label."""


def joined(text: str, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches in text order, those that are halves of a person's name made one."""
    last: Stretch | None = None
    for stretch in stretches:
        if last is not None and _is_one(text, last, stretch):
            last = last[0], stretch[1], PERSON
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last


def _is_one(text: str, first: Stretch, second: Stretch) -> bool:
    if second[0] != first[1] + 1 or text[first[1]] != " ":
        return False
    labels = first[2], second[2]
    if PERSON not in labels or not _MISTAKEN.issuperset({*labels} - {PERSON}):
        return False
    before = text[first[0] : first[1]].split()
    after = text[second[0] : second[1]].split()
    if not before or not after or len(before) + len(after) > MOST_WORDS:
        return False
    front = max(0, first[0] - _LONGEST_BEFORE)
    if first[2] not in (PERSON, "") and _BEFORE_PLACES.search(text, front, first[0]):
        return False
    # What the model sees as somebody's it sees so: the other half must look like one by itself.
    if first[2] != PERSON and not all(map(_is_name, before)):
        return False
    if second[2] != PERSON and not all(map(_is_name, after)):
        return False
    if after[0].lower() in GIVEN and before[-1].lower() not in GIVEN:
        # "Beatle John Lennon": the name begins there.
        return False
    return _is_name(before[-1]) and _is_name(after[0])


def _is_name(word: str) -> bool:
    """Whether a word may be a part of somebody's name, and hardly anything else."""
    low = word.lower()
    if not word.replace("-", "").isalpha() or not word[0].isupper() or not word[1:].islower():
        return False
    if low in GIVEN:
        return True
    if low in _NO_NAMES or low in gazette.PLACES or low in bodies.BODIES:
        return False
    return not (gazette.is_people(low) or is_acronym(word) or is_word(low))
