"""Whom "he" and "she" mean: a score over the people mentioned last; pure.

Recency, subjecthood, agreement and the binding conditions, as in Lappin and Leass (1994), "An
algorithm for pronominal anaphora resolution", without their full parser. Every pronoun looks at a
bounded number of mentions, so the time is linear in the text.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction.coreference.rivals import Shares, shares

GENDER = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
# How many mentions back a pronoun looks, and how many sentences.
WINDOW = 24
MAX_SENTENCES = 10
SPEAKER_REACH = 2
QUOTED_SUBJECT = 1.0
# Who said something goes on saying: "X said Y was late. He said …" is rather X.
SAYS_ON = 0.4
# Who is named in what is said is seldom who says it.
TOLD_OF = 1.0
# The subject of the clause that a pronoun stands in is rather meant than that of one above it.
OWN_CLAUSE = 0.2
# "Falk and his brother": who is named beside what is "his".
BESIDE = 1.5
# "Falk's lawyer left": Falk is what the sentence is about.
POSSESSOR = 0.3
# Who is named only after the pronoun ("In his speech, X said"), against whom was named before.
NOT_YET = 0.3
# How much score makes someone e times as likely to be meant, roughly.
TEMPERATURE = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention or pronoun stands.

    `role` is its dependency label, `verb` the index of the token that governs it, `quoted` whether
    it stands inside quotation marks, `says` whether it is the subject of a verb of saying. `above`
    are the tokens above it in the parse, nearest first, each with the relation that leads to it;
    that of a clause without a subject of its own is "controlled". `token` is its own head word,
    `under` the lower-case preposition that governs it, if one does, `clause` the nearest verb above
    it that has a subject other than itself.
    """

    start: int
    sentence: int
    paragraph: int
    role: str
    verb: int
    quoted: bool
    says: bool
    above: tuple[tuple[int, str], ...] = ()
    token: int = -1
    under: str = ""
    clause: int = -1


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone mentioned before: `entity` is None for a person without a name ("a woman")."""

    place: Place
    entity: int | None
    gender: str | None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """Someone a pronoun may mean, and how much speaks for them (only differences matter)."""

    antecedent: Antecedent
    score: float


class History:
    """The people mentioned last, in text order."""

    def __init__(self) -> None:
        self.recent: deque[Antecedent] = deque(maxlen=WINDOW)
        self.counts: dict[int, int] = {}

    def add(self, antecedent: Antecedent) -> None:
        """Remember a mention."""
        self.recent.append(antecedent)
        if antecedent.entity is not None:
            self.counts[antecedent.entity] = self.counts.get(antecedent.entity, 0) + 1

    def resolve(self, word: str, place: Place, ahead: Sequence[Antecedent] = ()) -> list[Option]:
        """Whom a pronoun may mean, each person once with their best score; the best one first.

        `ahead` are people named only after it whom it may mean all the same.
        """
        gender = GENDER[word]
        best: dict[int | None, Option] = {}
        told: set[int | None] = set()
        for option in reversed(self.recent):
            if not allowed(word, place, option.place):
                told.add(option.entity)
                continue
            if option.gender not in (None, gender):
                continue
            if place.sentence - option.place.sentence > MAX_SENTENCES:
                break
            score = self._score(place, option, gender)
            score += OWN_CLAUSE if _is_subject(option.place, place.clause) else 0.0
            score += BESIDE if beside(place, option.place) else 0.0
            known = best.get(option.entity)
            if known is not None:
                score -= 0.05
            if place.says and option.entity in told:
                score -= TOLD_OF
            if known is None or score > known.score:
                best[option.entity] = Option(option, score)
        for option in ahead:
            score = self._score(place, option, gender) - NOT_YET
            known = best.get(option.entity)
            if option.gender in (None, gender) and (known is None or score > known.score):
                best[option.entity] = Option(option, score)
        # Ties go to the one mentioned last.
        return sorted(best.values(), key=lambda one: (-one.score, -one.antecedent.place.start))

    def just_spoken_of(self, place: Place, gender: str | None, reach: int) -> list[Option]:
        """Whom a description for variation's sake may mean, as for `resolve`.

        Named people of the last `reach` sentences, none of them in the description's own sentence:
        there it would be a pronoun.
        """
        best: dict[int | None, Option] = {}
        here = {o.entity for o in self.recent if o.place.sentence == place.sentence}
        for option in reversed(self.recent):
            if place.sentence - option.place.sentence > reach:
                break
            differs = None not in (gender, option.gender) and gender != option.gender
            if option.entity is None or option.entity in here or differs:
                continue
            score = self._score(place, option, gender)
            known = best.get(option.entity)
            if known is None or score > known.score:
                best[option.entity] = Option(option, score)
        return sorted(best.values(), key=lambda one: (-one.score, -one.antecedent.place.start))

    def _score(self, place: Place, option: Antecedent, gender: str | None) -> float:
        """How likely `option` is meant."""
        there = option.place
        distance = place.sentence - there.sentence
        score = -0.45 * distance - 0.15 * min(place.paragraph - there.paragraph, 3)
        score += 0.7 if there.role in SUBJECTS else 0.0
        score += SAYS_ON if there.says and place.says else 0.0
        score += 0.5 if gender is not None and option.gender == gender else 0.0
        if there.role == "poss" and len(there.above) > 1 and there.above[1][1] in SUBJECTS:
            score += POSSESSOR
        elif there.role in ("poss", "compound", "nmod"):
            score -= 0.5
        if option.entity is None:
            score -= 0.4
        else:
            score += 0.1 * min(self.counts.get(option.entity, 0), 6)
        if place.quoted and not there.quoted and distance <= SPEAKER_REACH:
            # The subject beside a quotation is as a rule its speaker, who would have said "I".
            score -= 1.5 if there.says else QUOTED_SUBJECT * (there.role in SUBJECTS)
        if not place.quoted and there.quoted:
            score -= 0.8
        return score


def weighed(options: Sequence[Option]) -> Shares:
    """The shares of the entities among a pronoun's options, nameless people in the sum only.

    A share is the softmax of the scores.
    """
    weights = [math.exp((one.score - options[0].score) / TEMPERATURE) for one in options]
    named: dict[int, float] = {}
    nameless = 0.0
    for one, weight in zip(options, weights, strict=True):
        if one.antecedent.entity is None:
            nameless += weight
        else:
            named[one.antecedent.entity] = weight
    return shares(named, nameless)


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# How what is said hangs on the verb of saying.
REPORTED = SUBJECTS | {"ccomp", "dobj", "dep", "parataxis"}


# Inside these relations a pronoun is still in the clause of the verb above it.
_IN_CLAUSE = SUBJECTS | {"pobj", "prep", "dobj", "dative", "attr", "agent", "advmod", "npadvmod"}
# Behind these a pronoun may mean the subject of its own clause: "X closed the door behind him".
_PLACING = frozenset(
    {"with", "behind", "around", "before", "beside", "near", "in", "over", "above", "under"}
)


def beside(place: Place, there: Place) -> bool:
    """Whether somebody is named beside what a pronoun possesses: "Falk and his brother"."""
    above = place.above
    return place.role == "poss" and len(above) > 1 and above[1] == (there.token, "conj")


def _is_subject(there: Place, verb: int) -> bool:
    return there.role in SUBJECTS and there.verb == verb


def _own_subject(place: Place, there: Place) -> bool:
    """Whether somebody is the subject of the verb whose object a pronoun is."""
    if place.role != "pobj":
        return _is_subject(there, place.verb)
    if place.under in _PLACING or len(place.above) < 2:
        return False
    return _is_subject(there, place.above[1][0])


def _of_relative(place: Place, there: Place) -> bool:
    """Whether a pronoun stands in a relative clause about somebody: "X, who stood by him"."""
    for above, relation in place.above:
        if relation == "relcl":
            return above == there.token
        if relation not in _IN_CLAUSE:
            return False
    return False


def allowed(word: str, place: Place, there: Place) -> bool:
    """The binding conditions: "X saw him" is not X, "X saw himself" is.

    Nor "X spoke about him", "X, who knew him". Nor is it X in "X was late, he said" (who speaks of
    himself would say so behind the verb) or in "Running against X, he lost" (who runs is "he").
    """
    if word in ("him", "her") and place.role != "poss":
        return not (_own_subject(place, there) or _of_relative(place, there))
    if place.role in SUBJECTS and there.sentence == place.sentence and there.start < place.start:
        link = next((relation for above, relation in there.above if above == place.verb), "")
        return link != "controlled" and not (place.says and link in REPORTED)
    return True


def possessed(place: Place, there: Place) -> bool:
    """Whether somebody is what a pronoun possesses: "his daughter, X", "his daughter X"."""
    if place.role != "poss":
        return False
    return place.verb == there.token or any(above == place.verb for above, _ in there.above)


def first_after(
    word: str, place: Place, later: Sequence[Antecedent], reach: int = 0
) -> Antecedent | None:
    """The person named later in the same sentence, for "In his speech, X said".

    Or in one of the next `reach` sentences, for a headline. Nobody outside a quotation is meant
    inside it: who says "I heard him", is not "him".
    """
    for option in later:
        if not 0 <= option.place.sentence - place.sentence <= reach:
            return None
        if option.place.quoted != place.quoted or possessed(place, option.place):
            continue
        if option.gender in (None, GENDER[word]):
            return option
    return None
