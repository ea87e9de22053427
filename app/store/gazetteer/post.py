"""What the American post knows: its offices, with counties and telephone area codes (zipcodes)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from statistics import median
from typing import Any

import zipcodes

from app.domain import Place
from app.store.gazetteer.entry import Entry


@cache
def offices() -> list[dict[str, Any]]:
    """The post offices that have a point; clear the cache when the gazetteer is built."""
    return [z for z in zipcodes.list_all() if z["lat"] and z["zip_code_type"] != "MILITARY"]


def point(office: Mapping[str, Any]) -> tuple[float, float]:
    """Latitude and longitude."""
    return float(office["lat"]), float(office["long"])


def without_saint(name: str) -> str:
    """A name for comparison with GeoNames', which writes "Saint" or "St." as it likes."""
    return re.sub(r"\bSaint\b|\bSt\.", "St", name).casefold()


def area_codes() -> Iterator[Entry]:
    """Where American telephone numbers begin with what: a hint to where an article plays."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for office in offices():
        for code in office["area_codes"]:
            points[code].append(point(office))
    for code, there in sorted(points.items()):
        name = f"area code {code}"
        lat, lon = median(p[0] for p in there), median(p[1] for p in there)
        yield Entry(Place(f"telephone:{code}", name, "area", lat, lon, "US"), (name,))
