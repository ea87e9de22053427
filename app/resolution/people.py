"""Names of people: their parts, what they may be found by, and how alike two of them are; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.resolution import likeness
from app.resolution.likeness import Likeness
from app.resolution.spelling import fold, skeleton
from app.short_names import full_names, short_names
from app.words import words

SUFFIXES = {
    "jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr",
    "ii": "ii", "iii": "iii",
}  # fmt: skip
# Belong to the surname that follows.
PARTICLES = words("de da do dos del della di du la le van von der den ter al el bin ibn")
# First names of fewer consonants ("Maria", "Mario") are not compared by sound.
LEAST_CONSONANTS = 3
LEAST_LETTERS = 3
# Of so many surnames in an article account is taken for those called by a first name.
MOST_SURNAMES = 8
# Of so many parts of one surname.
MOST_PARTS = 4
# The Arabic article as a part of a surname.
ARTICLES = ("al-", "el-")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The folded parts of a name in Western order; `tokens` are all but the generation."""

    tokens: tuple[str, ...]
    generation: str | None = None

    @property
    def given(self) -> str:
        """The first name, or its initial; of a name of one word that word."""
        return self.tokens[0]

    @property
    def surname(self) -> str:
        """The last name without particles."""
        return self.tokens[-1]

    @property
    def middle(self) -> tuple[str, ...]:
        """What stands between first name and surname, particles left out."""
        return tuple(t for t in self.tokens[1:-1] if t not in PARTICLES)

    @property
    def is_full(self) -> bool:
        """Whether it is more than one word."""
        return len(self.tokens) > 1


@lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """The parts of a name without title. "J.P. Akinwale" has two initials.

    "Akinwale, John P." is read as lists write it, with the surname first.
    """
    parts = name.split(",")
    suffix = parts.pop() if len(parts) > 1 and fold(parts[-1]).strip(" .") in SUFFIXES else ""
    if len(parts) > 1:
        parts = [*parts[1:], parts[0]]
    name = " ".join([*parts, suffix])
    spaced = name.replace(".", ". ").replace(",", " ")
    tokens = [t for t in fold(spaced).replace("“", " ").replace("”", " ").split() if t.strip("'")]
    generation = None
    if len(tokens) > 1 and tokens[-1] in SUFFIXES:
        generation = SUFFIXES[tokens.pop()]
    return PersonName(tuple(tokens) or (fold(name),), generation)


@lru_cache(maxsize=20_000)
def related(given: str) -> frozenset[str]:
    """A first name with its nicknames, what it is a nickname of, and the latter's nicknames."""
    formal = {written for name in (given, *full_names(given)) for written in _spellings(name)}
    return frozenset({*formal, *(short for name in formal for short in short_names(name))})


def _spellings(given: str) -> tuple[str, ...]:
    """ "Catherine" and "Katherine"."""
    if given[:1] not in ("c", "k") or given[1:2] == "h":
        return (given,)
    return (f"c{given[1:]}", f"k{given[1:]}")


def stored_keys(name: str) -> Iterator[str]:
    """What an entity of this name can be found by, besides the name itself."""
    parsed = parse(name)
    if not parsed.is_full:
        return
    yield f"^{parsed.surname}"
    yield f"%{' '.join(sorted(parsed.tokens))}"
    for surname in _surnames(parsed):
        if len(parsed.given) == 1:
            yield f"~{surname} :{parsed.given}"
        else:
            yield f"~{surname} {parsed.given}"
            yield f"~{surname} .{parsed.given[0]}"
            yield from _sounds(surname, parsed.given)


def sought_keys(name: str) -> Iterator[str]:
    """The keys of the entities that may be meant by a name.

    First names are looked up one by one, with their nicknames: the block of a common surname holds
    mostly others.
    """
    parsed = parse(name)
    if not parsed.is_full:
        yield f"^{parsed.surname}"
        return
    yield f"%{' '.join(sorted(parsed.tokens))}"
    for surname in _surnames(parsed):
        if len(parsed.given) == 1:
            yield f"~{surname} .{parsed.given}"
            yield f"~{surname} :{parsed.given}"
        else:
            yield from (f"~{surname} {given}" for given in sorted(related(parsed.given)))
            yield f"~{surname} :{parsed.given[0]}"
            yield from _sounds(surname, parsed.given)


def _surnames(name: PersonName) -> list[str]:
    """The surname, its parts, and what stands before it and may be one as well."""
    parts = [] if name.surname.startswith(ARTICLES) else name.surname.split("-")
    others = (
        t for t in (*name.middle[-MOST_PARTS:], *parts[:MOST_PARTS]) if len(t) >= LEAST_LETTERS
    )
    return list(dict.fromkeys([name.surname, *others]))


@lru_cache(maxsize=50_000)
def _sounds_of_surname(surname: str) -> frozenset[str]:
    """The consonants of a surname; of one with its Arabic article also without it."""
    found = {skeleton(surname)}
    if surname.startswith(ARTICLES):
        found.add(skeleton(surname[len(ARTICLES[0]) :]))
    return frozenset(sound for sound in found if len(sound) >= LEAST_CONSONANTS)


