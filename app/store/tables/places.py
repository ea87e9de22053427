"""Places of the gazetteer that articles were located at."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class PlaceRow(SQLModel, table=True):
    """A place of the gazetteer that some article was located at; `key` is its key there."""

    __tablename__ = "place"

    key: str = Field(primary_key=True)
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    region: str | None = None
    population: int = 0


class EntityPlace(SQLModel, table=True):
    """How well a place is attested for an entity, summed over `extraction_entity`.

    `articles` counts those that were located there; `weight` sums its shares of the evidence, in
    thousandths, of articles where it is an alternative as well. Like the counters of an entity both
    change in the transaction that changes the rows: an entity of a hundred thousand articles is
    shown on a map without reading them.
    """

    __tablename__ = "entity_place"

    entity: int = Field(foreign_key="entity.pk", primary_key=True)
    place: str = Field(foreign_key="place.key", primary_key=True)
    articles: int
    weight: int
