"""Where entities are on the map: in one article, and over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain import Place
from app.store.details import UNITS
from app.store.merges import at_once
from app.store.read.base import entity_place, extraction_entity, place

# An entity's page shows so many alternatives; more are noise of single articles.
MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place with its share of the evidence, in [0, 1]."""

    place: Place
    share: float


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The likeliest place of an entity, and the others it may be, best first."""

    best: Ranked
    alternatives: Sequence[Ranked]


_FIELDS = ("key", "name", "kind", "lat", "lon", "country", "region", "population")
_COLUMNS = tuple(place.c[name] for name in _FIELDS)


def _place(row: Row[Any]) -> Place:
    values = row._mapping
    return Place(**{name: values[name] for name in _FIELDS})


def attested_places(connection: Connection, entities: Sequence[int]) -> dict[int, Whereabouts]:
    """Where the articles say that entities are; an entity without a place is left out.

    A place's share is the mean of its shares over the articles that locate the entity: of ten
    articles that mean Paris in France at 0.9 and of one that means Paris in Texas, the first has
    the most.
    """
    found: dict[int, list[tuple[int, int, Place]]] = defaultdict(list)
    statement = select(
        entity_place.c.entity, entity_place.c.articles, entity_place.c.weight, *_COLUMNS
    ).join(place, place.c.key == entity_place.c.place)
    for some in at_once(entities):
        for row in connection.execute(statement.where(entity_place.c.entity.in_(some))):
            found[row.entity].append((row.weight, row.articles, _place(row)))
    return {entity: _summed(rows) for entity, rows in found.items()}


def _summed(rows: list[tuple[int, int, Place]]) -> Whereabouts:
    whole = UNITS * sum(articles for _, articles, _ in rows)
    rows.sort(key=lambda row: (-row[0], -row[1], row[2].key))
    ranked = [Ranked(place, weight / whole) for weight, _, place in rows]
    return Whereabouts(ranked[0], ranked[1 : 1 + MOST_ALTERNATIVES])


def located_in(
    connection: Connection, extraction: int, entities: Collection[int]
) -> dict[int, Whereabouts]:
    """Where one extraction says that some of its entities are."""
    columns = (
        extraction_entity.c.entity,
        extraction_entity.c.place,
        extraction_entity.c.confidence,
        extraction_entity.c.alternatives,
    )
    rows = connection.execute(
        select(*columns).where(
            extraction_entity.c.extraction == extraction,
            extraction_entity.c.entity.in_(entities),
            extraction_entity.c.place.is_not(None),
        )
    ).all()
    keys = {row.place for row in rows} | {key for row in rows for key, _ in row.alternatives or ()}
    known = _known(connection, keys)
    return {
        row.entity: Whereabouts(
            Ranked(known[row.place], row.confidence),
            [Ranked(known[key], score) for key, score in row.alternatives or ()],
        )
        for row in rows
    }


def _known(connection: Connection, keys: Iterable[str]) -> dict[str, Place]:
    return {
        row.key: _place(row)
        for some in at_once(sorted(keys))
        for row in connection.execute(select(*_COLUMNS).where(place.c.key.in_(some)))
    }
