"""The statements of type-ahead (`suggest.py`), in the words of each database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    column,
    func,
    or_,
    select,
    union_all,
)

from app.store.read.base import entity
from app.store.rows import table_of
from app.store.tables import NamePart

# What being quoted counts for, against being mentioned.
QUOTED = 5

_LAST = "\U0010ffff"
_UNFOLDING = {"sqlite": func.json_each, "postgresql": func.json_array_elements_text}

name_part = table_of(NamePart)

COLUMNS = (
    entity.c.pk,
    entity.c.uid,
    entity.c.kind,
    entity.c.name,
    entity.c.status,
    entity.c.merged_into,
    entity.c.articles,
    entity.c.mentions,
    entity.c.quotes,
    entity.c.quoted_about,
)
_SCORE = entity.c.mentions + QUOTED * entity.c.quotes
_IS_KIND = entity.c.kind.in_(bindparam("kinds", expanding=True))
_IS_SHOWN = and_(entity.c.status == "active", entity.c.mentions >= 1, _IS_KIND)


@dataclass(frozen=True, slots=True)
class Statements:
    """Built once: building them for each request would cost as much as running them."""

    numbers: Select[Any]
    read: Select[Any]
    by_part: Select[Any]
    by_entity: Select[Any]


def _unfolded(dialect: str, name: str) -> Any:
    """The strings of the list that parameter `name` is, as a table with the column `value`.

    One parameter for all: with one each, a statement would be compiled anew for every number.
    """
    function: Any = _UNFOLDING[dialect]
    return function(bindparam(name, type_=JSON)).table_valued(column("value", Text), name=name)


def _begins(start: ColumnElement[str]) -> ColumnElement[bool]:
    """A part begins with `start`, as a range of an index."""
    return and_(name_part.c.part >= start, name_part.c.part < start + _LAST)


def _numbers(starts: Any) -> Select[Any]:
    """How many parts begin with each of `starts` that some do, counted up to `most_parts`."""
    parts = select(name_part.c.part).where(_begins(starts.c.value))
    some = parts.limit(bindparam("most_parts")).correlate(starts).subquery()
    number = select(func.count()).select_from(some).correlate(starts).scalar_subquery()
    return select(
        starts.c.value,
        number.label("parts"),
        select(func.max(entity.c.pk)).scalar_subquery().label("entities"),
    ).where(parts.correlate(starts).exists())


def _reading(starts: Any) -> Select[Any]:
    source = starts.join(name_part, _begins(starts.c.value))
    parts = select(starts.c.value.label("start"), name_part.c.entity).select_from(source)
    found = parts.limit(bindparam("most_parts")).subquery()
    return (
        select(found.c.start, *COLUMNS)
        .select_from(found.join(entity, entity.c.pk == found.c.entity))
        .where(or_(entity.c.merged_into.is_not(None), _IS_SHOWN))
        .order_by(entity.c.merged_into.is_(None), _SCORE.desc(), entity.c.pk)
        .limit(bindparam("most"))
    )


def _taken(counter: Any, most: str) -> Select[Any]:
    """The entities with the highest counts, at most as many as parameter `most`."""
    taken = select(entity.c.pk).where(counter >= 1)
    if counter is entity.c.mentions:
        # Its index has the kind as well.
        taken = taken.where(_IS_KIND)
    highest = taken.order_by(counter.desc(), entity.c.pk.desc()).limit(bindparam(most)).subquery()
    return select(highest.c.pk)


_TAKEN = union_all(
    _taken(entity.c.mentions, "mentioned"), _taken(entity.c.quotes, "quoted")
).subquery("taken")
_START = bindparam("start", type_=name_part.c.part.type)
# Not the plain column: SQLite would look up the parts of each entity taken.
_HAVING_A_PART = select(name_part.c.entity).where(
    _begins(_START), (name_part.c.entity + 0).in_(select(_TAKEN.c.pk))
)
_ASKED_FOR_A_PART = select(_TAKEN.c.pk).where(
    select(name_part.c.entity)
    .where(name_part.c.entity == _TAKEN.c.pk, _begins(_START))
    .correlate(_TAKEN)
    .exists()
)


def _foremost(pks: Select[Any]) -> Select[Any]:
    return (
        select(*COLUMNS)
        .where(entity.c.pk.in_(pks), _IS_SHOWN)
        .order_by(_SCORE.desc(), entity.c.pk)
        .limit(bindparam("most"))
    )


@cache
def statements(dialect: str) -> Statements:
    """The statements for a dialect: their parameters are as `suggest._Search` gives them."""
    starts = _unfolded(dialect, "starts")
    return Statements(
        numbers=_numbers(starts),
        read=_reading(starts),
        by_part=_foremost(_HAVING_A_PART),
        by_entity=_foremost(_ASKED_FOR_A_PART),
    )