def surnames_of(people: Iterable[str]) -> list[str]:
    """The surnames of some people by their full names, the first of them."""
    surnames: dict[str, None] = {}
    for name in people:
        surnames |= dict.fromkeys(_surnames(parse(name)))
        if len(surnames) >= MOST_SURNAMES:
            break
    return list(surnames)[:MOST_SURNAMES]


def _sounds(surname: str, given: str) -> Iterator[str]:
    """Keys for transliterations of a name and cut forms of a first name."""
    sound = skeleton(given)
    if len(sound) >= LEAST_CONSONANTS:
        yield f"~{surname} #{sound}"
    for of_surname in sorted(_sounds_of_surname(surname)):
        yield f"~#{of_surname} #{sound if len(sound) >= LEAST_CONSONANTS else given}"
    if len(given) >= LEAST_LETTERS:
        yield f"~{surname} ^{given[:LEAST_LETTERS]}"


def alike(one: str, other: str) -> Likeness | None:
    """How alike two names are; None where they are not, or cannot be one person's."""
    a, b = parse(one), parse(other)
    if contradict(one, other):
        return None
    level = _alike(a, b)
    if level is not None and a.generation != b.generation:
        # Who is called junior has a namesake.
        return min(level, likeness.GENERATION)
    return level


def is_same(one: str, other: str) -> bool:
    """Whether two full names are one but for middle names and nicknames."""
    a, b = parse(one), parse(other)
    related_names = a.given == b.given or b.given in related(a.given) or a.given in related(b.given)
    return related_names and len(a.given) > 1 and bool({a.surname} & set(_surnames(b)))


def _alike(a: PersonName, b: PersonName) -> Likeness | None:
    """The same, whatever their generations."""
    if not (a.is_full and b.is_full):
        short, long = (a, b) if not a.is_full else (b, a)
        is_surname = long.is_full and short.tokens[0] == long.surname
        return likeness.SURNAME_ONLY if is_surname else None
    if sorted(a.tokens) == sorted(b.tokens):
        return likeness.FOLDED
    if a.surname != b.surname:
        return _double_surnames(a, b) or _same_sound(a, b)
    return _same_surname(a, b)


def _same_sound(a: PersonName, b: PersonName) -> Likeness | None:
    """ "Viktor Lysohor" and "Victor Lysogor"."""
    if _sounds_of_surname(a.surname).isdisjoint(_sounds_of_surname(b.surname)):
        return None
    given = skeleton(a.given)
    is_same = given == skeleton(b.given) and len(given) >= LEAST_CONSONANTS
    return likeness.SAME_SOUND if is_same or a.given == b.given else None


def contradict(one: str, other: str) -> bool:
    """Whether two names are certainly two people's: father and son, or other middle names."""
    a, b = parse(one), parse(other)
    if a.generation and b.generation and a.generation != b.generation:
        return True
    if not (a.middle and b.middle and a.surname == b.surname):
        return False
    return len(a.middle) == len(b.middle) and any(
        not _fits(x, y) for x, y in zip(a.middle, b.middle, strict=True)
    )


def middles_fit(one: str, other: str) -> bool:
    """Whether two names of one surname have a middle name in common, or its initial."""
    a, b = parse(one), parse(other)
    return a.surname == b.surname and any(_fits(x, y) for x in a.middle for y in b.middle)


def _fits(a: str, b: str) -> bool:
    """Whether two given names are the same, or one the initial of the other."""
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def _same_surname(a: PersonName, b: PersonName) -> Likeness | None:
    if a.given == b.given and len(a.given) > 1:
        return likeness.FULLER
    if 1 in (len(a.given), len(b.given)):
        return likeness.INITIALS if _fits(a.given, b.given) else None
    if b.given in related(a.given) or a.given in related(b.given) or _is_cut(a.given, b.given):
        return likeness.NICKNAME
    sound = skeleton(a.given)
    if len(sound) >= LEAST_CONSONANTS and sound == skeleton(b.given):
        return likeness.TRANSLITERATED
    return None


def _is_cut(a: str, b: str) -> bool:
    """ "Des" for Desmond, "Ben" for Benedikt: what no list has."""
    short, long = sorted((a, b), key=len)
    return len(short) >= LEAST_LETTERS and long.startswith(short)


def _double_surnames(a: PersonName, b: PersonName) -> Likeness | None:
    """ "José Muñoz" and "José Muñoz Arriaga", "Katarzyna Rowe" and "Katarzyna Lindqvist Rowe"."""
    names = [set(_surnames(name)) - PARTICLES for name in (a, b)]
    if not (names[0] < names[1] or names[1] < names[0]):
        return None
    is_same = a.given == b.given and len(a.given) > 1
    return likeness.DOUBLE_SURNAME if is_same else None
