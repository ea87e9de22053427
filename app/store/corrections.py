"""The log of corrections, and the rows that they change. What is served follows by `laying.py`."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, union, update
from sqlmodel import col

from app.identity import name_norm
from app.store import tombstones
from app.store.entities import MERGED, add_aliases
from app.store.merges import ENTITY, LONGEST_CHAIN, at_once, groups
from app.store.name_parts import write_name_parts
from app.store.rows import insert_missing, inserting, table_of
from app.store.served import reassigned
from app.store.tables import (
    Alias,
    Article,
    Correction,
    Entity,
    ExtractionEntity,
    ExtractionRow,
    MentionRow,
    NamePart,
    QuoteRow,
    Reassignment,
    Revision,
)

# A title and a surname are no full name: very many people share them.
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady"]
)
_REASSIGNED: Any = select(
    col(Reassignment.article),
    col(Reassignment.resolved),
    col(Reassignment.entity),
    col(Reassignment.correction),
)
# The origin of an alias that an editor gave.
EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Logged:
    """A correction as the log has it; `article` is the key of the article of a corrected quote."""

    pk: int
    uid: str
    kind: str
    target: str
    article: int | None
    old: Any
    new: Any
    undone_by: int | None


def new_uid() -> str:
    """An id for a correction: 120 random bits, since the same may be said twice."""
    return f"c_{base64.b32encode(secrets.token_bytes(15)).decode().lower()}"


def record(
    connection: Connection,
    kind: str,
    target: str,
    *,
    uid: str | None = None,
    actor: str,
    reason: str | None,
    at: datetime,
    old: Any = None,
    new: Any = None,
    article: int | None = None,
    anchor: dict[str, Any] | None = None,
) -> Logged:
    """Append a correction to the log."""
    uid = uid or new_uid()
    values = {
        "uid": uid,
        "kind": kind,
        "target": target,
        "article": article,
        "anchor": anchor,
        "old": old,
        "new": new,
        "actor": actor,
        "reason": reason,
        "at": at,
    }
    made = connection.execute(insert(table_of(Correction)).values(**values)).inserted_primary_key
    assert made is not None
    return Logged(int(made[0]), uid, kind, target, article, old, new, None)


def logged(connection: Connection, uid: str) -> Logged | None:
    """The correction of that id."""
    row: Any = connection.execute(_logged().where(col(Correction.uid) == uid)).one_or_none()
    return None if row is None else Logged(*row)


def in_force(connection: Connection, kind: str, target: str) -> list[Logged]:
    """The corrections of a kind that a target has and nobody undid, the oldest first."""
    statement = (
        _logged()
        .where(
            col(Correction.target) == target,
            col(Correction.kind) == kind,
            col(Correction.undone_by).is_(None),
        )
        .order_by(col(Correction.pk))
    )
    return [Logged(*row) for row in connection.execute(statement)]


def first_of(connection: Connection, kind: str, target: str) -> Logged | None:
    """The oldest correction of a kind that a target ever had."""
    statement = _logged().where(col(Correction.target) == target, col(Correction.kind) == kind)
    row: Any = connection.execute(statement.order_by(col(Correction.pk)).limit(1)).one_or_none()
    return None if row is None else Logged(*row)


def _logged() -> Any:
    return select(
        col(Correction.pk),
        col(Correction.uid),
        col(Correction.kind),
        col(Correction.target),
        col(Correction.article),
        col(Correction.old),
        col(Correction.new),
        col(Correction.undone_by),
    )


def mark_undone(connection: Connection, pk: int, by: int) -> None:
    """Note which correction undid another."""
    statement = update(Correction).where(col(Correction.pk) == pk)
    connection.execute(statement.values(undone_by=by))


# --- what there is to correct ---------------------------------------------------------------------


def entity_of(connection: Connection, uid: str) -> Any:
    """The row of an entity (`merges.ENTITY`), None for an unknown id."""
    return connection.execute(ENTITY.where(col(Entity.uid) == uid)).one_or_none()


def root_of(connection: Connection, row: Any) -> Any:
    """The row of what an entity was merged into, over merges of merges; its own otherwise."""
    for _ in range(LONGEST_CHAIN):
        if row.merged_into is None:
            break
        row = connection.execute(ENTITY.where(col(Entity.pk) == row.merged_into)).one()
    return row


def quote_of(connection: Connection, uid: str) -> Any:
    """The row of a quote with its article's uid and status, None for an unknown id."""
    quote = table_of(QuoteRow)
    statement = (
        select(
            quote,
            col(Article.uid).label("article_uid"),
            col(Article.status).label("article_status"),
            col(ExtractionRow.is_current),
            col(Entity.uid).label("speaker_uid"),
        )
        .join(Article, col(Article.pk) == quote.c.article)
        .join(ExtractionRow, col(ExtractionRow.pk) == quote.c.extraction)
        .outerjoin(Entity, col(Entity.pk) == quote.c.speaker)
        .where(quote.c.uid == uid)
    )
    return connection.execute(statement).one_or_none()


