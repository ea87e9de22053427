"""Which names of organisations and of places are one: short forms, initials, legal forms; pure.

Initials follow Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
definitions", in its simplest case: the letters are those of the name's words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from app.domain import EntityKind
from app.extraction.names.gazette import PLACES, SHORT_FORMS, country_of, is_people
from app.extraction.names.lexicon import LOCATION_HEADS, ORGANISATION_HEADS
from app.extraction.names.surfaces import (
    initials,
    is_acronym,
    name_key,
    without_legal_form,
    words_of,
)


def group_names(surfaces: Sequence[str], kind: EntityKind) -> list[int]:
    """For each surface (in text order) the number of the entity it names, from 0 upwards."""
    keys = [without_legal_form(name_key(s)) for s in surfaces]
    target = _Union(keys)
    by_initials: dict[str, dict[str, None]] = defaultdict(dict)
    by_first: dict[str, set[str]] = defaultdict(set)
    for surface, key in dict(zip(surfaces, keys, strict=True)).items():
        for letters in initials(surface):
            by_initials[letters][key] = None
        words = words_of(key)
        if len(words) > 1:
            by_first[words[0]].add(key)
    for surface, key in dict(zip(surfaces, keys, strict=True)).items():
        letters = surface.replace(".", "")
        full = name_key(SHORT_FORMS[letters]) if letters in SHORT_FORMS else None
        if full is not None:
            target.join(full, key)
        elif is_acronym(surface) and len(by_initials[letters]) == 1:
            target.join(next(iter(by_initials[letters])), key)
        elif kind is EntityKind.ORGANISATION and _is_short(key, by_first):
            target.join(next(iter(by_first[key])), key)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(target.find(key), len(numbers)) for key in keys]


def _is_short(key: str, by_first: dict[str, set[str]]) -> bool:
    """Whether a single word stands for the one longer name that begins with it."""
    if len(by_first.get(key, ())) != 1 or key in PLACES or is_people(key):
        return False
    return country_of(key) is None and key not in ORGANISATION_HEADS | LOCATION_HEADS


class _Union:
    """Sets of keys that mean the same."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.parent = {key: key for key in keys}

    def find(self, key: str) -> str:
        """The representative of a key's set."""
        while self.parent.setdefault(key, key) != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, keeper: str, key: str) -> None:
        """Put `key` into the set of `keeper`."""
        a, b = self.find(keeper), self.find(key)
        if a != b:
            self.parent[b] = a


def best_name(surfaces: Sequence[str], kind: EntityKind) -> str:
    """The fullest surface: no initials, no headline capitals, then the longest, then the commonest.

    A short form of a state or world body whose full name never stands in the article gets it here.
    """
    counts = Counter(surfaces)

    def rank(surface: str) -> tuple[bool, bool, int, int, int]:
        words = len(surface.split())
        shouting = surface.isupper() and not is_acronym(surface)
        fullness = words if kind is EntityKind.PERSON else 0
        return (not is_acronym(surface), not shouting, fullness, len(surface), counts[surface])

    best = max(counts, key=rank)
    return SHORT_FORMS.get(best.replace(".", ""), best)
