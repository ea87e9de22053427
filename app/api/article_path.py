"""What paths under one article have in common: whether it is shown, and whether its text is."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy import Connection

from app.api.schemas.articles import TextWithheld
from app.errors import GoneError, NotFoundError
from app.store.read.articles import ArticleState, article_state


def shown(connection: Connection, uid: str) -> ArticleState:
    """The article of that id. Raises NotFoundError, and GoneError for a withdrawn one."""
    state = article_state(connection, uid)
    if state is None or state.status == "withheld":
        raise NotFoundError(f"There is no article {uid!r}. Take ids from /v1/articles.")
    if state.status != "usable":
        raise GoneError("This article has been withdrawn.")
    return state


def withheld(request: Request, may_read: bool) -> TextWithheld | None:
    """Why a text is not given out, None where it is; `may_read` is the caller's `TextAccess`."""
    if may_read:
        return None
    is_never = request.app.state.settings.article_text == "never"
    return "not-published" if is_never else "key-required"
