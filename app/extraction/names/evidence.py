"""What speaks for a name's kind: the model's label, the name's own words, the words around it.

The weights are of one order (a model's label weighs 1) and were chosen by hand on CoNLL++ (train),
newsfair2 and GUM news; docs/accuracy.md has the figures.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc, Token

from app.domain import EntityKind
from app.extraction.names import bodies, gazette
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import (
    HONORIFICS,
    LEGAL_FORMS,
    LOCATION_HEADS,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    SAYING,
    SPORT,
    TEAM_NOUNS,
    TEAM_VERBS,
)
from app.extraction.names.surfaces import is_acronym, name_key, words_of
from app.extraction.names.wordlist import words

PERSON, ORGANISATION, LOCATION = (
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.LOCATION,
)

LABEL_VOTES: dict[str, dict[EntityKind, float]] = {
    "PERSON": {PERSON: 1.0},
    "ORG": {ORGANISATION: 1.0},
    "GPE": {LOCATION: 1.0},
    "LOC": {LOCATION: 1.0},
    "FAC": {LOCATION: 1.0},
    "NORP": {ORGANISATION: 0.6},
    "PRODUCT": {ORGANISATION: 0.4},
    "WORK_OF_ART": {},
    "EVENT": {},
    "LAW": {},
    "": {},
}
# What a sign weighs, where a mention's label weighs 1. Signs in the name itself:
GAZETTEER, KNOWN_BODY, INITIALS, BODY_WORD, PLACE_WORD, GIVEN_NAME = 1.0, 1.2, 0.7, 1.5, 1.2, 1.2
# Signs beside it:
SPEAKS, OFFICE, IN_PLACE, UNLABELLED_SUBJECT = 0.3, 0.6, 0.3, 0.35
# A report with one word of sport in so many words is about sport; a place that plays is a team.
SPORT_SHARE = 120
TEAM_WEIGHT = 3.0
_PLACE_PREPOSITIONS = frozenset({"in", "near", "across", "throughout", "outside", "toward"})
_NOT_GIVEN = words("will may art grant dean guy chad jordan georgia virginia")


def surface_votes(surface: str, shouted: bool) -> dict[EntityKind, float]:
    """What a name's own words say. In a `shouted` line, capitals are no sign of initials."""
    votes: dict[EntityKind, float] = defaultdict(float)
    key = name_key(surface)
    words = words_of(key)
    last, first = words[-1], words[0]
    if key in bodies.BODIES:
        votes[ORGANISATION] += KNOWN_BODY
    if key in gazette.PLACES:
        votes[LOCATION] += GAZETTEER
    elif is_acronym(surface) and len(words) == 1 and not shouted:
        votes[ORGANISATION] += INITIALS
    if len(words) == 1:
        return votes
    if (
        last in ORGANISATION_HEADS
        or last in LEGAL_FORMS
        or (first in ORGANISATION_STARTS and words[1] in ("of", "for"))
    ):
        votes[ORGANISATION] += BODY_WORD
    elif last in LOCATION_HEADS:
        votes[LOCATION] += PLACE_WORD
    elif first in GIVEN and first not in _NOT_GIVEN and len(words) <= 3:
        votes[PERSON] += GIVEN_NAME
    if "&" in words:
        votes[ORGANISATION] += 1.0
    return votes


def context_votes(doc: Doc, start: int, end: int, label: str) -> dict[EntityKind, float]:
    """What the words around the tokens `start` to `end` say."""
    votes: dict[EntityKind, float] = defaultdict(float)
    before = doc[start - 1] if start > 0 else None
    after = doc[end] if end < len(doc) else None
    root = _head(doc, start, end)
    acronym = is_acronym(doc[start:end].text)
    if before is not None:
        low = before.lower_.rstrip(".")
        if low in HONORIFICS:
            votes[PERSON] += 2.0
        elif low in OFFICES and before.tag_.startswith("NN") and not acronym:
            votes[PERSON] += OFFICE
        elif low in _PLACE_PREPOSITIONS:
            votes[LOCATION] += IN_PLACE
    if after is not None and after.lower_ in SAYING and not acronym:
        votes[PERSON] += SPEAKS
    if before is not None and before.lower_ in SAYING and before.tag_ in ("VBD", "VBZ"):
        votes[PERSON] += SPEAKS
    if root.dep_ == "nsubj" and root.head.lower_ in SAYING and not acronym:
        votes[PERSON] += SPEAKS
    if _aged(doc, end):
        votes[PERSON] += 1.5
    if after is not None and after.lower_ in ("who", "whom"):
        votes[PERSON] += 0.5
    if acronym and in_brackets(doc, start, end):
        votes[ORGANISATION] += 0.5
    if not label and not acronym and root.dep_ == "nsubj" and root.head.tag_ in ("VBD", "VBZ"):
        votes[PERSON] += UNLABELLED_SUBJECT
    return votes


def in_brackets(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens `start` to `end` stand alone in brackets."""
    return start > 0 and end < len(doc) and doc[start - 1].text == "(" and doc[end].text == ")"


def _head(doc: Doc, start: int, end: int) -> Token:
    """The syntactic head of a stretch."""
    return doc[start:end].root


def _aged(doc: Doc, end: int) -> bool:
    """Whether an age follows: "Mira Kovalenko, 34,"."""
    if end + 1 >= len(doc) or doc[end].text not in (",", "("):
        return False
    age = doc[end + 1].text
    return age.isdigit() and 10 <= int(age) <= 105 and len(age) <= 3


def shouted(doc: Doc, i: int) -> bool:
    """Whether token `i` stands among capitals only (a headline), told from its neighbours."""
    near = [t for t in doc[max(0, i - 4) : i + 5] if t.is_alpha and len(t) > 2]
    return sum(t.is_upper for t in near) > max(2, len(near) // 2)


def is_sport(doc: Doc) -> bool:
    """Whether an article reports on sport: one word in sixty is a word of that trade."""
    count = sum(1 for token in doc if token.lower_ in SPORT)
    return count * SPORT_SHARE > len(doc)


def team_votes(doc: Doc, start: int, end: int) -> dict[EntityKind, float]:
    """In a sports report, what says that a place's name means its team."""
    root = _head(doc, start, end)
    before = doc[start - 1].lower_ if start else ""
    after = doc[end : end + 2]
    head = root.head
    team = (
        (root.dep_ in ("nsubj", "dobj", "nsubjpass") and head.lower_ in TEAM_VERBS)
        or before in ("against", "beat", "beating", "v", "vs", "versus", "over", "for", "than")
        or any(t.lower_ in TEAM_NOUNS for t in after)
        or (len(after) > 0 and after[0].text[:1].isdigit() and after[0].text[:2] != "19")
        or (root.dep_ == "poss" and head.lower_ in TEAM_NOUNS)
    )
    return {ORGANISATION: TEAM_WEIGHT} if team else {}
