"""Editors' corrections: made, listed, undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import Connection

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.editing import AdminEditingDep, EditingDep, entry_of, presented, signed
from app.api.items import article_item, quote_item
from app.api.offsets import OffsetUnit
from app.api.problems import Problem
from app.api.schemas import corrections as c
from app.api.security import Actor, CallerDep, TextAccess
from app.corrections import articles, entities, quotes
from app.corrections.editing import Edit
from app.corrections.undoing import undo
from app.domain import SpeakerStatus
from app.errors import NotFoundError
from app.store.correction_log import Logged
from app.store.keys import KeyScope
from app.store.read import corrections as log
from app.store.session import forget_log

router = make_router("corrections")

CorrectionId = Annotated[
    str, Path(max_length=parameters.LONGEST_ID, description="Id of a correction.")
]
Targets = Annotated[
    list[parameters.Id] | None,
    Query(alias="target", description="Ids of quotes, entities or articles. Repeat for any of."),
]
Kinds = Annotated[list[c.CorrectionKind] | None, Query(alias="kind", description="Kinds.")]
Actors = Annotated[list[parameters.Id] | None, Query(alias="actor", description="Who made it.")]

_WRITING = answers(
    "invalid-parameter",
    "invalid-body",
    "invalid-correction",
    "not-found",
    "conflict",
    "gone",
    "precondition-failed",
    "precondition-required",
    "store-busy",
    "store-unavailable",
    cached=False,
)


@router.patch(
    "/quotes/{quote_id}",
    operation_id="correct_quote",
    summary="Correct a quote",
    response_model=c.Correction,
    responses=_WRITING,
)
def correct_quote(
    editing: EditingDep,
    may_read: TextAccess,
    quote_id: parameters.QuoteId,
    change: c.QuoteCorrection,
) -> Response:
    """Say who speaks a quote, or that it is none.

    The correction outlives extraction anew and revisions of the article, also of the quote's own
    words where most of them stay; it can be undone. Answers its entry of the log.
    """
    speaker = None if _is_rejection(change) else _speaker(change)

    def seen(connection: Connection) -> Iterable[BaseModel]:
        return (quote_item(connection, quote_id, unit, may_read) for unit in OffsetUnit)

    def work(connection: Connection, edit: Edit) -> Logged:
        if speaker is None:
            return quotes.reject(connection, edit, quote_id)
        return quotes.correct_speaker(connection, edit, quote_id, speaker)

    return editing.correct(change.reason, seen, work)


def _is_rejection(change: c.QuoteCorrection) -> bool:
    return change.rejected is True and change.model_fields_set <= {"rejected", "reason"}


def _speaker(change: c.QuoteCorrection) -> quotes.Speaker:
    given = change.model_fields_set & {"speaker", "status", "described_as"}
    if not given or change.rejected is not None:
        raise Problem(
            "invalid-body",
            "Say who speaks (`speaker`, or `status` and `described_as`), or that this is no quote "
            "(`rejected: true`, alone). A rejection is undone by its id (/v1/corrections).",
        )
    default = SpeakerStatus.RESOLVED
    if change.speaker is None:
        default = SpeakerStatus.UNNAMED if change.described_as else SpeakerStatus.UNRESOLVED
    return quotes.Speaker(change.speaker, change.status or default, change.described_as)


@router.patch(
    "/entities/{entity_id}",
    operation_id="correct_entity",
    summary="Rename an entity",
    response_model=c.Correction,
    responses=_WRITING,
)
def correct_entity(
    editing: EditingDep, entity_id: parameters.EntityId, change: c.EntityCorrection
) -> Response:
    """Give an entity its name on record. No article's better form takes its place from then on."""
    return editing.correct_entity(
        entity_id,
        change.reason,
        lambda connection, edit: entities.rename(connection, edit, entity_id, change.name),
    )


@router.post(
    "/entities/{entity_id}/merge",
    operation_id="merge_entity",
    summary="Merge an entity into another",
    response_model=c.Correction,
    responses=_WRITING,
)
def merge_entity(editing: EditingDep, entity_id: parameters.EntityId, change: c.Merge) -> Response:
    """Say that an entity is another one of the same kind, whose id stays.

    The old id redirects there (308), and filters by it find the rows of both. Takes time by the
    articles of the entity that goes: merge the smaller one.
    """
    return editing.correct_entity(
        entity_id,
        change.reason,
        lambda connection, edit: entities.merge(connection, edit, entity_id, change.into),
    )


