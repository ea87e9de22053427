"""What a learned voter sees of a name: signs in the name, signs around each of its mentions.

Signs are strings such as ``before=in``; `classifier` has a weight for each sign and kind. Open
vocabulary stands only in the words beside a mention, never in the name itself: a name's own words
speak through the word vectors of the spaCy model, so no list of names is learned but initials: a
name of two or three letters is its own ending.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from app.extraction.names import bodies, gazette
from app.extraction.names.evidence import NOT_GIVEN, SOME_SPORT, aged, in_brackets, shouted
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import (
    HONORIFICS,
    LEGAL_FORMS,
    LOCATION_HEADS,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    SAYING,
    TEAM_NOUNS,
    TEAM_VERBS,
)
from app.extraction.names.surfaces import name_key, words_of
from app.words import is_acronym, words

Vector = NDArray[np.float32]

# Words on each side of a mention whose vectors are averaged.
WINDOW = 3
_CLOSED = words("""
    in at from the of to near by with for against and , ( ) ' 's : ; . - – — / & a an on between
    over under as like who whom which where that has had is was were are will would have v vs
    versus than into outside inside around across via or but after before during since until
    """)
_OWNED = words("""
    spokesman spokeswoman spokesperson ceo officials official shares stock employees staff
    executives executive chief leaders headquarters president chairman director website report study
    researchers customers products engineers lawyers statement data office offices agents members
    supporters fans players coach manager board subsidiary founder
    """)
_INNER = ("of", "for", "and", "&", "the", "de", "van", "al")


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a name: its signs, its own mean word vector and that of the words around."""

    label: str
    signs: frozenset[str]
    own: Vector
    around: Vector


class WordVectors:
    """The word vectors of a document's tokens, looked up once."""

    def __init__(self, doc: Doc) -> None:
        table = doc.vocab.vectors
        self.data = np.asarray(table.data)
        # Vectors of parts of words (floret) cannot be looked up by word.
        self.width = doc.vocab.vectors_length if table.mode == "default" else 0
        rows = table.find(keys=doc.to_array("ORTH")) if len(doc) and self.width else []
        self.rows = np.asarray(rows, dtype=np.int64)

    def mean(self, *ranges: tuple[int, int]) -> Vector:
        """The mean direction of the tokens in the ranges that have a vector; zeros if none has."""
        rows = [row for start, end in ranges for row in self.rows[start:end].tolist() if row >= 0]
        if not rows:
            return np.zeros(self.width, dtype=np.float32)
        total = self.data[rows].sum(axis=0, dtype=np.float32)
        return np.asarray(total / (float(total @ total) ** 0.5 + 1e-6), dtype=np.float32)


def seen(doc: Doc, tokens: tuple[int, int], label: str, sport: float, vectors: WordVectors) -> Seen:
    """What stands around the tokens from the first of `tokens` to before the second.

    `sport` is the article's share of words of sport.
    """
    start, end = tokens
    beside = (max(0, start - WINDOW), start), (end, end + WINDOW)
    signs = frozenset(_signs(doc, start, end, label, sport))
    return Seen(label, signs, vectors.mean(tokens), vectors.mean(*beside))


def _signs(doc: Doc, start: int, end: int, label: str, sport: float) -> list[str]:
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    root = doc[start:end].root
    head = root.head
    signs = [
        f"label={label}",
        f"before={_word(before)}",
        f"after={_word(after)}",
        f"role={root.dep_}",
    ]
    if head.lower_ in TEAM_VERBS:
        signs.append(f"team verb={root.dep_}")
    if root.dep_ in ("compound", "poss", "nmod"):
        if head.lower_ in _OWNED:
            signs.append(f"owns={root.dep_}")
        if head.lower_ in TEAM_NOUNS:
            signs.append("team noun")
    if sport > SOME_SPORT:
        team = "+team" if head.lower_ in TEAM_VERBS else ""
        signs += ["sport", f"sport before={_word(before)}", f"sport role={root.dep_}{team}"]
    if end == start + 1:
        signs.append(f"tag={doc[start].tag_}")
    following = doc[end + 1].text[:1] if end + 1 < len(doc) else ""
    marks = {
        "shouted": shouted(doc, start),
        "aged": aged(doc, end),
        "opens": bool(doc[start].is_sent_start),
        "brackets": in_brackets(doc, start, end),
        "comma and capital": after is not None and after.text == "," and following.isupper(),
    }
    return signs + [mark for mark, there in marks.items() if there]


