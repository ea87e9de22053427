"""External ids of entities, and the names that authority files give them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain import ResolvedEntity
from app.identity import name_norm
from app.store.candidates import write_keys
from app.store.entities import add_aliases, entity_row
from app.store.merges import ENTITY, surviving
from app.store.profiles import add_description
from app.store.rows import insert_missing
from app.store.tables import Entity, EntityPlace, ExternalId, PlaceRow

ORIGIN = "authority"


def entity_of(connection: Connection, authority: str, id: str) -> str | None:
    """The id on record of the entity that an authority's entry stands for, if it was loaded."""
    statement = ENTITY.join(ExternalId, col(ExternalId.entity) == col(Entity.pk)).where(
        col(ExternalId.authority) == authority, col(ExternalId.id) == id
    )
    rows = connection.execute(statement).all()
    return next((row.uid for row in surviving(connection, rows).values()), None)


def is_taken(connection: Connection, authority: str, uid: str) -> bool:
    """Whether another entry of the authority has the entity already."""
    statement = (
        select(col(ExternalId.id))
        .join(Entity, col(Entity.pk) == col(ExternalId.entity))
        .where(col(ExternalId.authority) == authority, col(Entity.uid) == uid)
    )
    return connection.execute(statement).first() is not None


def places_of(connection: Connection, uid: str) -> list[tuple[float, float]]:
    """Where articles locate an entity: degrees of WGS 84."""
    statement = (
        select(col(PlaceRow.lat), col(PlaceRow.lon))
        .join(EntityPlace, col(EntityPlace.place) == col(PlaceRow.key))
        .join(Entity, col(Entity.pk) == col(EntityPlace.entity))
        .where(col(Entity.uid) == uid, col(EntityPlace.articles) > 0)
    )
    return [(row.lat, row.lon) for row in connection.execute(statement)]


def write_entry(
    connection: Connection,
    authority: str,
    id: str,
    entry: ResolvedEntity,
    now: datetime,
    known: bool,
) -> None:
    """Store an entry's names, and its id where it is not `known`.

    A new entity has no article yet: it is found by the first that names it.
    """
    insert_missing(connection, Entity, [entity_row(entry.entity, entry.uid, now)])
    by_uid = ENTITY.where(col(Entity.uid) == entry.uid)
    pk = next(iter(surviving(connection, connection.execute(by_uid).all()).values())).pk
    surfaces = (entry.entity.name, *entry.entity.aliases)
    add_aliases(connection, {(pk, surface): name_norm(surface) for surface in surfaces}, ORIGIN)
    write_keys(connection, [entry], [pk])
    if not known:
        insert_missing(connection, ExternalId, [{"authority": authority, "id": id, "entity": pk}])
        if entry.traits is not None:
            add_description(connection, pk, entry.traits)
