"""From the locations of one article to places on the map.

`toponyms` reads what the article says of its locations, `candidates` finds the places they might
be, `evidence` says what speaks for each, `scorer` weighs it, `neighbours` places what no gazetteer
has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import Document, Extraction, Gazetteer, Located, Place
from app.resolution.places import candidates, hints, neighbours
from app.resolution.places.scorer import believe, weights
from app.resolution.places.toponyms import Toponym, toponyms_of

ALTERNATIVES = 3
"""How many other places an answer names."""
DOUBTFUL = 0.35
"""A candidate so much less likely than none of them gives way to the place's neighbours; measured
best among 0.1, 0.2, 0.35 and 0.6 on the development articles, by very little."""
UNLIKELY = 0.01
"""Alternatives that are believed in less are not worth naming."""


def locate(document: Document, extraction: Extraction, gazetteer: Gazetteer) -> Extraction:
    """The extraction with `located` set on every location entity that could be placed.

    One entity is one place throughout the article. The gazetteer is asked once. A location that it
    does not have is placed by its neighbours (`neighbours`), under a key of its own and with a low
    confidence; None stays where the article has no place at all.
    """
    toponyms = toponyms_of(document, extraction)
    if not toponyms:
        return extraction
    ordered = sorted(toponyms.values(), key=_first)
    located = dict(
        zip(map(id, ordered), resolve(document, extraction, ordered, gazetteer), strict=True)
    )
    entities = tuple(
        replace(entity, located=located[id(toponyms[number])]) if number in toponyms else entity
        for number, entity in enumerate(extraction.entities)
    )
    return replace(extraction, entities=entities)


def _first(toponym: Toponym) -> int:
    return toponym.spans[0].start if toponym.spans else -1


def resolve(
    document: Document, extraction: Extraction, toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> list[Located | None]:
    """Where each toponym is; toponyms in text order."""
    hinted = hints.hints_of(document, extraction, toponyms)
    found = gazetteer.named(candidates.asked(toponyms) | hinted.keys())
    candidates.fill(toponyms, found)
    beliefs = believe(toponyms, hints.focus_of_hints(hinted, found), weights())
    answers = [_located(t.candidates, b) for t, b in zip(toponyms, beliefs, strict=True)]
    sure = [
        answer if _stands(answer, b) else None for answer, b in zip(answers, beliefs, strict=True)
    ]
    completed = neighbours.completed(toponyms, sure)
    return [_with_own(beside, own) for beside, own in zip(completed, answers, strict=True)]


def _with_own(beside: Located | None, own: Located | None) -> Located | None:
    """The answer, with the candidate that gave way to the neighbours as an alternative."""
    if beside is None or own is None or beside is own or own.place == beside.place:
        return beside or own
    return replace(beside, alternatives=((own.place, own.confidence), *own.alternatives[:2]))


def _stands(answer: Located | None, shares: Sequence[float]) -> bool:
    """Whether the candidate is likelier than that the place is none of them, but near others."""
    elsewhere = 1 - sum(shares)
    return answer is not None and answer.confidence >= DOUBTFUL * elsewhere


def _located(places: Sequence[Place], shares: Sequence[float]) -> Located | None:
    if not places:
        return None
    ranked = sorted(zip(places, shares, strict=True), key=lambda pair: -pair[1])
    (best, share), *others = ranked
    likely = [(place, round(s, 4)) for place, s in others[:ALTERNATIVES] if s >= UNLIKELY]
    return Located(best, round(share, 4), tuple(likely))
