"""Correcting entities: their names, which of them are one, which of them may be shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection

from app.corrections.editing import Edit, active_entity, lay_again, log_entities, plain
from app.domain import ArticleEntity, EntityKind, ResolvedEntity
from app.errors import ConflictError, InvalidCorrectionError
from app.identity import entity_uid
from app.resolution.authority import keys_of
from app.store import correctable, correction_log, entity_edits, reassignments
from app.store.candidates import write_keys
from app.store.correction_log import Logged
from app.store.entities import entity_row
from app.store.merges import groups
from app.store.profiles import hand_over

LONGEST_NAME = 500


def rename(connection: Connection, edit: Edit, uid: str, name: str) -> Logged:
    """Give an entity its name on record. Raises NotFoundError, GoneError, ConflictError."""
    row = active_entity(connection, uid)
    name = _name(name)
    standing = correction_log.in_force(connection, "rename", uid)
    made = correction_log.record(
        connection,
        "rename",
        uid,
        old={"name": row.name},
        new={"name": name},
        # The name that no editor gave: it comes back once all renames are undone.
        anchor=standing[-1].anchor if standing else {"name": row.name},
        **edit.signed(),
    )
    entity_edits.set_name(connection, row.pk, name, is_renamed=True)
    log_entities(connection, (uid,), edit.at)
    return made


def merge(connection: Connection, edit: Edit, uid: str, into: str) -> Logged:
    """Say that an entity is another one, whose id stays.

    Raises NotFoundError, GoneError, ConflictError.
    """
    row, other = active_entity(connection, uid), active_entity(connection, into)
    if row.pk == other.pk:
        raise ConflictError("An entity cannot be merged into itself; name another in `into`.")
    if row.kind != other.kind:
        raise ConflictError(
            f"{uid!r} is of kind {row.kind}, {into!r} of kind {other.kind}: they are not one."
        )
    made = correction_log.record(connection, "merge", uid, new={"into": into}, **edit.signed())
    affected = _articles(connection, row.pk)
    entity_edits.set_merged(connection, row.pk, other.pk)
    lay_again(connection, affected, edit.at)
    entity_edits.widen_again(connection, [other.pk])
    log_entities(connection, (uid, into), edit.at)
    return made


def split(
    connection: Connection, edit: Edit, uid: str, articles: Collection[str], name: str | None
) -> Logged:
    """Say that an entity is another person, organisation or place in some of its articles.

    `articles` are uids, `name` what it is called there. The id stays with the part of more
    articles, the other gets a new one: `new["entity"]` and `new["articles"]` of what is returned.
    Raises NotFoundError, GoneError, ConflictError, InvalidCorrectionError.
    """
    row = active_entity(connection, uid)
    name = None if name is None else _name(name)
    there = correctable.served_articles(connection, row.pk)
    strange = sorted(set(articles) - there.keys())
    if strange:
        raise InvalidCorrectionError(f"The article {strange[0]!r} does not mention {uid!r}.")
    listed = {there[article] for article in articles}
    rest = set(there.values()) - listed
    if not listed or not rest:
        raise ConflictError(
            "A split leaves something on both sides: list some of its articles, not all of them."
        )
    leaving = listed if len(listed) <= len(rest) else rest
    new_name = row.name if name is None or leaving is rest else name
    # The part that keeps the id is the one that was given a name.
    renamed = None
    if name is not None and leaving is rest:
        renamed = rename(connection, edit, uid, name).uid
    split_uid = correction_log.new_uid()
    made = correction_log.record(
        connection,
        "split",
        uid,
        uid=split_uid,
        new={
            "entity": entity_uid(row.kind, new_name, f"split:{split_uid}"),
            "name": new_name,
            "articles": sorted(article for article, pk in there.items() if pk in leaving),
            "rename": renamed,
        },
        **edit.signed(),
    )
    _move(connection, row, made, new_name, leaving)
    lay_again(connection, sorted(leaving), edit.at)
    new_pk = correctable.entity_of(connection, made.new["entity"]).pk
    entity_edits.widen_again(connection, [row.pk, new_pk])
    log_entities(connection, (uid, made.new["entity"]), edit.at)
    return made


def _move(
    connection: Connection, row: Any, made: Logged, name: str, leaving: Collection[int]
) -> None:
    """Make the new entity of a split, and give it its articles."""
    members = set(groups(connection, [row.pk])[row.pk])
    resolved = {article: correctable.served_as(connection, article, members) for article in leaving}
    raw = {pk for some in resolved.values() for pk in some}
    surfaces = correctable.surfaces_in(connection, leaving, raw)
    entity = ArticleEntity(EntityKind(row.kind), name, tuple(surfaces))
    uid = made.new["entity"]
    fresh = entity_row(entity, uid, correctable.seen_first(connection, leaving))
    pk = entity_edits.new_entity(connection, fresh, surfaces)
    write_keys(connection, [ResolvedEntity(entity, uid, keys_of(entity))], [pk])
    rows = {(article, one) for article, some in resolved.items() for one in some}
    reassignments.reassign(connection, rows, pk, made.pk)
    for article in sorted(leaving):
        hand_over(connection, article, members, pk)


def suppress(connection: Connection, edit: Edit, uid: str) -> Logged:
    """Stop showing an entity, what it says and what is said of it.

    Raises NotFoundError, GoneError, ConflictError.
    """
    row = active_entity(connection, uid)
    made = correction_log.record(
        connection, "suppression", uid, new={"suppressed": True}, **edit.signed()
    )
    affected = _articles(connection, row.pk)
    entity_edits.set_suppressed(connection, row, True, edit.at)
    lay_again(connection, affected, edit.at)
    log_entities(connection, (uid,), edit.at)
    return made


def _articles(connection: Connection, entity: int) -> Sequence[int]:
    return correctable.articles_of(connection, groups(connection, [entity])[entity])


def _name(name: str) -> str:
    folded = plain(name, "name")
    if len(folded) > LONGEST_NAME or not any(c.isalnum() for c in folded):
        raise InvalidCorrectionError(
            f"A name has a letter or digit and at most {LONGEST_NAME} characters."
        )
    return folded
