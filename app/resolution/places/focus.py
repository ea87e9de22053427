"""What an article is believed to be about: its places by state, division and square degree.

Adding places and asking for those near a point cost the same however many there are, which keeps
the whole resolution linear in the article's length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain import Place
from app.geometry import distance

NEAR = 60.0
"""Km at which nearness is halved."""
FAINT = 0.003
"""A belief that counts for nothing."""

Square = tuple[int, int]
Division = tuple[str, str]


@dataclass(slots=True)
class Cell:
    """The places in one square degree: how many, and the sums of their positions."""

    mass: float = 0.0
    lat: float = 0.0
    lon: float = 0.0


@dataclass(slots=True)
class Focus:
    """Places counted by how far they are believed in.

    `states` and `divisions` count what lies in them, `said_…` how often they are named themselves;
    `wide` counts all, states too, by squares of eight degrees.
    """

    mass: float = 0.0
    states: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    divisions: defaultdict[Division, float] = field(default_factory=lambda: defaultdict(float))
    said_states: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    said_divisions: defaultdict[Division, float] = field(default_factory=lambda: defaultdict(float))
    cells: defaultdict[Square, Cell] = field(default_factory=lambda: defaultdict(Cell))
    wide: defaultdict[Square, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, place: Place, weight: float) -> None:
        """Count a place; take it away again with a negative weight."""
        self.mass += weight
        if place.kind == "continent":
            return
        self.wide[square(place, 8)] += weight
        state = place.country or ""
        if place.kind == "country":
            self.said_states[state] += weight
            return
        self.states[state] += weight
        if place.kind == "region":
            self.said_divisions[state, place.name] += weight
            return
        if place.region:
            self.divisions[state, place.region] += weight
        cell = self.cells[square(place, 1)]
        cell.mass += weight
        cell.lat += weight * place.lat
        cell.lon += weight * place.lon

    def add_all(self, places: Iterable[Place], shares: Iterable[float], sign: int = 1) -> None:
        """Count a toponym's candidates by their shares."""
        for place, share in zip(places, shares, strict=True):
            if share >= FAINT:
                self.add(place, sign * share)

    def near(self, place: Place) -> tuple[float, float]:
        """How many places are near, and how near the nearest square of them is, in [0, 1]."""
        total = best = 0.0
        row, column = square(place, 1)
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                cell = self.cells.get((i, j))
                if cell is None or cell.mass < FAINT:
                    continue
                lat, lon = cell.lat / cell.mass, cell.lon / cell.mass
                far = distance(place.lat, place.lon, lat, lon) / NEAR
                closeness = 1 / (1 + far * far)
                total += cell.mass * closeness
                best = max(best, min(1.0, cell.mass) * closeness)
        return total, best

    def around(self, place: Place) -> float:
        """How many places are in the same part of the world."""
        row, column = square(place, 8)
        wide = self.wide
        return sum(
            wide[i, j]
            for i in (row - 1, row, row + 1)
            for j in (column - 1, column, column + 1)
            if (i, j) in wide
        )


def square(place: Place, degrees: int) -> Square:
    """The square of the grid that a place is in."""
    return int(place.lat // degrees), int(place.lon // degrees)


def focus_of(candidates: Sequence[Sequence[Place]], beliefs: Sequence[Sequence[float]]) -> Focus:
    """What the article is about, each toponym counting once."""
    focus = Focus()
    for places, shares in zip(candidates, beliefs, strict=True):
        focus.add_all(places, shares)
    return focus
