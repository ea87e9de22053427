from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import pytest

from app.domain import Located, Place, Span
from app.identity import name_norm
from app.resolution.places.spans import locate_spans


class Shelf:
    """A gazetteer of a few places; counts how often it is asked."""

    def __init__(self, places: Mapping[str, Sequence[Place]]) -> None:
        self.places = {name_norm(name): bearers for name, bearers in places.items()}
        self.asked = 0

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Place]]:
        self.asked += 1
        return {name: self.places[name] for name in names if name in self.places}


def town(
    name: str, lat: float, lon: float, country: str, region: str, population: int = 10_000
) -> Place:
    return Place(f"geonames:{name}/{region}", name, "town", lat, lon, country, region, population)


USA = Place("geonames:6252001", "United States", "country", 39.8, -98.6, "US", None, 330_000_000)
FRANCE = Place("geonames:3017382", "France", "country", 46.0, 2.0, "FR", None, 67_000_000)
GEORGIA = Place("geonames:614540", "Georgia", "country", 42.0, 43.5, "GE", None, 3_700_000)
QATAR = Place("geonames:289688", "Qatar", "country", 25.5, 51.25, "QA", None, 2_700_000)
TEXAS = Place("geonames:4736286", "Texas", "region", 31.3, -99.2, "US", None, 29_000_000)
TENNESSEE = Place("geonames:4662168", "Tennessee", "region", 35.8, -86.3, "US", None, 6_900_000)
US_GEORGIA = Place("geonames:4197000", "Georgia", "region", 32.8, -83.5, "US", None, 10_700_000)
PARIS = town("Paris", 48.85, 2.35, "FR", "Île-de-France", 2_138_551)
PARIS_TEXAS = town("Paris", 33.66, -95.55, "US", "Texas", 24_782)
PARIS_TENNESSEE = town("Paris", 36.30, -88.33, "US", "Tennessee", 10_099)
DALLAS = town("Dallas", 32.78, -96.81, "US", "Texas", 1_300_000)
LYON = town("Lyon", 45.75, 4.85, "FR", "Auvergne-Rhône-Alpes", 522_000)
ATLANTA = town("Atlanta", 33.75, -84.39, "US", "Georgia", 498_000)
TBILISI = town("Tbilisi", 41.69, 44.83, "GE", "Tbilisi", 1_049_000)
HENRY = Place("fips:47079", "Henry County", "county", 36.33, -88.30, "US", "Tennessee", 15_000)
HENRY_GEORGIA = Place(
    "fips:13151", "Henry County", "county", 33.45, -84.15, "US", "Georgia", 90_000
)
RAMSTEIN = town("Ramstein-Miesenbach", 49.44, 7.56, "DE", "Rhineland-Palatinate", 8_078)

PLACES: dict[str, Sequence[Place]] = {
    "United States": [USA], "US": [USA], "France": [FRANCE], "French": [FRANCE],
    "Georgia": [US_GEORGIA, GEORGIA], "Georgian": [GEORGIA], "Qatar": [QATAR], "Texas": [TEXAS],
    "Tennessee": [TENNESSEE], "Paris": [PARIS, PARIS_TEXAS, PARIS_TENNESSEE], "Dallas": [DALLAS],
    "Lyon": [LYON], "Atlanta": [ATLANTA], "Tbilisi": [TBILISI],
    "Henry County": [HENRY_GEORGIA, HENRY], "Ramstein": [RAMSTEIN],
}  # fmt: skip


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(PLACES)


Found = dict[str, Located | None]
Locate = Callable[..., Found]


@pytest.fixture
def place(shelf: Shelf) -> Locate:
    """Where each of the surfaces is, all their occurrences in the text being mentions."""

    def located(text: str, *surfaces: str) -> Found:
        spans = [Span(at, at + len(s)) for s in surfaces for at in occurrences(text, s)]
        found = locate_spans(text, spans, shelf)
        return {span.of(text): answer for span, answer in zip(spans, found, strict=True)}

    return located


def occurrences(text: str, surface: str) -> list[int]:
    """Where a surface stands in a text."""
    return [at for at in range(len(text)) if text.startswith(surface, at)]
