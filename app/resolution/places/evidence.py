"""What speaks for each candidate: interpretable features, computed from the whole article.

The kinds of evidence are those of the literature: population and kind (every baseline), containment
and sibling relations (Kamalloo and Rafiei 2018), nearness to the article's other places (Leidner's
minimality; Lieberman et al. 2010), each weighed by what the others are now believed to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log1p, log10
from typing import TypeVar

from app.domain import Place
from app.geometry import distance
from app.resolution.places.focus import Focus
from app.resolution.places.forms import folded, spellings
from app.resolution.places.toponyms import Toponym

OWN = ("country", "region", "county", "area", "alternate", "post", "population", "metropolis")
STATED = ("inside", "outside", "holds")
HINTED = ("hinted_region", "hinted_country", "hinted_near", "hinted")
CONTEXT = (
    "region_said", "country_said", "nearness", "nearest", "region_share", "country_share",
    "contains", "lead", "vicinity", "nearest_of", "region_of",
)  # fmt: skip
ALONE = (*OWN, *STATED, *HINTED)
"""Features that do not depend on what the other toponyms are believed to be."""

CONTAINED = 120.0
"""Km from the point of a county or an area within which a place may lie in it."""
STANDING = {"area": 1_000_000, "sea": 1_000_000, "continent": 10_000_000, "airport": 10_000}
"""Inhabitants of a town as well known as what has none."""
METROPOLIS = 400_000
"""Inhabitants of a town so large that its name means it rather than the region around it."""

# "Ramstein-Miesenbach", "Newcastle upon Tyne", "Frankfurt am Main" go by their first part.
_COMPOUND = re.compile(r"[-/]| (?:am|an|bei|im|in|on|ob|sur|upon) ")

Row = list[float]
K = TypeVar("K")


def alone(toponym: Toponym, inner: Sequence[Toponym], hints: Focus) -> list[Row]:
    """For each candidate the features of `ALONE`. `inner` are said to lie in the toponym."""
    parts = (_own(toponym), _stated(toponym, inner), _hinted(toponym, hints))
    return [[*own, *stated, *hinted] for own, stated, hinted in zip(*parts, strict=True)]


def _own(toponym: Toponym) -> list[Row]:
    """What its name and kind say."""
    names = [_is_own_name(place, toponym) for place in toponym.candidates]
    metropolis = any(
        own and place.kind == "town" and place.population > METROPOLIS
        for place, own in zip(toponym.candidates, names, strict=True)
    )
    return [
        [
            float(place.kind == "country"),
            float(place.kind == "region"),
            float(place.kind == "county"),
            float(place.kind in ("area", "sea", "continent")),
            float(not own),
            float(place.key.startswith("zip:")),
            log10(1 + (place.population or STANDING.get(place.kind, 0))) / 3,
            float(metropolis and place.kind == "region"),
        ]
        for place, own in zip(toponym.candidates, names, strict=True)
    ]


def _is_own_name(place: Place, toponym: Toponym) -> bool:
    """Whether the place's own name is among the surfaces, not only another name of it."""
    name = folded(place.name)
    return (
        name in toponym.names
        or _COMPOUND.split(name, maxsplit=1)[0] in toponym.names
        or name.removesuffix(" city") in toponym.names
        or any(s in toponym.names for s in spellings(name))
    )


def _stated(toponym: Toponym, inner: Sequence[Toponym]) -> list[Row]:
    """Whether it lies in what is said to hold it ("Paris, Texas"), and holds what it is said to."""
    rows = []
    for place in toponym.candidates:
        inside = any(lies_in(place, c) for places in toponym.containers for c in places)
        holds = any(lies_in(p, place) for other in inner for p in other.candidates)
        rows.append([float(inside), float(bool(toponym.containers) and not inside), float(holds)])
    return rows


def lies_in(place: Place, container: Place) -> bool:
    """Whether one place is in another, as far as a gazetteer without shapes can tell."""
    if place.key == container.key or place.country is None:
        return False
    if container.kind == "country":
        return place.country == container.country
    if place.kind == "country" or container.country != place.country:
        return False
    if container.kind == "region":
        return place.region == container.name
    near = distance(place.lat, place.lon, container.lat, container.lon) <= CONTAINED
    return near and container.kind == "county" and place.kind in ("town", "airport")


def _hinted(toponym: Toponym, hints: Focus) -> list[Row]:
    """How it fits what the article's other words hint at."""
    rows = []
    for place in toponym.candidates:
        state = place.country or ""
        pointlike = place.kind not in ("country", "region")
        rows.append([
            hints.said_divisions.get((state, place.region or ""), 0.0),
            hints.said_states.get(state, 0.0) if place.kind != "country" else 0.0,
            hints.near(place)[0] if pointlike and hints.cells else 0.0,
            hints.said_divisions.get((state, place.name), 0.0) if place.kind == "region" else 0.0,
        ])  # fmt: skip
    return rows


def in_context(candidates: Sequence[Place], focus: Focus, lead: Focus) -> list[Row]:
    """For each candidate how it fits the article's other places: the features of `CONTEXT`.

    `focus` and `lead` (the places named first) are without the toponym itself.
    """
    rows = [_fit(place, focus, lead) for place in candidates]
    for column in (CONTEXT.index("nearness"), CONTEXT.index("region_share")):
        # How it compares with its namesakes, however faint all of them are.
        most = max((row[column] for row in rows), default=0.0) + 0.001
        for row in rows:
            row.append(row[column] / most)
    return rows


def _fit(place: Place, focus: Focus, lead: Focus) -> Row:
    state = place.country or ""
    division = (state, place.region or "")
    total = 1 + max(focus.mass, 0.0)
    is_state = place.kind == "country"
    wide = is_state or place.kind == "continent"
    nearness, nearest = (0.0, 0.0) if wide else focus.near(place)
    in_state = _at(focus.states, state) if state else 0.0
    contains = in_state if is_state else 0.0
    if place.kind == "region":
        contains = _at(focus.divisions, (state, place.name))
    return [
        min(1.0, _at(focus.said_divisions, division)) if place.region else 0.0,
        0.0 if wide else min(1.0, _at(focus.said_states, state)),
        log1p(nearness),
        nearest,
        _at(focus.divisions, division) / total if place.region else 0.0,
        in_state / total,
        contains / total,
        0.0 if wide else lead.near(place)[1],
        max(0.0, focus.around(place)) / total,
    ]


def _at(counts: Mapping[K, float], key: K) -> float:
    # Taking a toponym's own share away may leave a rounding error below nothing.
    return max(0.0, counts.get(key, 0.0))
