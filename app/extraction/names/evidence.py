"""What speaks for a name's kind: the model's label, the name's own words, the words around it.

The weights are of one order (a model's label weighs 1) and were chosen by hand on CoNLL++ (train),
newsfair2 and GUM news; docs/accuracy.md has the figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Token

from app.domain import EntityKind
from app.extraction.names import bodies, gazette
from app.extraction.names.boundaries import STATES
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import (
    BODY_CENTRES,
    BODY_NOUNS,
    HONORIFICS,
    LEGAL_FORMS,
    LOCATION_HEADS,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    PLACE_NOUNS,
    PLACE_OFFICES,
    SAYING,
    SPORT,
    TEAM_NOUNS,
    TEAM_VERBS,
)
from app.extraction.names.surfaces import name_key, words_of
from app.words import is_acronym, words

_SHARE = "onrecord_sport_share"
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
# A noun that says what sort of thing the name is: "oil company Harbour", "the village of Oldmoor".
SORT = 1.0
# "Mira Kovalenko, 34, of Oldmoor", "Oldmoor, Ohio".
HOME, WIDER_PLACE = 2.0, 1.0
# "Oldmoor, Ky.": nothing else is written so.
STATE = 4.0
# "Oldmoor district", "Oldmoor Mayor Jan Brandt".
OF_PLACE = 1.6
# From these shares of words of sport on, a place that plays, or that does anything, is a team.
SOME_SPORT, MUCH_SPORT = 1 / 120, 1 / 40
PLAYS, ACTS = 5.0, 2.0
_PLACE_PREPOSITIONS = frozenset({"in", "near", "across", "throughout", "outside", "toward"})
# A capital within a word ("VarnTech"), but for those of surnames ("McKee", "DeLuca", "LaFarge").
_CAMEL = re.compile(r"^(?!(?:Mac|Mc|De|Di|La|Le|Van|Fitz|O['’])[A-Z])[A-Za-z]*[a-z][A-Z]")
NOT_GIVEN = words("will may art grant dean guy chad jordan georgia virginia")


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
    elif (is_acronym(surface) and len(words) == 1 and not shouted) or (
        len(words) == 1 and _CAMEL.search(surface)
    ):
        votes[ORGANISATION] += INITIALS
    if len(words) == 1:
        return votes
    if (
        last in ORGANISATION_HEADS
        or (last in ("center", "centre") and words[-2] in BODY_CENTRES)
        or last in LEGAL_FORMS
        or (first in ORGANISATION_STARTS and words[1] in ("of", "for"))
    ):
        votes[ORGANISATION] += BODY_WORD
    elif last in LOCATION_HEADS:
        votes[LOCATION] += PLACE_WORD
    elif first in GIVEN and first not in NOT_GIVEN and len(words) <= 3:
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
        elif low in BODY_NOUNS:
            votes[ORGANISATION] += SORT
        elif low == "of":
            votes[LOCATION] += _place_before_of(doc, start - 2)
        elif low == "," and doc[start:end].text.rstrip(".") in STATES:
            votes[LOCATION] += STATE
    if after is not None and after.lower_ in PLACE_NOUNS | PLACE_OFFICES and not acronym:
        votes[LOCATION] += OF_PLACE
    if _in_wider_place(doc, end):
        votes[LOCATION] += WIDER_PLACE
    for kind, weight in _as_speaker(root, before, after, acronym):
        votes[kind] += weight
    if aged(doc, end):
        votes[PERSON] += 1.5
    if after is not None and after.lower_ in ("who", "whom"):
        votes[PERSON] += 0.5
    if acronym and in_brackets(doc, start, end):
        votes[ORGANISATION] += 0.5
    if not label and not acronym and root.dep_ == "nsubj" and root.head.tag_.startswith("VB"):
        votes[PERSON] += UNLABELLED_SUBJECT
    return votes


def _as_speaker(
    root: Token, before: Token | None, after: Token | None, acronym: bool
) -> Iterator[tuple[EntityKind, float]]:
    """A vote for a person for each way in which a name is the speaker of a verb of saying."""
    if after is not None and after.lower_ in SAYING and not acronym:
        yield PERSON, SPEAKS
    if before is not None and before.lower_ in SAYING and before.tag_ in ("VBD", "VBZ"):
        yield PERSON, SPEAKS
    if root.dep_ == "nsubj" and root.head.lower_ in SAYING and not acronym:
        yield PERSON, SPEAKS


def _place_before_of(doc: Doc, i: int) -> float:
    """How much token `i` makes "of" tell a place: "village of", "Mira Kovalenko, 34, of"."""
    if i < 1:
        return 0.0
    token = doc[i]
    if token.text == "," and doc[i - 1].text.isdigit():
        return HOME
    return SORT if token.lower_ in PLACE_NOUNS and not token.text[0].isupper() else 0.0


def _in_wider_place(doc: Doc, end: int) -> bool:
    """Whether a comma and a state or country follow: "Paris, Texas", "Oldmoor, Calif."."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    wider = doc[end + 1].text
    return wider.rstrip(".") in STATES or (
        wider[0].isupper() and wider.lower().replace(".", "") in gazette.STATES_AND_COUNTRIES
    )


