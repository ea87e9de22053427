"""What an office says of its holder, and whether a description can mean them; pure.

A role is read off a title ("US Secretary of State Mira Kovalenko"), an apposition ("Mira Kovalenko,
the head of ...", "the head of ..., Mira Kovalenko") or a plain statement ("Mira Kovalenko is the
head of ..."). A description is tied to a person only by such evidence in the same article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.extraction.names.gazette import FEDERATIONS, country_of
from app.extraction.names.lexicon import HONORIFICS, OFFICES
from app.words import words

# Kin terms and occupations stand before names too, but "the son" picks nobody out of an article.
_NO_DESCRIPTION = words(
    "father mother son daughter brother sister wife husband general private guard forward rider "
    "driver champion teammate colleague executive officer owner"
)
ROLE_NOUNS = (
    OFFICES
    | words("premier archbishop bishop pope prince princess king queen doctor professor")
    | words("diplomat politician official billionaire veteran activist defendant ceo")
    | words(
        "businessman businesswoman tycoon entrepreneur philanthropist mogul magnate millionaire"
    )
    | words("surgeon neurosurgeon physician pastor preacher novelist filmmaker rapper star")
    | words("hopeful contender frontrunner front-runner challenger incumbent")
    | words("democrat republican libertarian socialist independent conservative liberal")
) - _NO_DESCRIPTION
# Who runs for an office is called by any of these.
_RUNNERS = words("candidate nominee hopeful contender frontrunner front-runner")
_CONTESTS = words("senate house congressional gubernatorial mayoral state local")
# What newspapers call somebody already spoken of, for variation ("the New York businessman"). Other
# heads ("the judge", "the spokesman") as often bring in somebody new.
EPITHETS = _RUNNERS | words("""
    challenger incumbent businessman businesswoman tycoon entrepreneur philanthropist mogul magnate
    millionaire billionaire surgeon neurosurgeon physician pastor preacher novelist filmmaker rapper
    singer actor actress comedian democrat republican libertarian socialist independent
    conservative liberal senator representative lawmaker politician veteran activist author
    """)
_PARTIES = {
    "republican": "republican", "gop": "republican", "democrat": "democratic",
    "democratic": "democratic", "libertarian": "libertarian",
}  # fmt: skip
# One office under two names, and the abbreviations that stand before names.
_SAME = {
    "sen": "senator", "rep": "representative", "gov": "governor", "justice": "judge",
    "congressman": "representative", "congresswoman": "representative", "mp": "lawmaker",
    "gop": "republican", "vp": "vice", "chairwoman": "chair", "chairman": "chair",
    "councilor": "councillor", "capt": "captain", "lt": "lieutenant", "sgt": "sergeant",
}  # fmt: skip
# Two words that are an office of their own.
_COMPOUNDS = {
    ("chief", "executive"): "ceo",
    ("executive", "officer"): "ceo",
    ("attorney", "general"): "attorney",
    ("secretary", "general"): "secretary",
    ("solicitor", "general"): "solicitor",
    ("surgeon", "general"): "surgeon",
    ("first", "lady"): "lady",
}
_PREPOSITIONS = words("for at in to with from on by under against about")
_MINISTERS = frozenset({"minister", "secretary"})
_HEADS = frozenset({"head", "chief", "leader", "boss", "official", "diplomat", "politician"})
_SMALL = frozenset(
    {"of", "the", "a", "an", "for", "and", "'s", "’s", "at", "in", "-", "his", "her"}
)
# Modifiers that tell nothing about which office is meant.
_FREE = words("new top senior longtime veteran outgoing current popular national then embattled")
# Says only that the state is a federation: nothing new of an office of a federation.
_FEDERAL = "federal"
_PAST = frozenset({"former", "ex", "onetime"})
# A deputy is not meant where the office alone is named.
DEPUTIES = frozenset({"vice", "deputy", "assistant", "former", "ex", "acting"})
_PORTFOLIOS = {
    "defence": "defence", "defense": "defence", "finance": "finance", "treasury": "finance",
    "interior": "interior", "home": "interior", "health": "health", "education": "education",
    "justice": "justice", "energy": "energy", "trade": "trade", "transport": "transport",
    "environment": "environment", "agriculture": "agriculture", "labour": "labour",
    "labor": "labour", "prime": "prime", "press": "press", "diplomacy": "foreign",
    "diplomat": "foreign", "foreign": "foreign",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """An office: its head noun, all its words, the countries it names, its portfolio."""

    head: str
    words: frozenset[str]
    countries: frozenset[str]
    portfolio: str

    @property
    def parties(self) -> frozenset[str]:
        """The parties it names."""
        return frozenset(_PARTIES[w] for w in self.words if w in _PARTIES)

    @property
    def varies(self) -> bool:
        """Whether a description of it may stand for whoever was just spoken of.

        So may a former office: who holds one now is rather introduced by name.
        """
        return self.head in EPITHETS or bool(self.words & _PAST)


def read_role(words: Sequence[str]) -> Role | None:
    """The role that lower-case words describe; None where no role noun is among them.

    The head is the last role noun before the first "of" that follows one ("Bank of Lindhaven
    governor" is a governor) and before any other preposition ("adviser to the president" is none);
    an owner is no head ("one of the president's aides").
    """
    words = [plain(word) for word in words]
    head = ""
    for before, word in zip(["", *words], words, strict=False):
        if word in _PREPOSITIONS or (word == "of" and head):
            break
        if word in ("'s", "’s"):
            head = ""
        head = role_noun(before, word) or head
    if not head:
        return None
    content = frozenset(words) - _SMALL
    return Role(head, content, _countries(words), _portfolio(content))


def plain(word: str) -> str:
    """A lower-case word under its usual name: "sen." is "senator"."""
    bare = word.rstrip(".")
    return _SAME.get(bare, word)


def role_noun(before: str, word: str) -> str:
    """The office that a lower-case word after another one names; empty where it names none."""
    compound = _COMPOUNDS.get((before, word))
    if compound is not None:
        return compound
    word = plain(word)
    return word if word in ROLE_NOUNS else ""


def _countries(words: Sequence[str]) -> frozenset[str]:
    """The countries named by single words and by pairs ("South Korean")."""
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    long = {c for p in pairs if (c := country_of(p)) is not None}
    short = {c for w in words if (c := country_of(w)) is not None}
    if long and any(c.endswith(tuple(short)) for c in long if short):
        short = {c for c in short if not any(x.endswith(c) for x in long)}
    return frozenset(long | short)


def _portfolio(words: frozenset[str]) -> str:
    """Which ministry an office leads, as far as its words tell."""
    if {"secretary", "state"} <= words:
        return "foreign"
    return next((_PORTFOLIOS[w] for w in sorted(words) if w in _PORTFOLIOS), "")


def counterpart(own: Role, other: Sequence[Role]) -> Role:
    """The role of "X's German counterpart": X's office in the country named."""
    for role in other:
        return replace(role, words=role.words | own.words, countries=own.countries)
    return own


def can_mean(described: Role, held: Role) -> bool:
    """Whether a description can mean the holder of a role."""
    if described.portfolio and described.portfolio != held.portfolio:
        return False
    if (held.words & DEPUTIES) - described.words or described.words & DEPUTIES - held.words:
        return False
    if not _heads_agree(described, held):
        return False
    if not described.countries <= held.countries:
        return False
    free = _FREE | {_FEDERAL} if held.countries & FEDERATIONS else _FREE
    if described.head in _RUNNERS and not held.words & _CONTESTS:
        free = free | {"presidential"}
    left = {
        w
        for w in described.words - held.words - free
        if w != described.head
        and w not in HONORIFICS
        and country_of(w) is None
        and not (described.portfolio and (w in _PORTFOLIOS or w in ("state", "affairs")))
    }
    return not left


def _heads_agree(described: Role, held: Role) -> bool:
    if described.head == held.head:
        return True
    if described.head in _RUNNERS and held.head in _RUNNERS:
        return True
    ministers = _MINISTERS | ({"counterpart"} if held.portfolio else set())
    if described.head in ministers and held.head in ministers:
        return True
    return (
        described.head in _HEADS
        and bool(described.portfolio)
        and described.portfolio == held.portfolio
    )
