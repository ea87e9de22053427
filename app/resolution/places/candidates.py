"""The places that an article's toponyms might be, as the gazetteer has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain import Place
from app.resolution.places.forms import reductions, spellings
from app.resolution.places.toponyms import Toponym

MOST = 60
"""Candidates of one toponym, the most populous: what keeps an article's cost linear."""

Found = Mapping[str, Sequence[Place]]


def asked(toponyms: Iterable[Toponym]) -> set[str]:
    """All names to ask the gazetteer for."""
    names: set[str] = set()
    for toponym in toponyms:
        for name in toponym.names:
            names.update(spellings(name))
            for less in reductions(name):
                names.update(spellings(less))
        for container in toponym.within:
            for name in container:
                names.update(spellings(name))
    return names


def fill(toponyms: Sequence[Toponym], found: Found) -> None:
    """Give each toponym its candidates, and the places it is said to lie in."""
    for toponym in toponyms:
        bearers: dict[str, Place] = {}
        for name in toponym.names:
            for place in _bearers(name, found):
                bearers.setdefault(place.key, place)
        ordered = sorted(bearers.values(), key=lambda place: (-place.population, place.key))
        toponym.candidates = ordered[:MOST]
        toponym.containers = [
            places for names in toponym.within if (places := _containers(names, toponym, found))
        ]


def _bearers(name: str, found: Found) -> list[Place]:
    """The places of a name, else those of a name that it contains ("north london")."""
    for form in (name, *reductions(name)):
        if places := [p for s in spellings(form) for p in found.get(s, ())]:
            return places
    return []


def _containers(names: Sequence[str], toponym: Toponym, found: Found) -> list[Place]:
    for name in names:
        if name in toponym.names:
            continue
        places = [p for s in spellings(name) for p in found.get(s, ()) if holds_others(p)]
        if places:
            return places
    return []


def holds_others(place: Place) -> bool:
    """Whether other places lie in it that are said to."""
    return place.kind in ("country", "region", "county")
