"""Entities as their names are typed: whose names start so, the most quoted and mentioned first.

A name is found from any of its words on (`name_part`). Where few parts begin as typed, all their
entities are read and sorted. Where many do, the most mentioned and the most quoted entities of all
are taken together, the fewer the more parts there are, and those among them that have such a part
are found: by going through the parts, or, where those are very many, through the entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from math import isqrt
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from app.domain import EntityKind
from app.identity import name_norm
from app.store.merges import surviving
from app.store.name_parts import name_parts
from app.store.read.base import alias, entity
from app.store.read.suggest_statements import COLUMNS, QUOTED, statements
from app.store.read.typing_errors import forgiven

# The entities of so many parts, times the square root of the limit, are all read, at 3 µs each.
# Where there are more, so many entities are taken for each that is wanted that about three of them
# have one, at 1 µs each, but never more than is bearable. Going through the parts costs 0.3 µs
# each, asking an entity for its parts 6 µs (SQLite on two busy cores).
_PARTS = 400
_CHANCES = 3
_MOST_TAKEN = 10_000
_PARTS_AN_ENTITY = 20
# Counting on would cost more than it saves.
_MOST_PARTS = 12_000
# For one typing error: what is near to one frequent beginning is seldom near to others.
_MOST_FREQUENT = 1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity and the name it was found by; `is_fuzzy` where a typing error was forgiven."""

    uid: str
    kind: str
    name: str
    matched: str
    articles: int
    mentions: int
    quotes: int
    quoted_about: int
    is_fuzzy: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """An entity's row, the beginning that found it, and whose alias begins so: it may be merged."""

    row: Row[Any]
    start: str
    owner: int


def suggest(
    connection: Connection, typed: str, kinds: Sequence[str] | None, limit: int
) -> list[Suggestion]:
    """At most `limit` entities a word of whose names starts as typed, of some kinds (None: any).

    The first is the one with the most mentions and QUOTED times the quotes. Those that only a
    forgiven typing error finds come after all others, last those whose first letter was wrong.
    Any string may be typed; nothing is found by one without a letter or digit.
    """
    start = name_norm(typed)
    if not _may_begin_a_name(start):
        return []
    search = _Search(connection, kinds, limit)
    found = search.more({}, [start])
    exact = set(found)
    errors = forgiven(start)
    while len(found) < limit and (starts := next(errors, None)) is not None:
        found |= search.more(found, starts)
    names = _names(connection, found.values())
    return [_suggestion(match, names[pk], pk not in exact) for pk, match in found.items()]


def _may_begin_a_name(start: str) -> bool:
    # NUL and lone surrogates cannot be stored, and databases refuse to look for them.
    is_storable = "\0" not in start and not any("\ud800" <= c <= "\udfff" for c in start)
    return is_storable and any(c.isalnum() for c in start)