def quotes_beside(connection: Connection, quote: Any) -> list[str]:
    """The uids of the other quotes of a quote's extraction, served or not."""
    statement = select(col(QuoteRow.uid)).where(
        col(QuoteRow.article) == quote.article,
        col(QuoteRow.extraction) == quote.extraction,
        col(QuoteRow.pk) != quote.pk,
    )
    return sorted(connection.execute(statement).scalars())


def articles_of(connection: Connection, entities: Iterable[int]) -> list[int]:
    """The articles of which something is served, or was hidden, because of these entities."""
    found: set[int] = set()
    for some in at_once(entities):
        statement = union(
            select(col(ExtractionRow.article))
            .join(ExtractionEntity, col(ExtractionEntity.extraction) == col(ExtractionRow.pk))
            .where(col(ExtractionEntity.resolved).in_(some)),
            select(col(Reassignment.article)).where(col(Reassignment.entity).in_(some)),
            select(col(QuoteRow.article)).where(col(QuoteRow.speaker).in_(some)),
        )
        found |= set(connection.execute(statement).scalars())
    return sorted(found)


def corrected_to(connection: Connection, entity: int) -> list[int]:
    """The articles of quotes of which an editor said, or a merge made of it, that it speaks."""
    statement = select(col(QuoteRow.article)).where(
        col(QuoteRow.speaker) == entity, col(QuoteRow.is_corrected)
    )
    return sorted(set(connection.execute(statement).scalars()))


def served_articles(connection: Connection, entity: int) -> dict[str, int]:
    """The articles that mention an entity now, by uid."""
    statement = (
        select(col(Article.uid), col(Article.pk))
        .join(ExtractionRow, col(ExtractionRow.article) == col(Article.pk))
        .join(ExtractionEntity, col(ExtractionEntity.extraction) == col(ExtractionRow.pk))
        .where(
            col(ExtractionEntity.entity) == entity,
            col(ExtractionRow.is_current),
            col(Article.status) == "usable",
        )
    )
    rows: Any = connection.execute(statement)
    return {row.uid: row.pk for row in rows}


def served_as(connection: Connection, article: int, members: Collection[int]) -> list[int]:
    """What resolution found in an article that is served as one of `members`, splits counted."""
    statement = (
        select(col(ExtractionEntity.resolved))
        .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
        .where(col(ExtractionRow.article) == article, col(ExtractionRow.is_current))
    )
    parts = reassigned(connection, article)
    found = connection.execute(statement).scalars()
    return [pk for pk in found if parts.get(pk, pk) in members]


def seen_first(connection: Connection, articles: Collection[int]) -> datetime:
    """When the first of some articles sorts."""
    found: list[datetime] = [
        moment
        for some in at_once(sorted(articles))
        for moment in connection.execute(
            select(func.min(col(Article.sort_at))).where(col(Article.pk).in_(some))
        ).scalars()
    ]
    return min(found)