def in_brackets(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens `start` to `end` stand alone in brackets."""
    return start > 0 and end < len(doc) and doc[start - 1].text == "(" and doc[end].text == ")"


def _head(doc: Doc, start: int, end: int) -> Token:
    """The syntactic head of a stretch."""
    return doc[start:end].root


def aged(doc: Doc, end: int) -> bool:
    """Whether an age follows: "Mira Kovalenko, 34,"."""
    if end + 1 >= len(doc) or doc[end].text not in (",", "("):
        return False
    age = doc[end + 1].text
    return age.isdigit() and 10 <= int(age) <= 105 and len(age) <= 3


def shouted(doc: Doc, i: int) -> bool:
    """Whether token `i` stands among capitals only (a headline), told from its neighbours."""
    if not doc[i].is_upper:
        return False
    near = [t for t in doc[max(0, i - 4) : i + 5] if t.is_alpha and len(t) > 2]
    return sum(t.is_upper for t in near) > max(2, len(near) // 2)


def sport_share(doc: Doc) -> float:
    """Which share of an article's tokens are words of sports reports; worked out once."""
    share = doc.user_data.get(_SHARE)
    if share is None:
        known = [doc.vocab.strings[word] for word in SPORT]
        found = np.isin(doc.to_array("LOWER"), np.array(known, dtype=np.uint64))
        share = doc.user_data[_SHARE] = float(found.sum()) / max(len(doc), 1)
    return float(share)


def team_votes(doc: Doc, start: int, end: int, sport: float) -> dict[EntityKind, float]:
    """In a sports report, what says that a place's name means its team."""
    if sport < SOME_SPORT:
        return {}
    root = _head(doc, start, end)
    before = doc[start - 1].lower_ if start else ""
    after = doc[end : end + 2]
    head = root.head
    if before in _PLACE_PREPOSITIONS or before == "from":
        return {}
    plays = (
        (root.dep_ in ("nsubj", "dobj", "nsubjpass") and head.lower_ in TEAM_VERBS)
        or before in ("against", "beat", "beating", "v", "vs", "versus", "over", "for", "than")
        or any(t.lower_ in TEAM_NOUNS for t in after)
        or (len(after) > 0 and after[0].text[:1].isdigit() and after[0].text[:2] != "19")
        or (root.dep_ == "poss" and head.lower_ in TEAM_NOUNS)
    )
    if plays:
        return {ORGANISATION: PLAYS}
    acts = sport > MUCH_SPORT and (
        root.dep_ in ("nsubj", "dobj", "poss") or before in ("by", "with")
    )
    return {ORGANISATION: ACTS} if acts else {}
