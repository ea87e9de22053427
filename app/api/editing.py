"""Requests that correct something: their precondition, their transaction, their answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.api.caching import answer
from app.api.dependencies import Database, DatabaseDep
from app.api.items import entity_item
from app.api.preconditions import condition, require_match
from app.api.schemas import corrections as c
from app.api.security import Actor, AdminActor
from app.corrections.editing import Edit, active_entity
from app.store.correction_log import Logged
from app.store.read import corrections as log


@dataclass(frozen=True, slots=True)
class Editing:
    """A request that corrects something: where, in whose name, and what its author saw."""

    request: Request
    database: Database
    actor: str
    if_match: str

    def correct(
        self,
        reason: str | None,
        seen: Callable[[Connection], Iterable[BaseModel]],
        work: Callable[[Connection, Edit], Logged],
    ) -> Response:
        """Do `work` in one transaction, if `If-Match` names one of `seen`; answers its entry."""
        edit = signed(self.actor, reason)

        def checked(connection: Connection) -> Logged:
            require_match(self.if_match, seen(connection))
            return work(connection, edit)

        return answer(self.request, entry_of(self.database, checked))

    def correct_entity(
        self, entity_id: str, reason: str | None, work: Callable[[Connection, Edit], Logged]
    ) -> Response:
        """`correct` for an entity."""

        def seen(connection: Connection) -> Iterable[BaseModel]:
            pk = active_entity(connection, entity_id).pk
            return (entity_item(connection, pk, with_proposals) for with_proposals in (False, True))

        return self.correct(reason, seen, work)


async def _editing(
    request: Request,
    database: DatabaseDep,
    actor: Actor,
    if_match: Annotated[str, Depends(condition)],
) -> Editing:
    return Editing(request, database, actor, if_match)


async def _admin_editing(
    request: Request,
    database: DatabaseDep,
    actor: AdminActor,
    if_match: Annotated[str, Depends(condition)],
) -> Editing:
    return Editing(request, database, actor, if_match)


EditingDep = Annotated[Editing, Depends(_editing)]
AdminEditingDep = Annotated[Editing, Depends(_admin_editing)]


def signed(actor: str, reason: str | None) -> Edit:
    """An edit of now."""
    return Edit(actor, datetime.now(UTC), reason)


def entry_of(database: Database, work: Callable[[Connection], Logged]) -> c.Correction:
    """Do the work in one transaction; gives its entry of the log."""
    with database.writing() as connection:
        made = work(connection)
        row = log.correction(connection, made.uid)
        assert row is not None
    return presented(row)


def presented(row: log.CorrectionRow) -> c.Correction:
    """An entry of the log as answers have it."""
    fields = asdict(row)
    return c.Correction.model_validate({"id": fields.pop("uid"), **fields})
