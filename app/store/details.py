"""What an article's current extraction says of its entities: salience, place and roles.

Places are summed over articles in `entity_place`, in the transaction that changes what is summed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlmodel import col

from app.domain import ArticleEntity, Located, Place, Span
from app.identity import name_norm
from app.store.rows import insert_missing, inserting, table_of
from app.store.tables import EntityPlace, ExtractionEntity, ExtractionRow, PlaceRow, RoleRow

# (entity, key of a place) → what one article adds to `articles` and `weight`
Shares = Mapping[tuple[int, str], tuple[int, int]]

# The unit of `weight`: shares are summed as integers, so that what is taken off again leaves
# nothing behind.
UNITS = 1000

_CURRENT = select(col(ExtractionRow.pk)).where(
    col(ExtractionRow.article) == bindparam("article"), col(ExtractionRow.is_current)
)
_RESOLVED = select(col(ExtractionEntity.resolved)).where(
    col(ExtractionEntity.extraction).in_(_CURRENT.scalar_subquery())
)
_LOCATED: Any = select(
    col(ExtractionEntity.entity),
    col(ExtractionEntity.place),
    col(ExtractionEntity.confidence),
    col(ExtractionEntity.alternatives),
).where(
    col(ExtractionEntity.extraction).in_(_CURRENT.scalar_subquery()),
    col(ExtractionEntity.place).is_not(None),
    col(ExtractionEntity.entity).is_not(None),
)
_SUM = (col(EntityPlace.entity) == bindparam("of")) & (col(EntityPlace.place) == bindparam("at"))
_ADD = (
    update(EntityPlace.__table__)  # type: ignore[attr-defined]
    .where(_SUM)
    .values(
        articles=col(EntityPlace.articles) + bindparam("d_articles"),
        weight=col(EntityPlace.weight) + bindparam("d_weight"),
    )
)
_DROP = delete(EntityPlace.__table__).where(  # type: ignore[attr-defined]
    _SUM, col(EntityPlace.articles) == 0, col(EntityPlace.weight) == 0
)


@dataclass(slots=True)
class _Detail:
    """What an article says of one entity on record; `roles` by their norm."""

    salience: float | None = None
    located: Located | None = None
    roles: dict[str, Span] = field(default_factory=dict)


def forget(connection: Connection, article: int) -> set[int]:
    """Delete what the article's current extraction says; gives the entities that it resolved."""
    values = {"article": article}
    entities = set(connection.execute(_RESOLVED, values).scalars())
    for model in (ExtractionEntity, RoleRow):
        extraction: Any = col(model.extraction)
        connection.execute(delete(model).where(extraction.in_(_CURRENT.scalar_subquery())), values)
    return entities


def write_details(
    connection: Connection,
    made: int,
    text: str,
    found: Sequence[ArticleEntity],
    entities: Sequence[int],
    sort_at: datetime,
) -> None:
    """Store what the now current extraction `made` of an article says of its entities.

    `entities` are the keys of `found`, in order. Two entities of the article that are one on record
    are taken together.
    """
    details = _by_entity(text, found, entities)
    _write_places(connection, (d.located for d in details.values() if d.located is not None))
    if details:
        connection.execute(
            insert(table_of(ExtractionEntity)),
            [_row(made, entity, detail) for entity, detail in details.items()],
        )
    roles = [
        {
            "extraction": made,
            "resolved": entity,
            "entity": entity,
            "norm": norm,
            "start": span.start,
            "end": span.end,
            "text": span.of(text),
            "sort_at": sort_at,
        }
        for entity, detail in details.items()
        for norm, span in detail.roles.items()
    ]
    if roles:
        connection.execute(insert(table_of(RoleRow)), roles)


def _by_entity(
    text: str, found: Sequence[ArticleEntity], entities: Sequence[int]
) -> dict[int, _Detail]:
    details: dict[int, _Detail] = defaultdict(_Detail)
    for key, entity in zip(entities, found, strict=True):
        detail = details[key]
        if entity.salience is not None:
            detail.salience = max(detail.salience or 0.0, entity.salience)
        detail.located = detail.located or entity.located
        for span in entity.roles:
            detail.roles.setdefault(name_norm(span.of(text)), span)
    return details


def _row(made: int, entity: int, detail: _Detail) -> dict[str, Any]:
    located = detail.located
    return {
        "extraction": made,
        "resolved": entity,
        "entity": entity,
        "salience": detail.salience,
        "place": None if located is None else located.place.key,
        "confidence": None if located is None else located.confidence,
        "alternatives": None if located is None else _alternatives(located),
    }


def _alternatives(located: Located) -> list[tuple[str, float]]:
    """The other places, each once."""
    shares: dict[str, float] = {}
    for place, score in located.alternatives:
        if place.key != located.place.key:
            shares.setdefault(place.key, score)
    return list(shares.items())


def _write_places(connection: Connection, located: Iterable[Located]) -> None:
    """The gazetteer's places on record as it has them now."""
    places: dict[str, Place] = {}
    for one in located:
        for place in (one.place, *(other for other, _ in one.alternatives)):
            places[place.key] = place
    if not places:
        return
    columns = ("key", "name", "kind", "lat", "lon", "country", "region", "population")
    rows = [{name: getattr(place, name) for name in columns} for place in places.values()]
    statement = inserting(connection, PlaceRow)
    changed = {name: statement.excluded[name] for name in columns[1:]}
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changed), rows)


def shares(connection: Connection, article: int) -> Shares:
    """What the article's current rows add to `entity_place`."""
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for row in connection.execute(_LOCATED, {"article": article}):
        found[row.entity, row.place] = (1, _weight(row.confidence))
        for place, score in row.alternatives or ():
            weight = _weight(score)
            if weight:
                found[row.entity, place] = (0, weight)
    return found


def _weight(share: float) -> int:
    """A share in `UNITS`, rounded as `check` does it in SQL."""
    return int(share * UNITS + 0.5)


def apply(connection: Connection, before: Shares, after: Shares) -> None:
    """Add the difference of two `shares` to the sums; a place that nothing attests goes."""
    nothing = (0, 0)
    changes = []
    for key in sorted(before.keys() | after.keys()):
        (old_articles, old), (articles, new) = before.get(key, nothing), after.get(key, nothing)
        if (old_articles, old) != (articles, new):
            deltas = {"d_articles": articles - old_articles, "d_weight": new - old}
            changes.append({"of": key[0], "at": key[1], **deltas})
    if not changes:
        return
    insert_missing(
        connection,
        EntityPlace,
        [{"entity": c["of"], "place": c["at"], "articles": 0, "weight": 0} for c in changes],
    )
    connection.execute(_ADD, changes)
    gone = [{"of": entity, "at": place} for entity, place in sorted(before.keys() - after.keys())]
    if gone:
        connection.execute(_DROP, gone)
