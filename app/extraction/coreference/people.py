"""Which person names are one person: full name, surname, given name, titles; pure functions.

Names of at least two words make the people of an article first; single words are then tied to a
compatible one, in text order. Two people of one surname stay two. Where a single word fits several,
it goes to whom it has meant so far: newspapers call the person a story is about by surname, and
their namesakes by their full names. How near the others come is kept: they are the rivals.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extraction.coreference.rivals import Shares, open_between, shares
from app.extraction.names.given import GIVEN, gender_of, is_short_for
from app.extraction.names.lexicon import HONORIFICS, NAME_SUFFIXES, NOBLE
from app.extraction.names.surfaces import name_key, words_of

# How many bearers of one name are looked at: a text with thousands must not cost their square.
MAX_BEARERS = 50
# A mention's weight falls by e over so many characters: some six paragraphs.
FADING = 2000.0


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name at a place in the text; `title` is the honorific before it, if any."""

    start: int
    surface: str
    title: str = ""


@dataclass(slots=True)
class Person:
    """A person of the article while it is being read. `gender` never leaves the memory."""

    words: list[str]
    gender: str | None = None
    starts: list[int] = field(default_factory=list)
    last_seen: int = -1
    weight: float = 0.0

    def weight_at(self, start: int) -> float:
        """How present the person is at a place: their mentions so far, the older the lighter."""
        if self.last_seen < 0:
            return 0.0
        return self.weight * math.exp(-max(0, start - self.last_seen) / FADING)


@dataclass(frozen=True, slots=True)
class Grouped:
    """The people behind names and, for each name, the shares of those it may mean, best first.

    The first of them owns the name.
    """

    people: list[Person]
    shares: list[Shares]

    @property
    def owners(self) -> list[int]:
        """For each name its person's index."""
        return [ranked[0][0] for ranked in self.shares]


def name_words(surface: str) -> list[str]:
    """The words of a name without titles of nobility and suffixes ("Sir", "Jr.")."""
    words = [w.strip(",") for w in words_of(name_key(surface))]
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    while len(words) > 1 and words[-1] in NAME_SUFFIXES:
        words = words[:-1]
    return words


def group_people(names: Sequence[PersonName]) -> Grouped:
    """The people behind `names`, which stand in text order."""
    register = _Register()
    whole = [name_words(n.surface) for n in names]
    known = [register.full(words) if len(words) > 1 else None for words in whole]
    found: list[Shares] = []
    for name, words, owner in zip(names, whole, known, strict=True):
        gender = _gender_hint(name)
        ranked = register.part(words, name, gender) if owner is None else ((owner, 1.0),)
        register.see(ranked[0][0], name, gender, counts=not open_between(ranked))
        found.append(ranked)
    return Grouped(register.people, found)


def _gender_hint(name: PersonName) -> str | None:
    """What a form of address says, before the name or as its first word ("Queen Mary")."""
    first = name.surface.split()[0].rstrip(".").lower()
    for word in (name.title, first if first in NOBLE else ""):
        if HONORIFICS.get(word):
            return HONORIFICS[word]
    return None


class _Register:
    """The people known so far, found by any word of their names."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_key: dict[str, int] = {}

    def full(self, words: list[str]) -> int:
        """The person with this full name; a new one where none fits."""
        key = " ".join(words)
        if key in self.by_key:
            return self.by_key[key]
        fits = [
            i
            for i in self.by_word[words[-1]][-MAX_BEARERS:]
            if same_full_name(self.people[i].words, words)
        ]
        owner = fits[0] if len(fits) == 1 else self._new(words)
        self.by_key[key] = owner
        if len(words) > len(self.people[owner].words):
            self.people[owner].words = words
        for word in words:
            if owner not in self.by_word[word][-MAX_BEARERS:]:
                self.by_word[word].append(owner)
        return owner

    def part(self, words: list[str], name: PersonName, gender: str | None) -> Shares:
        """The people that a single word may mean here; a new one where none fits."""
        word = words[0]
        bearers = [
            i
            for i in self.by_word[word][-MAX_BEARERS:]
            if not gender or self.people[i].gender in (None, gender)
        ]
        surname = [i for i in bearers if self.people[i].words[-1] == word]
        options = surname or (bearers if not name.title else [])
        if not options and not name.title and word in GIVEN:
            options = self._nicknamed(word)
        if not options:
            owner = self._new([word])
            self.by_word[word].append(owner)
            return ((owner, 1.0),)
        # Those named further down only are no rivals of those already named.
        seen = [i for i in options if self.people[i].last_seen >= 0]
        seen.sort(key=lambda i: -self.people[i].last_seen)
        weights = {i: self.people[i].weight_at(name.start) for i in seen}
        return shares(weights or dict.fromkeys(options, 1.0))

    def _nicknamed(self, word: str) -> list[int]:
        """The only person whose given name has this short form, if there is one."""
        found = [
            i
            for i, p in enumerate(self.people[:MAX_BEARERS])
            if len(p.words) > 1 and is_short_for(word, p.words[0])
        ]
        return found if len(found) == 1 else []

    def see(self, owner: int, name: PersonName, gender: str | None, counts: bool) -> None:
        """Note a mention and what it says of the person; a mere guess must not feed the next."""
        person = self.people[owner]
        person.starts.append(name.start)
        person.weight = person.weight_at(name.start) + counts
        person.last_seen = name.start
        if gender is not None:
            person.gender = gender

    def _new(self, words: list[str]) -> int:
        gender = gender_of(words[0]) if len(words) > 1 or words[0] in GIVEN else None
        self.people.append(Person(words=list(words), gender=gender))
        return len(self.people) - 1


def same_full_name(known: Sequence[str], words: Sequence[str]) -> bool:
    """Whether two names of one surname are one: middle names, initials and short forms differ."""
    if len(known) < 2 or len(words) < 2 or known[-1] != words[-1]:
        return False
    a, b = known[0], words[0]
    if a == b:
        return True
    shorter, longer = sorted((known, words), key=len)
    if len(longer) > len(shorter) and list(longer[-len(shorter) :]) == list(shorter):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return is_short_for(a, b) or is_short_for(b, a)