def surfaces_in(
    connection: Connection, articles: Collection[int], entities: Collection[int]
) -> list[str]:
    """The names under which articles mention entities (as resolution found them), longest first."""
    length = col(MentionRow.end) - col(MentionRow.start)
    surface = func.substr(col(Revision.text), col(MentionRow.start) + 1, length)
    found: set[str] = set()
    for some in at_once(sorted(articles)):
        statement = (
            select(surface)
            .select_from(table_of(MentionRow))
            .join(ExtractionRow, col(ExtractionRow.pk) == col(MentionRow.extraction))
            .join(Revision, col(Revision.pk) == col(ExtractionRow.revision))
            .where(
                col(ExtractionRow.article).in_(some),
                col(ExtractionRow.is_current),
                col(MentionRow.type) == "name",
                col(MentionRow.resolved).in_(sorted(entities)),
            )
        )
        found |= {" ".join(text.split()) for text in connection.execute(statement).scalars()}
    return sorted(found - {""}, key=lambda text: (-len(text), text))


# --- changing it ----------------------------------------------------------------------------------


def set_merged(connection: Connection, entity: int, into: int | None) -> None:
    """Make an entity one with another, or one of its own again, and its names with it."""
    before = connection.execute(select(col(Entity.merged_into)).where(col(Entity.pk) == entity))
    above = before.scalar_one() if into is None else into
    statement = update(Entity).where(col(Entity.pk) == entity)
    connection.execute(statement.values(merged_into=into))
    _share_up(connection, above)


def _share_up(connection: Connection, above: int | None) -> None:
    for _ in range(LONGEST_CHAIN):
        if above is None:
            break
        _share_names(connection, above)
        parent = select(col(Entity.merged_into)).where(col(Entity.pk) == above)
        above = connection.execute(parent).scalar_one()


def _share_names(connection: Connection, entity: int) -> None:
    """Give an entity the aliases of those that were merged into it, and of no others."""
    own = select(col(Entity.name)).where(col(Entity.pk) == entity)
    of_entity = col(Alias.entity) == entity
    connection.execute(
        delete(Alias).where(
            of_entity, col(Alias.origin) == MERGED, col(Alias.surface) != own.scalar_subquery()
        )
    )
    members = [pk for pk in groups(connection, [entity])[entity] if pk != entity]
    for some in at_once(members):
        surfaces = connection.execute(
            select(col(Alias.surface)).where(
                col(Alias.entity).in_(some), col(Alias.origin) != MERGED
            )
        ).scalars()
        add_aliases(connection, {(entity, s): name_norm(s) for s in surfaces}, MERGED)
    _renew_parts(connection, entity)


def _renew_parts(connection: Connection, entity: int) -> None:
    connection.execute(delete(NamePart).where(col(NamePart.entity) == entity))
    norms = connection.execute(select(col(Alias.norm)).where(col(Alias.entity) == entity))
    write_name_parts(connection, {(entity, norm) for norm in norms.scalars()})


def set_name(connection: Connection, entity: int, name: str, is_renamed: bool) -> None:
    """Give an entity its name on record; an editor's name stays whatever resolution finds."""
    add_aliases(connection, {(entity, name): name_norm(name)}, EDITOR)
    statement = update(Entity).where(col(Entity.pk) == entity)
    connection.execute(statement.values(name=name, is_renamed=is_renamed))


def drop_alias(connection: Connection, entity: int, surface: str) -> None:
    """Take back an alias that only an editor gave."""
    connection.execute(
        delete(Alias).where(
            col(Alias.entity) == entity,
            col(Alias.surface) == surface,
            col(Alias.origin) == EDITOR,
        )
    )
    _renew_parts(connection, entity)
    above = connection.execute(select(col(Entity.merged_into)).where(col(Entity.pk) == entity))
    _share_up(connection, above.scalar_one())


def set_suppressed(connection: Connection, row: Any, is_suppressed: bool, now: datetime) -> None:
    """Suppress an entity, or show it again; a person's full names stay out with it."""
    status = "suppressed" if is_suppressed else "active"
    connection.execute(update(Entity).where(col(Entity.pk) == row.pk).values(status=status))
    if not is_suppressed:
        tombstones.dig_up(connection, row.uid)
        return
    norms = connection.execute(select(col(Alias.norm)).where(col(Alias.entity) == row.pk)).scalars()
    full = {norm for norm in norms if " " in norm and norm.split()[0] not in _TITLES}
    names = {tombstones.name_of(row.kind, norm) for norm in {*full, name_norm(row.name)}}
    tombstones.bury(connection, row.uid, names, now)


