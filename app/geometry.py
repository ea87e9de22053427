"""Distances on the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6371.0
"""In km; that of a sphere."""
SAME_PLACE = 161.0
"""In km, 100 miles: within that a toponym counts as found (Leidner 2007)."""


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points along a great circle (haversine), in km, from degrees."""
    one, two = radians(lat), radians(other_lat)
    across = sin(radians(other_lon - lon) / 2) ** 2
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * across
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))