def _word(token: Token | None) -> str:
    """A neighbour as a sign: the word itself, or what sort of word it is."""
    if token is None:
        return "EDGE"
    if token.is_space:
        return "BREAK"
    low = token.lower_
    if low in _CLOSED:
        return low
    bare = low.rstrip(".")
    if token.text[0].isdigit():
        return "DIGIT"
    for sort, known in (("HONORIFIC", HONORIFICS), ("OFFICE", OFFICES), ("SAYING", SAYING)):
        if bare in known:
            return sort
    if token.text[0].isupper() and not token.is_sent_start:
        return "PEOPLE" if gazette.is_people(bare) else "CAPITAL"
    return low


def own_signs(surface: str) -> list[str]:
    """The signs in a name itself."""
    key = name_key(surface)
    parts = words_of(key)
    first, last, inner = parts[0], parts[-1], parts[:-1]
    one = " alone" if len(parts) == 1 else ""
    place = "country" if key in gazette.COUNTRIES else "place" if key in gazette.PLACES else ""
    marks = {
        f"words={min(len(parts), 4)}": True,
        place: bool(place),
        "body": key in bodies.BODIES,
        "word of body": bool(inner) and (first in bodies.BODIES or last in bodies.BODIES),
        "place first": bool(inner) and (first in gazette.PLACES or _two(parts) in gazette.PLACES),
        "place last": bool(inner) and last in gazette.PLACES,
        f"initials={min(len(surface), 5)}": is_acronym(surface),
        "capitals": surface.isupper() and not is_acronym(surface),
        f"given{one}": first in GIVEN and first not in NOT_GIVEN,
        f"body head{one}": last in ORGANISATION_HEADS,
        f"place head{one}": last in LOCATION_HEADS,
        "legal form": last in LEGAL_FORMS,
        "body start": first in ORGANISATION_STARTS,
        "body word inside": any(word in ORGANISATION_HEADS for word in inner),
        "place word inside": any(word in LOCATION_HEADS for word in inner),
        "digit": any(c.isdigit() for c in surface),
        "hyphen": "-" in surface,
        "apostrophe": "'" in key,
        "domain": surface.endswith((".com", ".org", ".net")),
        "camel": any(a.islower() and b.isupper() for a, b in pairwise(surface)),
        f"people{one}": any(gazette.is_people(word) for word in parts),
        "short": len(last) < 4,
    }
    ending = [f"ending={last[-3:]}{one}", f"ending={last[-2:]}{one}"]
    holds = [f"holds={word}" for word in _INNER if word in parts[1:]]
    return [mark for mark, there in marks.items() if there] + ending + holds


def _two(parts: Sequence[str]) -> str:
    return " ".join(parts[:2]) if len(parts) > 2 else ""


def shared_words(labels: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """How the article's names share words: name key -> signs.

    `labels` holds the labels of each name's mentions. A single word may be the last word of a
    longer name, or the surname or given name of somebody the model calls a person.
    """
    signs: dict[str, set[str]] = defaultdict(set)
    for key, given in labels.items():
        parts = words_of(key)
        if len(parts) < 2:
            continue
        person = len(parts) <= 4 and given.count("PERSON") * 2 > len(given)
        for i, part in enumerate(parts):
            place = "last" if i == len(parts) - 1 else "first" if i == 0 else "middle"
            signs[part].add(f"{place} of another")
            if person and place != "middle":
                signs[part].add(f"{place} of a person")
    return signs


def named_signs(surface: str, mentions: Sequence[Seen], shared: Iterable[str]) -> dict[str, float]:
    """All signs of a name with their share among its mentions, 0 to 1."""
    count = len(mentions)
    signs: dict[str, float] = defaultdict(float)
    for mention in mentions:
        for sign in mention.signs:
            signs[sign] += 1 / count
    labels = Counter(mention.label for mention in mentions)
    signs |= dict.fromkeys((*own_signs(surface), *shared), 1.0)
    signs[f"mostly={labels.most_common(1)[0][0]}"] = 1.0
    signs["labelled"] = float(any(labels[label] for label in labels if label))
    signs["once"] = float(count == 1)
    signs["log of mentions"] = float(np.log(count))
    return signs
