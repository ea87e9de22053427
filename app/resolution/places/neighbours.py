"""Placing what no gazetteer has by the places around it: "Hopkins Park" is where the story plays.

The article's places vote: those that stand close by in the text, have others near them on the map,
and are no larger than a county count most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import NEAR, Located
from app.resolution.places.focus import Focus
from app.resolution.places.toponyms import Toponym

EXACTNESS = {"town": 3.0, "airport": 3.0, "county": 2.5, "area": 2.0, "sea": 1.5, "region": 1.5}
"""How well a place of a kind stands for what is in it."""
REACH = 1000.0
"""Code points of text between two mentions at which one's say for the other is halved."""
TRUST = 0.6
"""Of such answers six in ten were within 161 km on the development articles."""
WINDOW = 50
"""Toponyms before and after, in text order, that are asked: keeps the cost linear."""


def completed(
    toponyms: Sequence[Toponym], answers: Sequence[Located | None]
) -> list[Located | None]:
    """The answers, with one for each toponym without an answer that stands where any other has one.

    The place of such an answer has the key NEAR and the key of the place it was taken from.
    """
    focus = Focus()
    for answer in answers:
        if answer is not None:
            focus.add(answer.place, answer.confidence)
    made = list(answers)
    for number, answer in enumerate(answers):
        if answer is None and toponyms[number].names:
            made[number] = _from_others(number, toponyms, answers, focus)
    return made


def _from_others(
    number: int, toponyms: Sequence[Toponym], answers: Sequence[Located | None], focus: Focus
) -> Located | None:
    best, most = None, 0.0
    for other in range(max(0, number - WINDOW), min(len(toponyms), number + WINDOW + 1)):
        answer = answers[other]
        if answer is None:
            continue
        exactness = EXACTNESS.get(answer.place.kind, 1.0)
        gap = _gap(toponyms[number], toponyms[other])
        say = (focus.near(answer.place)[0] + 0.3 * exactness) * answer.confidence
        say /= 1 + gap / REACH
        if say > most:
            best, most = answer, say
    if best is None:
        return None
    place = replace(best.place, key=f"{NEAR}{best.place.key}", kind="area", population=0)
    return Located(place, round(TRUST * best.confidence, 4))


def _gap(one: Toponym, other: Toponym) -> int:
    if not one.spans or not other.spans:
        return 0
    start = one.spans[0].start
    return min(abs(span.start - start) for span in other.spans[:WINDOW])
