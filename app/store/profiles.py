"""What is told of entities beside names: their profiles, changed with the articles that tell it.

A profile is a sum over articles, of which the commonest terms are kept: it stays small however
many articles there are. What each article added is kept as well, and taken off when it is extracted
again or withdrawn, so that nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlmodel import col

from app.domain import ResolvedEntity, Traits
from app.store.merges import at_once
from app.store.rows import inserting
from app.store.tables import ArticleTraits, EntityTraits

# How many terms of each sort a profile keeps, by the letter that stands for the sort in JSON.
KEPT = {"r": 12, "w": 32, "p": 16, "t": 48, "c": 8, "o": 8, "h": 8, "b": 8, "d": 8, "k": 3}

DAYS_OF_DEATH = "d"

Json = dict[str, Any]

_OF_ENTITIES: Any = select(col(EntityTraits.entity), col(EntityTraits.traits)).where(
    col(EntityTraits.entity).in_(bindparam("pks", expanding=True))
)
_OF_ARTICLE: Any = select(col(ArticleTraits.traits)).where(
    col(ArticleTraits.article) == bindparam("article")
)


def as_json(traits: Traits) -> Json:
    """Traits as the database keeps them: a letter for each sort of terms, days as text.

    "v" is the vector of the context.
    """
    return {
        "n": traits.articles,
        "r": dict(traits.roles),
        "w": dict(traits.names),
        "p": dict(traits.places),
        "t": dict(traits.topics),
        "c": dict(traits.called),
        "o": dict(traits.outlets),
        "h": dict(traits.homes),
        "b": dict(traits.born),
        "d": dict(traits.dead),
        "k": dict(traits.read_as),
        "v": list(traits.context),
        "f": None if traits.first is None else traits.first.isoformat(),
        "l": None if traits.last is None else traits.last.isoformat(),
    }


def from_json(stored: Json) -> Traits:
    """The traits that `as_json` wrote."""
    return Traits(
        roles=stored["r"],
        names=stored["w"],
        places=stored["p"],
        topics=stored["t"],
        called=stored["c"],
        # Profiles of earlier versions have none.
        outlets=stored.get("o", {}),
        homes=stored.get("h", {}),
        born=stored.get("b", {}),
        dead=stored.get("d", {}),
        read_as=stored.get("k", {}),
        context=tuple(stored.get("v", ())),
        articles=stored["n"],
        first=None if stored["f"] is None else date.fromisoformat(stored["f"]),
        last=None if stored["l"] is None else date.fromisoformat(stored["l"]),
    )


def profiles(
    connection: Connection, entities: Collection[int], without: int | None = None
) -> dict[int, Json]:
    """The profiles of entities, by their keys, as stored; those without one are missing.

    What the article `without` told is taken off: it is no evidence for itself.
    """
    found: dict[int, Json] = {
        row.entity: row.traits
        for some in at_once(sorted(entities))
        for row in connection.execute(_OF_ENTITIES, {"pks": some})
    }
    for key, told in _told(connection, without) if without is not None else ():
        if key in found:
            found[key] = less(found[key], told)
    return found


def together(told: Iterable[Json]) -> Json | None:
    """Several profiles as one; None for none."""
    summed = None
    for profile in told:
        summed = more(summed, profile)
    return summed


def write_profiles(
    connection: Connection,
    article: int,
    resolved: Sequence[ResolvedEntity],
    entities: Sequence[int],
) -> None:
    """Add what an article says to its entities' profiles, in place of what it said before.

    `entities` are the keys of `resolved`, in order.
    """
    before = _told(connection, article)
    after = [
        (key, as_json(r.traits))
        for key, r in zip(entities, resolved, strict=True)
        if r.traits is not None
    ]
    _replace(connection, before, after)
    if after:
        statement = inserting(connection, ArticleTraits)
        changed = {"traits": statement.excluded.traits}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["article"], set_=changed),
            {"article": article, "traits": after},
        )
    elif before:
        connection.execute(delete(ArticleTraits).where(col(ArticleTraits.article) == article))


def hand_over(connection: Connection, article: int, entities: Collection[int], other: int) -> None:
    """Let what an article says of some entities be said of another one."""
    before = _told(connection, article)
    after = [(other if key in entities else key, traits) for key, traits in before]
    if after != before:
        _replace(connection, before, after)
        statement = update(ArticleTraits).where(col(ArticleTraits.article) == article)
        connection.execute(statement.values(traits=after))


def add_description(connection: Connection, entity: int, traits: Traits) -> None:
    """Add what an authority says of an entity; it counts as no article and stays."""
    _replace(connection, (), [(entity, as_json(traits))])


def _told(connection: Connection, article: int) -> list[tuple[int, Json]]:
    stored = connection.execute(_OF_ARTICLE, {"article": article}).scalar()
    return [(key, traits) for key, traits in stored or ()]


def _replace(
    connection: Connection,
    before: Iterable[tuple[int, Json]],
    after: Iterable[tuple[int, Json]],
) -> None:
    before, after = list(before), list(after)
    touched = {key for key, _ in (*before, *after)}
    standing = profiles(connection, touched)
    for key, told in before:
        if key in standing:
            standing[key] = less(standing[key], told)
    for key, told in after:
        standing[key] = more(standing.get(key), told)
    rows = [{"entity": key, "traits": cut(traits)} for key, traits in sorted(standing.items())]
    if rows:
        statement = inserting(connection, EntityTraits)
        changed = {"traits": statement.excluded.traits}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["entity"], set_=changed), rows
        )


def more(profile: Json | None, told: Json) -> Json:
    """A profile with what an article told added."""
    if profile is None:
        return told
    made: Json = {"n": profile["n"] + told["n"]}
    for sort in KEPT:
        terms = dict(profile.get(sort, {}))
        for term, n in told.get(sort, {}).items():
            # What is told again moves to the end: among equals the latest stay.
            terms[term] = terms.pop(term, 0) + n
        made[sort] = terms
    made["v"] = _summed(profile.get("v", ()), told.get("v", ()), 1)
    firsts = [d for d in (profile["f"], told["f"]) if d is not None]
    lasts = [d for d in (profile["l"], told["l"]) if d is not None]
    return made | {"f": min(firsts, default=None), "l": max(lasts, default=None)}


def less(profile: Json, told: Json) -> Json:
    """Without what an article told. Days stay: which article gave them is not known."""
    made: Json = {"n": max(0, profile["n"] - told["n"]), "f": profile["f"], "l": profile["l"]}
    for sort in KEPT:
        left: Mapping[str, int] = {
            term: n - told.get(sort, {}).get(term, 0) for term, n in profile.get(sort, {}).items()
        }
        made[sort] = {term: n for term, n in left.items() if n > 0}
    made["v"] = _summed(profile.get("v", ()), told.get("v", ()), -1)
    if not made["n"]:
        made |= {"f": None, "l": None, "v": []}
    return made


def _summed(vector: Sequence[int], told: Sequence[int], sign: int) -> list[int]:
    """A vector with another one added or taken off; either may be missing."""
    if not told or (vector and len(vector) != len(told)):
        # Vectors of another length were made by another version, and cannot be compared.
        return list(vector)
    return [a + sign * b for a, b in zip(vector or [0] * len(told), told, strict=True)]


def cut(profile: Json) -> Json:
    """The profile with no more terms than are kept: the commonest, among equals the latest.

    Of days of death the earliest. The profile itself is cut.
    """
    for sort, most in KEPT.items():
        terms: dict[str, int] = profile.get(sort, {})
        if len(terms) > most:
            order = {term: place for place, term in enumerate(terms)}
            if sort == DAYS_OF_DEATH:
                # Whoever died did so before the first article that says it.
                profile[sort] = {day: terms[day] for day in sorted(terms)[:most]}
                continue
            kept = sorted(terms, key=lambda term: (-terms[term], -order[term]))[:most]
            profile[sort] = {term: terms[term] for term in sorted(kept, key=order.__getitem__)}
    return profile
