"""Which person names are one person: full name, surname, given name, titles; pure functions.

Names of at least two words make the people of an article first; single words are then tied to a
compatible one, in text order. Two people of one surname stay two. Where a single word fits several,
it goes to whom it has meant so far: newspapers call the person a story is about by surname, and
their namesakes by their full names. How near the others come is kept: they are the rivals.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from app.extraction.coreference.person_names import (
    generation_of,
    is_clipped,
    is_short_for,
    name_words,
    same_full_name,
)
from app.extraction.coreference.rivals import Shares, open_between, shares
from app.extraction.coreference.spelling import blurred, is_slip
from app.extraction.names.given import GIVEN, gender_of
from app.extraction.names.lexicon import HONORIFICS, NOBLE

# How many bearers of one name are looked at: a text with thousands must not cost their square.
MAX_BEARERS = 50
# Surnames shorter than this are not looked up by their slips.
SHORTEST_SLIP = 5
# A mention's weight falls by e over so many characters: some six paragraphs.
FADING = 2000.0


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name at a place in the text; `title` is the honorific before it, if any.

    `is_kin` says that they are introduced as somebody's father or son, `role` as what else
    ("captain"), if as anything, `is_other` that somebody else of that name was named before.
    """

    start: int
    surface: str
    title: str = ""
    is_kin: bool = False
    role: str = ""
    is_other: bool = False


@dataclass(slots=True)
class Person:
    """A person of the article while it is being read. `gender` never leaves the memory."""

    words: list[str]
    gender: str | None = None
    generation: str = ""
    roles: set[str] = field(default_factory=set)
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


def group_people(
    names: Sequence[PersonName],
    namesakes: Collection[str] = frozenset(),
    renamed: Sequence[tuple[int, int]] = (),
) -> Grouped:
    """The people behind `names`, which stand in text order.

    `namesakes` are surnames of which the text says that two have one name: their other full names
    are other people's. `renamed` are pairs of names (by number) that the text says are one's: a
    full name and another, or a surname.
    """
    whole = [name_words(n.surface) for n in names]
    kin = {words[-1] for name, words in zip(names, whole, strict=True) if name.is_kin}
    register = _Register(namesakes, kin)
    told: dict[int, int] = {}
    for one, other in renamed:
        told[other] = register.full(whole[one], names[one])
        register.rename(told[other], whole[one], whole[other], names[other])
    known = [
        told.get(number, register.full(words, name) if len(words) > 1 else None)
        for number, (name, words) in enumerate(zip(names, whole, strict=True))
    ]
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
    """The people known so far, found by any word of their names.

    Of the surnames `namesakes` names of other words are other people's; of those of fathers and
    sons (`kin`) so is a name without "Jr." beside one that has it.
    """

    def __init__(self, namesakes: Collection[str], kin: Collection[str]) -> None:
        self.namesakes = namesakes
        self.kin = kin
        self.people: list[Person] = []
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_key: dict[tuple[str, str], int] = {}
        self.by_blur: dict[str, list[int]] = defaultdict(list)

    def full(self, words: list[str], name: PersonName) -> int:
        """The person with this full name; a new one where none fits."""
        generation, role = generation_of(name.surface), name.role
        key = (" ".join(words), generation)
        if name.is_other and key in self.by_key:
            # "His namesake Jan Brandt", "the other Jan Brandt": the second of the name.
            key = (" ".join(words), f"{generation} other")
            if key not in self.by_key:
                self.by_key[key] = self._new(words)
                self._index(self.by_key[key], words)
        if key in self.by_key:
            self.people[self.by_key[key]].roles |= {role} - {""}
            return self.by_key[key]
        alike = dict.fromkeys(
            [*self.by_word[words[-1]][-MAX_BEARERS:], *self.by_word[words[0]][-MAX_BEARERS:]]
        )
        fits = [i for i in alike if self._is_one(self.people[i], words, generation, role)]
        owner = fits[0] if len(fits) == 1 else self._new(words)
        self.by_key[key] = owner
        person = self.people[owner]
        person.generation = person.generation or generation
        person.roles |= {role} - {""}
        if len(words) > len(person.words) and words[-1] == person.words[-1]:
            person.words = words
        self._index(owner, words)
        return owner

    def rename(self, owner: int, words: list[str], others: list[str], other: PersonName) -> None:
        """Let a person be called by another name as well, or by another surname."""
        full = others if len(others) > 1 else [*words[:-1], *others]
        self.by_key.setdefault((" ".join(full), generation_of(other.surface)), owner)
        self._index(owner, full)

    def _is_one(self, person: Person, words: list[str], generation: str, role: str) -> bool:
        """Whether a person known by a full name may bear another: "Jr." is not "Sr.".

        An article introduces somebody once: "lawyer John R. Brandt" is not "Capt. Jack Brandt".
        """
        if words[0] != person.words[0] and role and person.roles and role not in person.roles:
            return False
        is_told = person.generation and generation
        if person.generation != generation and (is_told or words[-1] in self.kin):
            return False
        if words[-1] in self.namesakes:
            return person.words == words
        return same_full_name(person.words, words)

    def _index(self, owner: int, words: list[str]) -> None:
        """Make a person be found by each word of a name, and by the parts of a double surname."""
        parts = words[-1].split("-")
        for word in [*words, *(p for p in parts if len(parts) > 1 and len(p) > 2)]:
            if owner not in self.by_word[word][-MAX_BEARERS:]:
                self.by_word[word].append(owner)
        if len(words[-1]) >= SHORTEST_SLIP:
            for blur in blurred(words[-1]):
                if owner not in self.by_blur[blur][-MAX_BEARERS:]:
                    self.by_blur[blur].append(owner)

    def part(self, words: list[str], name: PersonName, gender: str | None) -> Shares:
        """The people that a single word may mean here; a new one where none fits."""
        word = words[0]
        bearers = [
            i
            for i in self.by_word[word][-MAX_BEARERS:]
            if not gender or self.people[i].gender in (None, gender)
        ]
        surname = [i for i in bearers if self.people[i].words[-1] == word] or [
            i for i in bearers if word in self.people[i].words[-1].split("-")
        ]
        options = surname or (bearers if not name.title else [])
        if not options:
            options = self._misspelt(word)
        if not options and not name.title:
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

    def _misspelt(self, word: str) -> list[int]:
        """The only person whose surname is a slip of the pen away, if there is one."""
        near = {i for blur in blurred(word) for i in self.by_blur.get(blur, [])[-MAX_BEARERS:]}
        found = [i for i in near if is_slip(self.people[i].words[-1], word, SHORTEST_SLIP)]
        return found if len(found) == 1 else []

    def _nicknamed(self, word: str) -> list[int]:
        """The only person who can go by this short form, if there is one."""
        clipped = "-" in word
        if word not in GIVEN and not clipped:
            return []
        found = [
            i
            for i, p in enumerate(self.people[:MAX_BEARERS])
            if len(p.words) > 1
            and (is_clipped(word, p.words) if clipped else is_short_for(word, p.words[0]))
        ]
        return found if len(found) == 1 else []

    def see(self, owner: int, name: PersonName, gender: str | None, counts: bool) -> None:
        """Note a mention and what it says of the person; a mere guess must not feed the next."""
        person = self.people[owner]
        person.weight = person.weight_at(name.start) + counts
        person.last_seen = name.start
        if gender is not None:
            person.gender = gender

    def _new(self, words: list[str]) -> int:
        gender = gender_of(words[0]) if len(words) > 1 or words[0] in GIVEN else None
        self.people.append(Person(words=list(words), gender=gender))
        return len(self.people) - 1
