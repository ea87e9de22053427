"""Under which shorter names an organisation or a place goes in the rest of an article; pure.

Initials follow Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
definitions in biomedical text", in its simplest case: the letters are those of the name's words.
The other forms are those of English news style: the second mention leaves out what the first has
said, be it the state ("US State Department", "the State Department"), the legal form, what stands
behind "of" or "for", or everything but one word ("Manchester United", "United").
"""

from __future__ import annotations

import re

from app.domain import EntityKind
from app.extraction.names.bodies import BODIES
from app.extraction.names.gazette import PLACES, country_of, is_people
from app.extraction.names.lexicon import LOCATION_HEADS, ORGANISATION_HEADS
from app.extraction.names.surfaces import name_key, without_legal_form, words_of
from app.words import is_acronym, without_accents, words

# States and unions of states under their other names. General knowledge, written from memory; only
# names with one meaning in news text.
_STATES = """
united states: us, usa, america, united states of america, states;
united kingdom: uk, britain, great britain, united kingdom of great britain and northern ireland;
north korea: dprk, democratic people's republic of korea; south korea: rok, republic of korea,
korea republic; china: prc, people's republic of china; russia: russian federation;
netherlands: holland; myanmar: burma; ivory coast: cote d'ivoire;
czech republic: czechia; congo: drc, dr congo, democratic republic of congo,
democratic republic of the congo; united arab emirates: uae, emirates;
bosnia: bosnia and herzegovina, bosnia-herzegovina; macedonia: north macedonia, fyrom;
east timor: timor-leste; swaziland: eswatini; turkey: turkiye; iran: islamic republic of
iran; syria: syrian arab republic; taiwan: republic of china; united nations: un;
european union: eu; vatican: vatican city, holy see; washington: washington dc, washington, dc
"""
STATES: dict[str, str] = {}
for _entry in " ".join(_STATES.split()).split(";"):
    _name, _, _others = _entry.partition(":")
    for _other in _others.split(", "):
        STATES[_other.strip()] = _name.strip()

# What stands for one of several states, where the article names only one of them.
HALVES = {
    "north": ("north korea",),
    "south": ("south korea", "south sudan"),
    "korea": ("north korea", "south korea"),
}
# What a state or town may have before its name: "the State of Texas".
_FORMAL = re.compile(
    r"(?:state|republic|kingdom|commonwealth|city|town|province|county|islamic republic) of "
)
# Behind these a long name goes on after what could stand alone. "University of X" could not.
_TAILS = words("of for and")
_OPEN_HEADS = words("university college school bank house department ministry state city office")
# By themselves these are a chamber or a ministry of its own, not short for whatever has the word.
_CHAMBERS = words("house senate congress parliament white state")
SMALL = words("of the and for in on at & de la du des to")
# A longer chain of words is no name whose parts anyone would use.
LONGEST = 12
_SPLIT = re.compile(r"[\s\-/]+")


def plain_key(surface: str) -> str:
    """The key of a name without article, accents and legal form, states under one name."""
    key = without_legal_form(without_accents(name_key(surface)).replace("'s ", " "))
    key = STATES.get(key, key)
    formal = _FORMAL.match(key)
    rest = key[formal.end() :] if formal else ""
    return STATES.get(rest, rest) if rest in PLACES else key


def acronyms_of(surface: str) -> set[str]:
    """What initials of a name may be, upper case: with and without small words, and the state."""
    parts = [w for w in _SPLIT.split(surface.replace(".", "").replace(",", "")) if w]
    if not 2 <= len(parts) <= LONGEST:
        return set()
    found = set()
    for chosen in (parts, parts[_states_words([p.lower() for p in parts]) :]):
        for some in (chosen, [w for w in chosen if w.lower() not in SMALL]):
            if len(some) > 1 and not any(map(is_acronym, some)):
                found.add("".join(w[0] for w in some).upper())
    return found


def half_initials(surface: str) -> set[str]:
    """Keys of a name with its first words as initials: "BTC pipeline", "UNC Greensboro"."""
    parts = [w for w in _SPLIT.split(name_key(surface)) if w and w not in SMALL]
    if not 3 <= len(parts) <= LONGEST:
        return set()
    return {
        " ".join(["".join(w[0] for w in parts[:count]), *parts[count:]])
        for count in range(2, len(parts))
    }


def short_forms(key: str, kind: EntityKind) -> set[str]:
    """The keys that may stand for a longer one, none that could be a place or people by itself."""
    parts = words_of(key)
    if not 2 <= len(parts) <= LONGEST:
        return set()
    found = {" ".join(w for w in parts if w not in SMALL)}
    states = _states_words(parts)
    wholes = [parts, parts[states:]] if 0 < states < len(parts) else [parts]
    found |= {" ".join(whole) for whole in wholes[1:]}
    if kind is EntityKind.ORGANISATION:
        for whole in wholes:
            found |= _before_tail(whole)
        found |= _ends(parts)
    return {form for form in found if form != key and stands_alone(form)}


def stands_alone(form: str) -> bool:
    """Whether a short form names nothing by itself: no place, no people, no chamber."""
    if form in _CHAMBERS:
        return False
    return form not in PLACES and country_of(form) is None and not is_people(form)


def _states_words(parts: list[str]) -> int:
    """How many words at the start of a name say only of which state, place or people it is."""
    for count in (3, 2, 1):
        start = " ".join(parts[:count])
        if count < len(parts) and (start in PLACES or country_of(start) or is_people(start)):
            return 0 if parts[count] in SMALL else count
    return 0


def _before_tail(parts: list[str]) -> set[str]:
    """A name up to a tail: "Supreme Court" of "Supreme Court of Cassation"."""
    for at, word in enumerate(parts[1:], 1):
        if word in _TAILS and parts[at - 1] in ORGANISATION_HEADS - _OPEN_HEADS:
            return {" ".join(parts[:at])}
    return set()


def _ends(parts: list[str]) -> set[str]:
    """The first word and the last ones of an organisation's name: "Brandt", "United"."""
    whole = " ".join(parts)
    heads = ORGANISATION_HEADS | LOCATION_HEADS
    # "Labour" is the Labour Party, but a firm that everyone knows is not its prize or its stadium.
    known = parts[0] in BODIES and whole not in BODIES
    found = set() if parts[0] in heads or known else {parts[0]}
    for at in range(1, len(parts)):
        if parts[at] not in SMALL:
            found.add(" ".join(parts[at:]))
    return found


def head_of(key: str) -> str:
    """The word of an organisation's name that says what it is; empty where none does."""
    parts = words_of(key)
    ends = [i for i, word in enumerate(parts) if word in SMALL] or [len(parts)]
    before = parts[ends[0] - 1] if ends[0] else ""
    return next((w for w in (parts[-1], before) if w in ORGANISATION_HEADS), "")