@router.post(
    "/entities/{entity_id}/split",
    operation_id="split_entity",
    summary="Split an entity",
    response_model=c.Correction,
    responses=_WRITING,
)
def split_entity(editing: EditingDep, entity_id: parameters.EntityId, change: c.Split) -> Response:
    """Say that an entity is somebody else in some of its articles.

    The id stays with the part of more articles; the other gets a new one, which is in `new`.
    """
    return editing.correct_entity(
        entity_id,
        change.reason,
        lambda connection, edit: entities.split(
            connection, edit, entity_id, set(change.articles), change.name
        ),
    )


@router.post(
    "/entities/{entity_id}/suppress",
    operation_id="suppress_entity",
    summary="Suppress an entity",
    response_model=c.Correction,
    responses=_WRITING,
)
def suppress_entity(
    editing: AdminEditingDep, entity_id: parameters.EntityId, change: c.Reason
) -> Response:
    """Stop showing an entity: its page, its mentions, its quotes, who is quoted about it.

    Its id answers 410 from then on. Articles that come later, or are extracted anew, do not bring
    it back; a new person of the same full name starts suppressed too. Texts of articles stay as
    they are: withdraw an article to take its text away. Needs a key of scope admin.
    """
    return editing.correct_entity(
        entity_id,
        change.reason,
        lambda connection, edit: entities.suppress(connection, edit, entity_id),
    )


@router.delete(
    "/articles/{article_id}",
    operation_id="withdraw_article",
    summary="Withdraw an article",
    response_model=c.Correction,
    responses=_WRITING,
)
def withdraw_article(
    editing: AdminEditingDep,
    may_read: TextAccess,
    article_id: parameters.ArticleId,
    reason: Annotated[
        str | None, Query(min_length=1, max_length=2000, description="Why: kept in the log.")
    ] = None,
) -> Response:
    """Erase an article: its text, its quotes, its mentions. This is final.

    Its id and those of its quotes answer 410 from then on, and the same text does not come back,
    under whatever address. Needs a key of scope admin.
    """

    def seen(connection: Connection) -> Iterable[BaseModel]:
        return (
            article_item(connection, editing.request, article_id, unit, may_read)
            for unit in OffsetUnit
        )

    made = editing.correct(
        reason, seen, lambda connection, edit: articles.withdraw(connection, edit, article_id)
    )
    forget_log(editing.database.writer())
    return made


@router.get(
    "/corrections",
    operation_id="list_corrections",
    summary="List corrections",
    response_model=c.CorrectionList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_corrections(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    target: Targets = None,
    kind: Kinds = None,
    actor: Actors = None,
) -> Response:
    """Who corrected what, when and why, newest first; undone ones and undoings included."""
    wanted = log.CorrectionFilter(target, kind, actor)
    after = paging.after(datetime)
    with database.reading() as connection:
        page = log.correction_page(connection, wanted, after=after, limit=paging.limit)
    results = [presented(row) for row in page.rows]
    return answer(request, c.CorrectionList(results=results, **present.listing(page, paging)))


@router.get(
    "/corrections/{correction_id}",
    operation_id="get_correction",
    summary="Get a correction",
    response_model=c.Correction,
    responses=answers("invalid-parameter", "not-found", "store-unavailable"),
)
def get_correction(
    request: Request, database: DatabaseDep, correction_id: CorrectionId
) -> Response:
    """One entry of the log."""
    with database.reading() as connection:
        row = log.correction(connection, correction_id)
    if row is None:
        raise NotFoundError(
            f"There is no correction {correction_id!r}. Take ids from /v1/corrections."
        )
    return answer(request, presented(row))


async def _is_admin(request: Request, caller: CallerDep) -> bool:
    try:
        await request.app.state.access.require(request.scope, caller, KeyScope.ADMIN)
    except Problem:
        return False
    return True


@router.post(
    "/corrections/{correction_id}/undo",
    operation_id="undo_correction",
    summary="Undo a correction",
    response_model=c.Correction,
    responses=_WRITING,
)
def undo_correction(
    request: Request,
    database: DatabaseDep,
    actor: Actor,
    is_admin: Annotated[bool, Depends(_is_admin)],
    correction_id: CorrectionId,
    change: c.Reason,
) -> Response:
    """Undo a correction, in whatever order; others of the same thing stay in force.

    409 says that it has been undone, is final (a withdrawal), or that another has to be undone
    before. Undoing a suppression needs a key of scope admin. Answers the new entry of the log.
    """
    edit = signed(actor, change.reason)

    def work(connection: Connection) -> Logged:
        found = log.correction(connection, correction_id)
        if found is not None and found.kind == "suppression" and not is_admin:
            raise Problem("insufficient-scope", "Undoing a suppression needs a key of scope admin.")
        return undo(connection, edit, correction_id)

    return answer(request, entry_of(database, work))
