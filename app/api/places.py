"""From places of the store and of the extraction to the schemas of answers."""

from __future__ import annotations

from typing import Any

from app.api.schemas import places as p
from app.domain import Located, Place
from app.store.read.entities import EntityRow
from app.store.read.places import Ranked, Whereabouts

# Shares of evidence are no more exact than that.
_DIGITS = 4


def place(found: Whereabouts | None) -> p.Place | None:
    """Where an entity is, as the store has it."""
    if found is None:
        return None
    return p.Place(
        **_fields(found.best.place),
        confidence=round(found.best.share, _DIGITS),
        alternatives=[
            p.OtherPlace(**_fields(other.place), score=round(other.share, _DIGITS))
            for other in found.alternatives
        ],
    )


def located(found: Located | None) -> p.Place | None:
    """Where an entity is, as an extraction has it."""
    if found is None:
        return None
    alternatives = [Ranked(other, score) for other, score in found.alternatives]
    return place(Whereabouts(Ranked(found.place, found.confidence), alternatives))


def _fields(found: Place) -> dict[str, Any]:
    return {
        "key": found.key,
        "name": found.name,
        "kind": found.kind,
        "lat": found.lat,
        "lon": found.lon,
        "country": found.country,
        "region": found.region,
    }


def feature(row: EntityRow, found: Whereabouts) -> p.LocationFeature:
    """A location as GeoJSON."""
    there = found.best.place
    return p.LocationFeature(
        type="Feature",
        id=row.uid,
        geometry=p.Point(type="Point", coordinates=(there.lon, there.lat)),
        properties=p.LocationProperties(
            name=row.name,
            place=there.name,
            place_key=there.key,
            place_kind=there.kind,
            country=there.country,
            region=there.region,
            confidence=round(found.best.share, _DIGITS),
            articles=row.articles,
            mentions=row.mentions,
            quoted_about=row.quoted_about,
            first_seen=row.first_seen.date(),
            last_seen=row.last_seen.date(),
        ),
    )
