"""Undoing a correction, in whatever order; what others say of the same thing stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from app.corrections.editing import Edit, lay_again, log_entities
from app.errors import ConflictError, NotFoundError
from app.store import correctable, correction_log, entity_edits, reassignments
from app.store.correction_log import Logged
from app.store.merges import groups
from app.store.profiles import hand_over


def undo(connection: Connection, edit: Edit, uid: str) -> Logged:
    """Undo the correction of that id, which stays in the log.

    Raises NotFoundError, and ConflictError where it cannot be undone, or not yet.
    """
    found = correction_log.logged(connection, uid)
    if found is None:
        raise NotFoundError(f"There is no correction {uid!r}. Take ids from /v1/corrections.")
    if found.undone_by is not None:
        raise ConflictError("This correction has been undone already.")
    if found.kind not in _UNDOING:
        raise ConflictError(_FINAL.get(found.kind, "This cannot be undone."))
    made = correction_log.record(
        connection,
        "undo",
        found.target,
        new={"correction": uid},
        article=found.article,
        **edit.signed(),
    )
    correction_log.mark_undone(connection, found.pk, made.pk)
    _UNDOING[found.kind](connection, edit, found)
    return made


_FINAL = {
    "withdrawal": "A withdrawal is final: what the article said has been erased.",
    "undo": "Make the correction again instead of undoing its undoing.",
}


def _of_quote(connection: Connection, edit: Edit, found: Logged) -> None:
    assert found.article is not None
    lay_again(connection, [found.article], edit.at)


def _rename(connection: Connection, edit: Edit, found: Logged) -> None:
    row = correctable.entity_of(connection, found.target)
    standing = correction_log.in_force(connection, "rename", found.target)
    name = standing[-1].new["name"] if standing else found.anchor["name"]
    entity_edits.set_name(connection, row.pk, name, is_renamed=bool(standing))
    if found.new["name"] != name:
        entity_edits.drop_alias(connection, row.pk, found.new["name"])
    log_entities(connection, (found.target,), edit.at)


def _merge(connection: Connection, edit: Edit, found: Logged) -> None:
    row = correctable.entity_of(connection, found.target)
    into = correctable.root_of(connection, row)
    _require_shown(into)
    affected = {*_articles(connection, row), *correctable.corrected_to(connection, into.pk)}
    entity_edits.set_merged(connection, row.pk, None)
    lay_again(connection, sorted(affected), edit.at)
    entity_edits.widen_again(connection, [row.pk, into.pk])
    log_entities(connection, (row.uid, into.uid), edit.at)


def _split(connection: Connection, edit: Edit, found: Logged) -> None:
    row = correctable.entity_of(connection, found.target)
    part = correctable.entity_of(connection, found.new["entity"])
    if part.merged_into is not None:
        raise ConflictError(f"The part {part.uid!r} was merged since: undo that merge first.")
    _require_shown(part)
    into = correctable.root_of(connection, row)
    _require_shown(into)
    if into.pk == part.pk:
        raise ConflictError(
            f"{row.uid!r} was merged into the part {part.uid!r} since: undo that merge first."
        )
    affected = _articles(connection, part)
    for article, entity in sorted(reassignments.give_back(connection, found.pk).items()):
        hand_over(connection, article, {part.pk}, entity)
    # Extraction anew resolves to the part itself, and its id is known outside.
    entity_edits.set_merged(connection, part.pk, row.pk)
    lay_again(connection, affected, edit.at)
    entity_edits.widen_again(connection, [into.pk])
    log_entities(connection, (part.uid, into.uid), edit.at)
    renamed = correction_log.logged(connection, found.new.get("rename") or "")
    if renamed is not None and renamed.undone_by is None:
        undo(connection, edit, renamed.uid)


def _suppression(connection: Connection, edit: Edit, found: Logged) -> None:
    row = correctable.entity_of(connection, found.target)
    affected = _articles(connection, row)
    entity_edits.set_suppressed(connection, row, False, edit.at)
    lay_again(connection, affected, edit.at)
    entity_edits.widen_again(connection, [row.pk])
    log_entities(connection, (row.uid,), edit.at)


def _require_shown(row: Any) -> None:
    if row.status != "active":
        raise ConflictError(f"{row.uid!r} is suppressed: undo that first.")


def _articles(connection: Connection, row: Any) -> list[int]:
    return correctable.articles_of(connection, groups(connection, [row.pk])[row.pk])


_UNDOING: dict[str, Callable[[Connection, Edit, Logged], None]] = {
    "speaker": _of_quote,
    "rejection": _of_quote,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "suppression": _suppression,
}
