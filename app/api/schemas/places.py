"""Places on the map in answers: as a part of entities, and as GeoJSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.common import Next, Schema, Total

_KIND = "country, region, county, town, airport, continent, sea or area."
_COUNTRY = "ISO 3166-1 alpha-2 code."

Latitude = Annotated[float, Field(ge=-90, le=90, description="Degrees, WGS 84.")]
Longitude = Annotated[float, Field(ge=-180, le=180, description="Degrees, WGS 84.")]
Share = Annotated[float, Field(ge=0, le=1)]


class PlaceCore(Schema):
    """A place of the gazetteer."""

    key: Annotated[str, Field(description="The gazetteer's source and its id there.")]
    name: str
    kind: Annotated[str, Field(description=_KIND)]
    lat: Latitude
    lon: Longitude
    country: Annotated[str | None, Field(description=_COUNTRY)]
    region: Annotated[str | None, Field(description="First-order division: state, province, …")]


class OtherPlace(PlaceCore):
    """A place that it may be as well."""

    score: Annotated[Share, Field(description="Its share of the evidence.")]


class Place(PlaceCore):
    """Where a location is: the likeliest place, how sure that is, and what else it may be."""

    confidence: Annotated[
        Share, Field(description="Its share of the evidence: not a calibrated probability.")
    ]
    alternatives: Annotated[list[OtherPlace], Field(description="Best first.")]


class Point(Schema):
    """A position: longitude, latitude."""

    type: Literal["Point"]
    coordinates: tuple[Longitude, Latitude]


class LocationProperties(Schema):
    """What is on record of a location; flat, as programs that draw maps like it."""

    name: str
    place: Annotated[str, Field(description="Name of the place in the gazetteer.")]
    place_key: Annotated[str, Field(description="The gazetteer's source and its id there.")]
    place_kind: Annotated[str, Field(description=_KIND)]
    country: Annotated[str | None, Field(description=_COUNTRY)]
    region: str | None
    confidence: Share
    articles: int
    mentions: int
    quoted_about: Annotated[int, Field(description="Quotes about it.")]
    first_seen: date
    last_seen: date


class LocationFeature(Schema):
    """A location; `id` is that of the entity."""

    type: Literal["Feature"]
    id: str
    geometry: Point
    properties: LocationProperties


class LocationCollection(Schema):
    """A page of locations as GeoJSON (RFC 7946); `next`, `total`, `stable` as in other lists."""

    type: Literal["FeatureCollection"]
    features: list[LocationFeature]
    next: Next
    total: Total
    stable: Annotated[bool, Field(description="As in `GET /v1/locations`.")]
