"""What the id in an entity's path leads to: shared by all operations below `/entities/{id}`."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from app.errors import GoneError, NotFoundError
from app.store.read import entities


def found_or_redirect(
    connection: Connection, request: Request, entity_id: str
) -> entities.Found | RedirectResponse:
    """The entity of that id, or the way to the one it was merged into.

    Raises NotFoundError for an id that is not on record, GoneError for an entity that is not shown.
    """
    found = entities.find(connection, entity_id)
    if found is None:
        raise NotFoundError(f"There is no entity {entity_id!r}. Take ids from /v1/entities.")
    if found.status != "active":
        raise GoneError("This entity is not shown any more.")
    if found.current_uid == entity_id:
        return found
    path = request.scope["path"].replace(f"/{entity_id}", f"/{found.current_uid}")
    target = request.url.replace(path=path)
    # A merge can be undone, so that the redirect must not be remembered for ever.
    return RedirectResponse(str(target), status_code=308, headers={"Cache-Control": "no-cache"})
