"""Whom "he" and "she" mean: a score over the people mentioned last; pure.

Recency, subjecthood, agreement and the binding conditions, as in Lappin and Leass (1994), "An
algorithm for pronominal anaphora resolution", without their full parser. Every pronoun looks at a
bounded number of mentions, so the time is linear in the text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

GENDER = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
# How many mentions back a pronoun looks, and how many sentences.
WINDOW = 24
MAX_SENTENCES = 10
SPEAKER_REACH = 2
QUOTED_SUBJECT = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention or pronoun stands.

    `role` is its dependency label, `verb` the index of the token that governs it, `quoted` whether
    it stands inside quotation marks, `says` whether it is the subject of a verb of saying.
    """

    start: int
    sentence: int
    paragraph: int
    role: str
    verb: int
    quoted: bool
    says: bool


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone mentioned before: `entity` is None for a person without a name ("a woman")."""

    place: Place
    entity: int | None
    gender: str | None
    named: bool = True


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

    def resolve(self, word: str, place: Place) -> tuple[Antecedent, float] | None:
        """The best antecedent of a pronoun and its score; None where nobody fits."""
        gender = GENDER[word]
        best: tuple[Antecedent, float] | None = None
        seen: set[int | None] = set()
        for option in reversed(self.recent):
            if option.gender not in (None, gender) or not allowed(word, place, option.place):
                continue
            if place.sentence - option.place.sentence > MAX_SENTENCES:
                break
            score = self._score(place, option, gender)
            if option.entity in seen:
                score -= 0.05
            seen.add(option.entity)
            if best is None or score > best[1]:
                best = (option, score)
        return best

    def _score(self, place: Place, option: Antecedent, gender: str) -> float:
        """How likely `option` is meant."""
        there = option.place
        distance = place.sentence - there.sentence
        score = -0.45 * distance - 0.15 * min(place.paragraph - there.paragraph, 3)
        score += 1.0 if there.role in SUBJECTS else 0.0
        score += 0.4 if there.says and place.says else 0.0
        score += 0.5 if option.gender == gender else 0.0
        score -= 0.5 if there.role in ("poss", "compound", "nmod") else 0.0
        if option.entity is None:
            score -= 0.6
        else:
            score += 0.1 * min(self.counts[option.entity], 6)
        if place.quoted and not there.quoted and distance <= SPEAKER_REACH:
            # The subject beside a quotation is as a rule its speaker, who would have said "I".
            score -= 1.5 if there.says else QUOTED_SUBJECT * (there.role in SUBJECTS)
        if not place.quoted and there.quoted:
            score -= 0.8
        return score


SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})


def allowed(word: str, place: Place, there: Place) -> bool:
    """The binding conditions: "X saw him" is not X, "X saw himself" is."""
    if word in ("him", "her") and place.role in ("dobj", "dative"):
        return not (there.role in SUBJECTS and there.verb == place.verb)
    return True


def first_after(word: str, place: Place, later: Sequence[Antecedent]) -> Antecedent | None:
    """The person named later in the same sentence, for "In his speech, X said"."""
    for option in later:
        if option.place.sentence != place.sentence:
            return None
        if option.gender in (None, GENDER[word]):
            return option
    return None