def reassign(
    connection: Connection, rows: Collection[tuple[int, int]], entity: int, correction: int
) -> None:
    """Serve what resolution gives (article, entity) as another entity.

    What stood there before goes into the correction's anchor, for `give_back`.
    """
    before = [
        [row.article, row.resolved, row.entity, row.correction]
        for some in at_once({article for article, _ in rows})
        for row in connection.execute(_REASSIGNED.where(col(Reassignment.article).in_(some)))
        if (row.article, row.resolved) in rows
    ]
    connection.execute(
        update(Correction).where(col(Correction.pk) == correction).values(anchor={"before": before})
    )
    statement = inserting(connection, Reassignment)
    changed = {name: statement.excluded[name] for name in ("entity", "correction")}
    if rows:
        connection.execute(
            statement.on_conflict_do_update(index_elements=["article", "resolved"], set_=changed),
            [
                {"article": a, "resolved": r, "entity": entity, "correction": correction}
                for a, r in sorted(rows)
            ],
        )


def give_back(connection: Connection, correction: int) -> dict[int, int]:
    """Take the reassignments of a split back: to what stood there before, or to none.

    Those that a later split made its own stay. Gives, for each article, what is said of it now.
    """
    given: dict[int, int] = {}
    mine = _REASSIGNED.where(col(Reassignment.correction) == correction)
    for row in connection.execute(mine).all():
        entity, by = _before(connection, correction, row.article, row.resolved)
        here = (col(Reassignment.article) == row.article) & (
            col(Reassignment.resolved) == row.resolved
        )
        if entity is None:
            connection.execute(delete(Reassignment).where(here))
        else:
            change = update(Reassignment).where(here).values(entity=entity, correction=by)
            connection.execute(change)
        given.setdefault(row.article, row.resolved if entity is None else entity)
    return given


def _before(
    connection: Connection, correction: int | None, article: int, resolved: int
) -> tuple[int | None, int | None]:
    """What served (article, entity) before a split: the latest one that was not undone."""
    while correction is not None:
        statement = select(col(Correction.anchor)).where(col(Correction.pk) == correction)
        anchor = connection.execute(statement).scalar_one() or {}
        stood = [row for row in anchor.get("before", ()) if row[:2] == [article, resolved]]
        if not stood:
            break
        _, _, entity, correction = stood[0]
        undone = select(col(Correction.undone_by)).where(col(Correction.pk) == correction)
        if connection.execute(undone).scalar_one() is None:
            return entity, correction
    return None, None


def new_entity(connection: Connection, row: dict[str, Any], surfaces: Iterable[str]) -> int:
    """Insert an entity under its names; its key."""
    insert_missing(connection, Entity, [row])
    pk: int = connection.execute(ENTITY.where(col(Entity.uid) == row["uid"])).one().pk
    names = dict.fromkeys((row["name"], *surfaces))
    add_aliases(connection, {(pk, name): name_norm(name) for name in names}, "text")
    return pk


def widen_again(connection: Connection, entities: Collection[int]) -> None:
    """Make `first_seen` and `last_seen` of entities those of the articles that mention them."""
    for entity in sorted(entities):
        statement = (
            select(func.min(col(Article.sort_at)), func.max(col(Article.sort_at)))
            .select_from(table_of(ExtractionEntity))
            .join(ExtractionRow, col(ExtractionRow.pk) == col(ExtractionEntity.extraction))
            .join(Article, col(Article.pk) == col(ExtractionRow.article))
            .where(col(ExtractionEntity.entity) == entity)
        )
        first, last = connection.execute(statement).one()
        if first is not None:
            change = update(Entity).where(col(Entity.pk) == entity)
            connection.execute(change.values(first_seen=first, last_seen=last))
