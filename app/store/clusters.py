"""Clusters of near-duplicates: articles that print the same copy (`app.near_duplicates`).

Of a cluster the article that came first leads, and the others are its duplicates, which lists leave
out unless they are asked for. Which one leads changes only when it is withdrawn or no longer like
any other: what is listed stays the same while copies arrive. `article.cluster` is the leader's id.

Functions take a `Connection`; they open and commit nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, union_all, update

from app.near_duplicates import SKETCH, containment, is_copy, shingles, sketch
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
    .limit(_COMPARED)
)
_TEXTS: Any = (
    select(_article.c.pk, _article.c.uid, _article.c.cluster, _revision.c.text)
    .select_from(_article.join(_revision, _NEWEST))
    .order_by(_article.c.pk)
)
_AMONG = _TEXTS.where(_article.c.pk.in_(bindparam("pks", expanding=True)))
_OTHERS = _TEXTS.where(
    _article.c.cluster == bindparam("cluster"), _article.c.pk != bindparam("article")
).limit(_COMPARED)
_CLUSTER: Any = select(_article.c.cluster).where(_article.c.pk == bindparam("article"))
_MEMBERS: Any = (
    select(_article.c.pk, _article.c.uid)
    .where(_article.c.cluster == bindparam("cluster"))
    .order_by(_article.c.pk)
)


def settle(
    connection: Connection, article: int, uid: str, before: str | None, after: str | None
) -> list[str]:
    """Carry the change of an article's text into the clusters; None where none is shown.

    Answers the ids of other articles that lead, or follow, otherwise than before.
    """
    if before == after:
        return []
    if before is not None:
        _forget(connection, article, sketch(shingles(before)))
    cluster = connection.execute(_CLUSTER, {"article": article}).scalar_one()
    found = shingles(after) if after is not None else frozenset()
    changed = []
    if cluster is not None and not _fits(connection, article, cluster, found):
        changed += _leave(connection, article, uid, cluster)
        cluster = None
    hashes = sketch(found)
    if cluster is None and hashes:
        changed += _join(connection, article, found, hashes)
    if hashes:
        rows = [{"hash": number, "article": article} for number in hashes]
        connection.execute(insert(_sketch), rows)
    return changed


def _forget(connection: Connection, article: int, hashes: Collection[int]) -> None:
    if hashes:
        gone = delete(_sketch).where(
            _sketch.c.hash.in_(bindparam("hashes", expanding=True)), _sketch.c.article == article
        )
        connection.execute(gone, {"hashes": list(hashes)})


def _fits(connection: Connection, article: int, cluster: str, found: Collection[int]) -> bool:
    """Whether a text is still like one of its cluster."""
    others = connection.execute(_OTHERS, {"cluster": cluster, "article": article})
    return any(is_copy(found, shingles(row.text)) for row in others)


def _leave(connection: Connection, article: int, uid: str, cluster: str) -> list[str]:
    _put(connection, [article], None)
    left = connection.execute(_MEMBERS, {"cluster": cluster}).all()
    if len(left) == 1:
        # What is like nothing else is no cluster.
        _put(connection, [left[0].pk], None)
    elif cluster == uid:
        first, *others = left
        _put(connection, [first.pk], first.uid, leads=True)
        _put(connection, [row.pk for row in others], first.uid)
    else:
        return [cluster]
    return [row.uid for row in left]


def _join(
    connection: Connection, article: int, found: Collection[int], hashes: Sequence[int]
) -> list[str]:
    """Follow the article that is most like it, where one is."""
    values = dict(zip(_HASHES, hashes, strict=True))
    pks = connection.execute(_ALIKE, {**values, "article": article}).scalars().all()
    best, best_of = None, 0.0
    for row in connection.execute(_AMONG, {"pks": pks}) if pks else ():
        theirs = shingles(row.text)
        copied = containment(found, theirs)
        if is_copy(found, theirs) and copied > best_of:
            best, best_of = row, copied
    if best is None:
        return []
    if best.cluster is None:
        _put(connection, [best.pk], best.uid, leads=True)
    leader: str = best.cluster or best.uid
    _put(connection, [article], leader)
    return [leader]


def _put(
    connection: Connection, articles: Sequence[int], cluster: str | None, *, leads: bool = False
) -> None:
    chosen = update(_article).where(_article.c.pk == bindparam("key"))
    is_duplicate = cluster is not None and not leads
    changed = chosen.values(cluster=cluster, is_duplicate=is_duplicate)
    if articles:
        connection.execute(changed, [{"key": pk} for pk in articles])
