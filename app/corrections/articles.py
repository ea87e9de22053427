"""Withdrawing articles."""

from __future__ import annotations

from sqlalchemy import Connection

from app.corrections.editing import Edit
from app.errors import GoneError, NotFoundError
from app.store import correction_log
from app.store.correction_log import Logged
from app.store.read.articles import article_state
from app.store.withdrawing import withdraw as erase


def withdraw(connection: Connection, edit: Edit, uid: str) -> Logged:
    """Erase an article for good, and keep its text from coming back.

    Raises NotFoundError, GoneError.
    """
    state = article_state(connection, uid)
    if state is None:
        raise NotFoundError(f"There is no article {uid!r}. Take ids from /v1/articles.")
    if state.status == "withdrawn":
        raise GoneError("This article has been withdrawn already.")
    erase(connection, state.pk, uid, edit.at)
    return correction_log.record(
        connection, "withdrawal", uid, new={"withdrawn": True}, **edit.signed()
    )