class _Search:
    """What is asked for every beginning: which kinds, and how many entities."""

    def __init__(self, connection: Connection, kinds: Sequence[str] | None, limit: int) -> None:
        self._connection = connection
        self._kinds = [str(kind) for kind in (EntityKind if kinds is None else kinds)]
        self._limit = limit
        self._most_parts = _PARTS * isqrt(limit)
        self._statements = statements(connection.dialect.name)

    def more(self, found: dict[int, _Match], starts: Sequence[str]) -> dict[int, _Match]:
        """The best entities that one of `starts` finds beside those `found`, up to `limit` in all.

        `starts` are distinct, the likeliest first.
        """
        rare, frequent = self._told_apart(starts)
        matches = self._read(rare) if rare else []
        for start, parts, entities in frequent[:_MOST_FREQUENT]:
            matches += self._among_the_foremost(start, parts, entities)
        best = [match for match in self._shown(matches) if match.row.pk not in found]
        return {match.row.pk: match for match in best[: self._limit - len(found)]}

    def _told_apart(self, starts: Sequence[str]) -> tuple[list[str], list[tuple[str, int, int]]]:
        """Beginnings of so few parts that all can be read; the frequent ones with their numbers.

        These are the number of parts and the number of all entities.
        """
        values = {"starts": list(starts), "most_parts": _MOST_PARTS}
        counted = self._connection.execute(self._statements.numbers, values).all()
        numbers = {row.value: (row.parts, row.entities) for row in counted}
        rare, frequent, together = [], [], 0
        for start in starts:
            parts, entities = numbers.get(start, (0, 0))
            if parts > self._most_parts:
                frequent.append((start, parts, entities))
            elif parts and together + parts <= self._most_parts:
                rare.append(start)
                together += parts
        return rare, frequent

    def _read(self, starts: Sequence[str]) -> list[_Match]:
        """The best of all entities that have parts, as far as there are no more than can be read.

        Merged entities come first: their rows say nothing of those that will be shown.
        """
        values = {"starts": list(starts), "kinds": self._kinds, "most_parts": self._most_parts}
        # An entity has a row for each of its parts.
        for most in (self._limit << doubled for doubled in count(2)):
            rows = self._connection.execute(self._statements.read, {**values, "most": most}).all()
            standing = {row.pk for row in rows if row.merged_into is None}
            if len(rows) < most or len(standing) >= self._limit:
                break
        return [_Match(row, row.start, row.pk) for row in rows]

    def _among_the_foremost(self, start: str, parts: int, entities: int) -> list[_Match]:
        """The best of the most mentioned and most quoted entities that have a part.

        Merged ones are not among them: those they were merged into have their aliases. Where too
        few are, the names have only rare entities, and some of these come as well.
        """
        taken = min(_CHANCES * self._limit * entities // parts, _MOST_TAKEN)
        by_entity = parts == _MOST_PARTS or parts > _PARTS_AN_ENTITY * taken
        statement = self._statements.by_entity if by_entity else self._statements.by_part
        values = {"start": start, "kinds": self._kinds, "most": 2 * self._limit}
        values |= {"mentioned": taken, "quoted": taken // 4}
        rows = self._connection.execute(statement, values).all()
        found = [_Match(row, start, row.pk) for row in rows]
        return found if len(found) >= self._limit else found + self._read([start])

    def _shown(self, matches: Sequence[_Match]) -> list[_Match]:
        """The entities that stand for those matched and are shown, each once, the best first."""
        rows = {match.owner: match.row for match in matches}
        now = surviving(self._connection, rows.values())
        missing = {row.pk for row in now.values()} - rows.keys()
        if missing:
            found = self._connection.execute(select(*COLUMNS).where(entity.c.pk.in_(missing)))
            rows |= {row.pk: row for row in found}
        shown: dict[int, _Match] = {}
        for match in matches:
            row = rows[now[match.owner].pk]
            is_active = row.status == "active" and row.merged_into is None
            if is_active and row.mentions and row.kind in self._kinds:
                shown.setdefault(row.pk, _Match(row, match.start, match.owner))
        return sorted(shown.values(), key=lambda match: (-_score(match.row), match.row.pk))


def _score(row: Row[Any]) -> int:
    score: int = row.mentions + QUOTED * row.quotes
    return score


_ALIASES = select(alias.c.entity, alias.c.surface, alias.c.norm).where(
    alias.c.entity.in_(bindparam("owners", expanding=True))
)


def _names(connection: Connection, matches: Iterable[_Match]) -> dict[int, str]:
    """The name by which each entity was found, as it is written: its own where that does."""
    matches = list(matches)
    owned: dict[int, list[tuple[str, str]]] = {}
    owners = {"owners": sorted({match.owner for match in matches})}
    for row in connection.execute(_ALIASES, owners).all():
        owned.setdefault(row.entity, []).append((row.surface, row.norm))
    return {match.row.pk: _name(match, owned.get(match.owner, ())) for match in matches}


def _name(match: _Match, aliases: Sequence[tuple[str, str]]) -> str:
    own: str = match.row.name
    fitting = [
        surface
        for surface, norm in ((own, name_norm(own)), *aliases)
        if any(part.startswith(match.start) for part in name_parts(norm))
    ]
    return min(fitting, key=lambda surface: (surface != own, len(surface), surface), default=own)


def _suggestion(match: _Match, matched: str, is_fuzzy: bool) -> Suggestion:
    row = match.row
    return Suggestion(
        uid=row.uid,
        kind=row.kind,
        name=row.name,
        matched=matched,
        articles=row.articles,
        mentions=row.mentions,
        quotes=row.quotes,
        quoted_about=row.quoted_about,
        is_fuzzy=is_fuzzy,
    )
