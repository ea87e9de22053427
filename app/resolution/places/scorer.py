"""How far each candidate is believed in: a conditional logit over the features, in three passes.

First each toponym by itself; then among what the others might be (their first beliefs flattened,
so that a namesake in the right county is not drowned by a metropolis); then, repeatedly, among what
the others are believed to be. That last pass also believes in none of them, the more so where the
name is that of a river, a park or a building. The weights were learnt by `app.training.places`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp
from operator import mul

from app.resolution.places import evidence
from app.resolution.places.evidence import Row
from app.resolution.places.focus import FAINT, Focus, focus_of
from app.resolution.places.forms import is_feature
from app.resolution.places.toponyms import Toponym

FLATTENED = 0.35
"""By how much first beliefs are flattened: the exponent of the shares."""
PASSES = 2
"""How often beliefs are revised by one another; a third changes next to nothing."""
LEAD = 2
"""How many toponyms an article leads with: its dateline and its first sentence."""

NOTHING = ("nothing", "nothing_for_a_feature")
"""The features of there being no right candidate: always 1, and 1 for rivers, parks, buildings."""

Beliefs = list[list[float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the three passes, each in the order of the features."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    third: tuple[float, ...]


@cache
def weights() -> Weights:
    """The weights that were learnt (`weights.json`, by pass and feature)."""
    raw = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    may = [f"may_{name}" for name in evidence.CONTEXT]
    names = {
        "first": evidence.ALONE,
        "second": (*evidence.ALONE, *may),
        "third": (*evidence.ALONE, *may, *evidence.CONTEXT, *NOTHING),
    }
    return Weights(**{key: tuple(raw[key][name] for name in of) for key, of in names.items()})


@dataclass(slots=True)
class Scene:
    """An article's toponyms with the evidence that does not change.

    `rows` and `may` are features by toponym and candidate.
    """

    toponyms: Sequence[Toponym]
    rows: list[list[Row]]
    may: list[list[Row]] = field(default_factory=list)


def scene(toponyms: Sequence[Toponym], hints: Focus) -> Scene:
    """The toponyms with what speaks for each candidate by itself."""
    bearers: dict[str, list[int]] = {}
    for number, toponym in enumerate(toponyms):
        for name in toponym.names:
            bearers.setdefault(name, []).append(number)
    inner: list[list[Toponym]] = [[] for _ in toponyms]
    for toponym in toponyms:
        for names in toponym.within:
            for number in {n for name in names for n in bearers.get(name, ())}:
                if toponyms[number] is not toponym:
                    inner[number].append(toponym)
    rows = [evidence.alone(t, held, hints) for t, held in zip(toponyms, inner, strict=True)]
    return Scene(toponyms, rows)


def nothing(toponym: Toponym) -> Row:
    """The features of `NOTHING`."""
    return [1.0, float(any(is_feature(name) for name in toponym.names))]


def believe(toponyms: Sequence[Toponym], hints: Focus, learnt: Weights) -> Beliefs:
    """For each toponym the shares of belief in its candidates; what lacks to one is in none."""
    seen = scene(toponyms, hints)
    beliefs = first_beliefs(seen, learnt)
    for _ in range(PASSES):
        beliefs = revised(seen, beliefs, learnt)
    return beliefs


def first_beliefs(seen: Scene, learnt: Weights) -> Beliefs:
    """Beliefs from each toponym itself and what the others might be; sets `seen.may`."""
    alone = [[dot(row, learnt.first) for row in rows] for rows in seen.rows]
    flat = [shares_of([FLATTENED * score for score in scores]) for scores in alone]
    seen.may = among(seen.toponyms, flat)
    return [
        shares_of([dot((*row, *may), learnt.second) for row, may in zip(rows, mays, strict=True)])
        for rows, mays in zip(seen.rows, seen.may, strict=True)
    ]


def revised(seen: Scene, beliefs: Beliefs, learnt: Weights) -> Beliefs:
    """The beliefs once each toponym has looked at the others.

    Candidates that are hardly believed in any more are given up, which halves the cost.
    """
    kept = [[n for n, share in enumerate(shares) if share >= FAINT] for shares in beliefs]
    contexts = among(seen.toponyms, beliefs, kept)
    candidate, none = learnt.third[: -len(NOTHING)], learnt.third[-len(NOTHING) :]
    made = []
    for number, (numbers, rows) in enumerate(zip(kept, contexts, strict=True)):
        alone, may = seen.rows[number], seen.may[number]
        scores = [
            dot((*alone[n], *may[n], *row), candidate) for n, row in zip(numbers, rows, strict=True)
        ]
        scores.append(dot(nothing(seen.toponyms[number]), none))
        shares = [0.0] * len(alone)
        for n, share in zip(numbers, shares_of(scores)[:-1], strict=True):
            shares[n] = share
        made.append(shares)
    return made


def among(
    toponyms: Sequence[Toponym],
    beliefs: Beliefs,
    kept: Sequence[Sequence[int]] | None = None,
) -> list[list[Row]]:
    """The features of `evidence.CONTEXT`, each toponym among the others.

    Those of every candidate, or of those whose numbers are `kept`.
    """
    focus = focus_of([t.candidates for t in toponyms], beliefs)
    lead = focus_of([t.candidates for t in toponyms[:LEAD]], beliefs[:LEAD])
    rows = []
    for number, (toponym, shares) in enumerate(zip(toponyms, beliefs, strict=True)):
        places = toponym.candidates
        looked_at = places if kept is None else [places[n] for n in kept[number]]
        counted = (focus, lead) if number < LEAD else (focus,)
        for counts in counted:
            counts.add_all(places, shares, -1)
        rows.append(evidence.in_context(looked_at, focus, lead))
        for counts in counted:
            counts.add_all(places, shares)
    return rows


def dot(row: Sequence[float], by: Sequence[float]) -> float:
    """The weighted sum of features."""
    total: float = sum(map(mul, row, by))
    return total


def shares_of(scores: Sequence[float]) -> list[float]:
    """Scores as shares that add up to one (softmax)."""
    highest = max(scores, default=0.0)
    powers = [exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
