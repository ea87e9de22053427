"""Names of organisations: legal forms, acronyms, short forms; how alike two names are; pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanco.clean import get_unique_terms

from app.resolution import likeness
from app.resolution.likeness import Likeness
from app.resolution.spelling import fold
from app.words import ACRONYM_LENGTHS, is_acronym, words

# Words that acronyms leave out.
SMALL = words("of the and for in on to a de la du del des & et")
# What the bodies of towns, counties and states are called; general knowledge, written from memory.
LOCAL = words("""
    council police sheriff sheriff's fire court school schools education commerce library hospital
    legislature assembly senate parliament transit housing health prosecutor prosecutor's mayor's
    """)
# What every town may have one of, whatever it is called ("the Lantern Theatre").
_OF_A_TOWN = words("""
    academy band bakery brewery chapel choir church cinema club festival gallery hospital hotel inn
    institute library museum orchestra players pub school society theater theatre trust zoo
    """)
# What bodies are, and what or whom they are for: a name of nothing else is one that many have.
_OF_ANY = words("""
    action agency alliance archives army association authority bank bar base brigade
    broadcasting bureau business campaign care centre center citizens civic club coalition
    college committee community company congress conservation consumer cooperative corporation
    council credit crisis cultural culture customs defence defense democratic development
    disaster diocese doctors energy enterprise environment environmental fair family farmers
    federation film finance fishermen fishermen's food football foundation friends front fund
    guard guild harbor harbour health heritage historical history housing human independent
    industrial industry inquiry institute insurance investment labor labour land law league
    legal lifeboat marine market maritime medical memorial mercy mine miners mining ministry
    movement municipal music mutual national natural naval network news nurses office
    organisation organization parents park party patients peace people's pilots planning police
    port press preservation progressive project property prosecutors protection radio rail
    railway ratepayers refugee relief rescue research residents resources rights river road
    rural safety savings sea seamen's security service services shipping social society station
    students support survey task teachers technical tenants trade traders trades transport
    travel treasury tribunal trust union united unity university users veterans victims
    voluntary volunteer watch water welfare wildlife women women's worker workers works young
    youth force group house team unit
    """)
_PLAIN = words("""
    city town county state district borough village parish regional metropolitan central general
    public high supreme superior circuit crown magistrates department office board commission
    committee chamber authority system
    """)
COMMON = LOCAL | SMALL | _PLAIN


# Legal forms as folded words, those of the package `cleanco`, by their number of words.
_FORMS = frozenset(
    tuple(fold(term).replace(",", "").replace("-", "").split()) for term in get_unique_terms()
)
SAINT = {"saint": "st", "st.": "st"}
# So many words a name may be cut to.
LONGEST_PART = 4
_LONGEST_FORM = max(map(len, _FORMS))


@lru_cache(maxsize=50_000)
def base(name: str) -> str:
    """A folded name without article, legal form and possessive: "the Veldora AG" is "veldora".

    A name that is nothing but a legal form stays.
    """
    parts = fold(name).replace(",", " ").replace("'s ", " ").replace("s' ", "s ").split()
    parts = ["and" if part == "&" else part for part in parts]
    if parts[:1] == ["the"]:
        del parts[0]
    while form := _form(parts):
        del parts[-form:]
    return " ".join(parts).strip("' ") or fold(name)


def _form(parts: list[str]) -> int:
    """How many words at the end of a name are a legal form; 0 where it would be the whole name."""
    for length in range(min(_LONGEST_FORM, len(parts) - 1), 0, -1):
        if tuple(w.replace("-", "") for w in parts[-length:]) in _FORMS:
            return length
    return 0


@lru_cache(maxsize=50_000)
def is_local(name: str) -> bool:
    """Whether a name says only which town or state has the body: "Portland City Council"."""
    parts = base(name).split()
    rest = [word for word in parts if word in COMMON]
    # Whatever is no common word stands in front: the name of the place.
    return bool(rest) and parts[-len(rest) :] == rest and not LOCAL.isdisjoint(rest)


def contradict(one: str, other: str) -> bool:
    """Whether two local names are certainly two bodies': of two towns."""
    if not (is_local(one) and is_local(other)):
        return False
    a, b = (
        {SAINT.get(word, word.replace(".", "")) for word in base(name).split()} - COMMON
        for name in (one, other)
    )
    return bool(a and b) and not (a <= b or b <= a)


@lru_cache(maxsize=50_000)
def is_of_a_town(name: str) -> bool:
    """Whether several towns may have one of the name: "Lantern Theatre", "Port Authority"."""
    parts = base(name).split()
    if len(parts) == 2 and parts[-1] in _OF_A_TOWN:
        return True
    return len(parts) > 1 and all(part in _OF_ANY or part in COMMON for part in parts)


@lru_cache(maxsize=50_000)
def initials(name: str) -> str | None:
    """The acronym of a name of several words, None for others."""
    parts = [w for w in base(name).replace("-", " ").split() if w not in SMALL]
    made = "".join(w[0] for w in parts)
    return made if len(parts) in ACRONYM_LENGTHS else None


def _head(name: str) -> str:
    return base(name).split()[0]


def stored_keys(name: str) -> Iterator[str]:
    """What an entity of this name can be found by, besides the name itself."""
    yield f"%o {base(name)}"
    if is_acronym(name):
        return
    if (short := initials(name)) is not None:
        yield f"@{short}"
    if " " in base(name):
        yield f"^o {_head(name)}"
    yield from (f"%p {part}" for part in _parts(name))


def sought_keys(name: str) -> Iterator[str]:
    """The keys of the entities that may be meant by a name."""
    yield f"%o {base(name)}"
    if is_acronym(name):
        yield f"@{fold(name)}"
    elif " " not in base(name):
        yield f"^o {base(name)}"
    else:
        # What was known by a short form alone.
        yield f"%o {_head(name)}"
        yield f"%p {base(name)}"
        yield from (f"%o {part}" for part in _parts(name))
        if (short := initials(name)) is not None:
            yield f"%o {short}"


def _parts(name: str) -> Iterator[str]:
    """What a name of several words may be cut to: its first words or its last, two at least."""
    words = base(name).split()
    for length in range(2, min(len(words), LONGEST_PART + 1)):
        if words[length - 1] not in SMALL:
            yield " ".join(words[:length])
        if words[-length] not in SMALL:
            yield " ".join(words[-length:])


def is_short(name: str) -> bool:
    """Whether a name is an acronym or one word: what several bodies may share."""
    return is_acronym(name) or " " not in base(name)


def alike(one: str, other: str) -> Likeness | None:
    """How alike two names are, None where they are not."""
    if base(one) == base(other):
        return likeness.SAME_BASE
    for short, long in ((one, other), (other, one)):
        if is_acronym(short):
            if fold(short) == initials(long):
                return likeness.ACRONYM
        elif " " not in base(short):
            if base(long).startswith(f"{base(short)} "):
                return likeness.SHORT_FORM
        elif base(long).startswith(f"{base(short)} "):
            return likeness.FIRST_WORDS
        elif base(long).endswith(f" {base(short)}"):
            return likeness.LAST_WORDS
    return None
