"""Scores for toponyms: is the place the right one?

Gold entities with coordinates are `{"start", "end", "label", "lat", "lon", "geonames"?, "cc"?,
"country"?}`; `cc` is ISO 3166-1 alpha-2, `country` a state's name in English. An answer is right
within 161 km (100 miles; Leidner 2007), or if it is the same GeoNames entry: a large country has no
useful point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.domain import Located, Place, Span
from app.geometry import SAME_PLACE, distance

LABEL = "LOCATION"

Row = Mapping[str, Any]


class Atlas(NamedTuple):
    """The resolver that is scored.

    `locate` gives the places of spans of a text, in their order, None for what is not found;
    `code_of` the ISO 3166-1 alpha-2 code of a state's name, for gold that has names alone.
    """

    locate: Callable[[str, Sequence[Span]], Sequence[Located | None]]
    code_of: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class ToponymScore:
    """Shares of the gold toponyms with coordinates (`country`: of those with a country)."""

    toponyms: int
    with_country: int
    answered: float
    within: float
    country: float | None


def is_right(place: Place, entity: Row) -> bool:
    """Whether a place is the gold one."""
    if distance(entity["lat"], entity["lon"], place.lat, place.lon) <= SAME_PLACE:
        return True
    return bool(entity.get("geonames")) and place.key == f"geonames:{entity['geonames']}"


def score_toponyms(gold: Iterable[Row], atlas: Atlas) -> ToponymScore | None:
    """Score a resolver on gold spans; None where gold has no coordinates.

    All location spans are handed over, also those without coordinates: they are context.
    """
    pairs: list[tuple[Row, Place | None]] = []
    for row in gold:
        toponyms = _with_coordinates(row, atlas)
        if not toponyms:
            continue
        spans = [_span(e) for e in row["entities"] if e["label"] == LABEL]
        answers = dict(zip(spans, atlas.locate(row["text"], spans), strict=True))
        for entity in toponyms:
            located = answers[_span(entity)]
            pairs.append((entity, None if located is None else located.place))
    return _scored(pairs)


def score_own_toponyms(
    gold: Iterable[Row], predicted: Iterable[Row], atlas: Atlas
) -> ToponymScore | None:
    """Score a system's own mentions: one that overlaps a gold toponym answers for it.

    Predicted mentions are `{"start", "end", "label", "lat"?, "lon"?, "country"?, "place_key"?}`; of
    several that overlap the first counts.
    """
    mine = {row["id"]: [e for e in row["entities"] if e["label"] == LABEL] for row in predicted}
    pairs: list[tuple[Row, Place | None]] = []
    for row in gold:
        for entity in _with_coordinates(row, atlas):
            overlapping = (m for m in mine.get(row["id"], ()) if _span(m).overlaps(_span(entity)))
            pairs.append((entity, next(filter(None, map(_place, overlapping)), None)))
    return _scored(pairs)


def _span(entity: Row) -> Span:
    return Span(entity["start"], entity["end"])


def _place(mention: Row) -> Place | None:
    if mention.get("lat") is None or mention.get("lon") is None:
        return None
    key = str(mention.get("place_key"))
    return Place(key, "", "", mention["lat"], mention["lon"], mention.get("country"))


def _with_coordinates(row: Row, atlas: Atlas) -> list[Row]:
    """The gold toponyms of an article that are scored, all with `cc` where it is known."""
    found = [e for e in row["entities"] if e["label"] == LABEL and "lat" in e]
    return [
        {**e, "cc": e.get("cc") or (atlas.code_of(e["country"]) if e.get("country") else None)}
        for e in found
    ]


def _scored(pairs: Sequence[tuple[Row, Place | None]]) -> ToponymScore | None:
    if not pairs:
        return None
    answered = [(entity, place) for entity, place in pairs if place is not None]
    with_country = sum(bool(entity["cc"]) for entity, _ in pairs)
    country = sum(
        bool(entity["cc"]) and place.country == entity["cc"] for entity, place in answered
    )
    return ToponymScore(
        toponyms=len(pairs),
        with_country=with_country,
        answered=len(answered) / len(pairs),
        within=sum(is_right(place, entity) for entity, place in answered) / len(pairs),
        country=country / with_country if with_country else None,
    )
