"""How alike two names are, before anything else is known of their bearers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """`reason` says what it is, and names it in the learnt weights.

    `prior` is the guess of its weight alone, in natural log-odds, that learning starts from; the
    likelier of two kinds has the greater.
    """

    prior: float
    reason: str


SAME_PERSON = Likeness(0.9, "the same full name")
ALSO_KNOWN_AS = Likeness(0.8, "a full name it was seen under")
FOLDED = Likeness(0.7, "the same name in another spelling")
FULLER = Likeness(0.5, "the same name with more of it")
NICKNAME = Likeness(-0.1, "a nickname of the same first name")
DOUBLE_SURNAME = Likeness(-0.4, "a part of the same surnames")
TRANSLITERATED = Likeness(-0.4, "the same surname, a first name of the same sound")
SAME_SOUND = Likeness(-0.6, "a name of the same sound")
INITIALS = Likeness(-0.8, "the same surname and initials")
GENERATION = Likeness(-1.2, "the same name, one of them junior or senior")
FIRST_NAME = Likeness(-0.5, "the first name, beside one of the same surname")
SURNAME_ONLY = Likeness(-3.0, "the surname alone")

SAME_BODY = Likeness(3.0, "the same name")
SAME_BASE = Likeness(2.8, "the same name but for the legal form")
LOCAL_BODY = Likeness(0.6, "the same name, made of a place and common words")
OF_A_TOWN = Likeness(0.5, "the same name, which other towns may have as well")
SAME_WORD = Likeness(2.0, "the same name of one word")
SAME_ACRONYM = Likeness(1.6, "the same acronym")
SHORT_NAME = Likeness(1.0, "a name of one word that both have")
BODY_ALIAS = Likeness(2.2, "a name it was seen under")
SHORT_ALIAS = Likeness(-0.3, "a short form it was seen under")
ACRONYM = Likeness(-0.5, "the initials of its name")
FIRST_WORDS = Likeness(-0.3, "the first words of its name")
LAST_WORDS = Likeness(-0.8, "the last words of its name")
SHORT_FORM = Likeness(-1.8, "the beginning of its name")

SAME_PLACE = Likeness(3.0, "the same name")
PLACE_ALIAS = Likeness(2.0, "a name it was seen under")
