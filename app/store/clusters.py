"""Clusters of near-duplicates: articles that print the same copy (`app.near_duplicates`).

Of a cluster the article that came first leads, and the others, each of them a copy of the leader's
text, are its duplicates, which lists leave out unless they are asked for. A copy of a copy alone is
none: by small steps everything would be a copy of everything. Arrivals change no leader, so that
what is listed stays the same while copies arrive. `article.cluster` is the leader's id.

Functions take a `Connection`; they open and commit nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, union_all, update

from app.near_duplicates import LEAST, SKETCH, containment, is_copy, shingles, sketch
from app.store.rows import table_of
from app.store.tables import Article, ArticleSketch, Revision

# The newest articles of one hash that are looked at: a phrase that an outlet prints below all its
# articles is in the sketches of many.
_OF_A_HASH = 8
# So many articles, those with the most hashes in common, are compared word by word.
_COMPARED = 5

_article = table_of(Article)
_revision = table_of(Revision)
_sketch = table_of(ArticleSketch)

_NEWEST = (_revision.c.article == _article.c.pk) & (_revision.c.n == _article.c.current_revision)


def _with_hash(name: str) -> Any:
    some = select(_sketch.c.article).where(
        _sketch.c.hash == bindparam(name), _sketch.c.article != bindparam("article")
    )
    newest = some.order_by(_sketch.c.article.desc()).limit(_OF_A_HASH).subquery()
    return select(newest.c.article)


_HASHES = [f"hash_{number}" for number in range(SKETCH)]
_shared = union_all(*map(_with_hash, _HASHES)).subquery()
_ALIKE: Any = (
    select(_shared.c.article)
    .group_by(_shared.c.article)
    .order_by(func.count().desc(), _shared.c.article)
    .limit(bindparam("most"))
)
# An article that follows another one stands for that one.
_LEADERS: Any = (
    select(func.coalesce(_article.c.cluster, _article.c.uid))
    .where(_article.c.pk.in_(bindparam("pks", expanding=True)))
    .distinct()
)
_TEXTS: Any = (
    select(
        _article.c.pk, _article.c.uid, _article.c.cluster, _article.c.publisher, _revision.c.text
    )
    .select_from(_article.join(_revision, _NEWEST))
    .order_by(_article.c.pk)
)
_WITH_ID = _TEXTS.where(_article.c.uid.in_(bindparam("uids", expanding=True)))
_FOLLOWERS = _TEXTS.where(_article.c.cluster == bindparam("cluster"), _article.c.is_duplicate)
_OWN: Any = select(_article.c.cluster, _article.c.publisher).where(
    _article.c.pk == bindparam("article")
)
_FORGET = delete(_sketch).where(_sketch.c.article == bindparam("gone"))


def settle(
    connection: Connection, article: int, uid: str, before: str | None, after: str | None
) -> list[str]:
    """Carry the change of an article's text into the clusters; None where none is shown.

    Answers the ids of other articles that lead, or follow, otherwise than before.
    """
    if before == after:
        return []
    if before is not None:
        connection.execute(_FORGET, {"gone": article})
    found = shingles(after) if after is not None else frozenset()
    cluster, publisher = connection.execute(_OWN, {"article": article}).one()
    changed: set[str] = set()
    if cluster == uid:
        changed |= _led(connection, article, uid, found, publisher)
    elif cluster is not None:
        changed |= _followed(connection, article, cluster, found, publisher)
    if changed:
        cluster = connection.execute(_OWN, {"article": article}).one().cluster
    hashes = sketch(found)
    if hashes:
        if cluster is None:
            changed |= _join(connection, article, found, publisher)
        rows = [{"hash": number, "article": article} for number in hashes]
        connection.execute(insert(_sketch), rows)
    return sorted(changed - {uid})


def _followed(
    connection: Connection,
    article: int,
    leader: str,
    found: Collection[int],
    publisher: str | None,
) -> set[str]:
    """Leave a leader whose text is no longer alike."""
    [first] = connection.execute(_WITH_ID, {"uids": [leader]})
    if _likeness(found, publisher, first) > 0:
        return set()
    _put(connection, [article], None)
    return {leader, *_dissolved(connection, first)}


def _led(
    connection: Connection,
    article: int,
    uid: str,
    found: Collection[int],
    publisher: str | None,
) -> set[str]:
    """Let those go whose text is no longer alike; each finds another leader, the oldest first."""
    followers = connection.execute(_FOLLOWERS, {"cluster": uid}).all()
    freed = [row for row in followers if _likeness(found, publisher, row) == 0]
    changed = {row.uid for row in freed}
    if len(freed) == len(followers):
        _put(connection, [article], None)
    _put(connection, [row.pk for row in freed], None)
    waiting = {row.pk for row in freed}
    for row in freed:
        waiting.discard(row.pk)
        changed |= _join(connection, row.pk, shingles(row.text), row.publisher, waiting)
    return changed


def _dissolved(connection: Connection, leader: Any) -> set[str]:
    """What leads nothing is no cluster."""
    if connection.execute(_FOLLOWERS.limit(1), {"cluster": leader.uid}).first() is not None:
        return set()
    _put(connection, [leader.pk], None)
    return {leader.uid}


def _join(
    connection: Connection,
    article: int,
    found: Collection[int],
    publisher: str | None,
    besides: Collection[int] = (),
) -> set[str]:
    """Follow the leader, or lone article, that is most like it, where one is; none of `besides`.

    Answers whom it follows.
    """
    hashes = dict(zip(_HASHES, sketch(found), strict=False))
    if len(hashes) < SKETCH:
        return set()
    values = {**hashes, "article": article, "most": _COMPARED + len(besides)}
    pks = [pk for pk in connection.execute(_ALIKE, values).scalars() if pk not in besides]
    if not pks:
        return set()
    uids = connection.execute(_LEADERS, {"pks": pks[:_COMPARED]}).scalars().all()
    leader, best = None, 0.0
    for row in connection.execute(_WITH_ID, {"uids": uids}).all():
        likeness = _likeness(found, publisher, row)
        if likeness > best:
            leader, best = row, likeness
    if leader is None:
        return set()
    if leader.cluster is None:
        _put(connection, [leader.pk], leader.uid, leads=True)
    _put(connection, [article], leader.uid)
    return {leader.uid}


def _likeness(found: Collection[int], publisher: str | None, other: Any) -> float:
    """How much of the shorter text stands in the other one; 0 where it is no copy.

    Where an outlet is not known, both may be of the same.
    """
    if len(found) < LEAST:
        return 0.0
    contained = containment(found, shingles(other.text))
    one_outlet = None in (publisher, other.publisher) or publisher == other.publisher
    return contained if is_copy(contained, one_outlet=one_outlet) else 0.0


def _put(
    connection: Connection, articles: Sequence[int], cluster: str | None, *, leads: bool = False
) -> None:
    chosen = update(_article).where(_article.c.pk == bindparam("key"))
    is_duplicate = cluster is not None and not leads
    changed = chosen.values(cluster=cluster, is_duplicate=is_duplicate)
    if articles:
        connection.execute(changed, [{"key": pk} for pk in articles])
