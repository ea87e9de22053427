"""An article's texts over time, and all of it as Web Annotations."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request, Response
from fastapi.responses import JSONResponse

from app.api import parameters, present
from app.api.annotations import Annotating
from app.api.article_path import shown, withheld
from app.api.caching import answer, answer_bytes
from app.api.dependencies import JSON_RANGES, DatabaseDep, PagingDep, accepting, make_router
from app.api.documentation import answers
from app.api.exporting import LINKED
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.schemas import annotations as w
from app.api.schemas.article_parts import RevisionItem, RevisionList, RevisionSummary
from app.api.security import TextAccess
from app.errors import NotFoundError
from app.store.read import article_parts as parts
from app.store.read.annotations import NOTHING, found_page
from app.store.read.articles import article_detail

router = make_router("articles")
linked_data_router = make_router("articles", accepted=accepting(*JSON_RANGES, LINKED))

_ITEM = ("invalid-parameter", "not-found", "gone", "store-unavailable")

RevisionNumber = Annotated[
    int, Path(ge=1, le=2**31 - 1, description="Number of a text, from 1.", examples=[1])
]


class _LinkedData(JSONResponse):
    """Names the media type in the OpenAPI document."""

    media_type = w.MEDIA_TYPE


@router.get(
    "/articles/{article_id}/revisions",
    operation_id="list_article_revisions",
    summary="List the texts of an article",
    response_model=RevisionList,
    responses=answers("invalid-cursor", *_ITEM),
)
def list_article_revisions(
    request: Request, database: DatabaseDep, paging: PagingDep, article_id: parameters.ArticleId
) -> Response:
    """The texts that an article has had, newest first, without the texts themselves.

    What its source gave out under one address at different times: a correction, an update. Quotes
    and mentions are those of the current one.
    """
    after = paging.after(int)
    with database.reading() as connection:
        state = shown(connection, article_id)
        page = parts.revision_page(connection, state.pk, after=after, limit=paging.limit)
    results = [_summary(row) for row in page.rows]
    return answer(request, RevisionList(results=results, **present.listing(page, paging)))


@router.get(
    "/articles/{article_id}/revisions/{n}",
    operation_id="get_article_revision",
    summary="Get a text of an article",
    response_model=RevisionItem,
    responses=answers(*_ITEM),
)
def get_article_revision(
    request: Request,
    database: DatabaseDep,
    article_id: parameters.ArticleId,
    n: RevisionNumber,
    may_read: TextAccess,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """One text that an article has had, with its zones. `article_revision` of a quote names it.

    Where the text is withheld `text_withheld` says why.
    """
    with database.reading() as connection:
        state = shown(connection, article_id)
        found = parts.revision_detail(connection, state.pk, n)
    if found is None:
        raise NotFoundError(
            f"The article has no revision {n}. See /v1/articles/{article_id}/revisions."
        )
    reason = withheld(request, may_read)
    at = OffsetMap(found.text, offsets)
    item = RevisionItem(
        **dict(_summary(found.row)),
        article=article_id,
        offset_unit=offsets,
        text=found.text if reason is None else None,
        text_withheld=reason,
        zones=present.zones(found.zones, at, is_readable=reason is None),
    )
    return answer(request, item)


def _summary(row: parts.RevisionRow) -> RevisionSummary:
    return RevisionSummary(
        n=row.n,
        created_at=row.created_at,
        sha256=row.sha256,
        characters=row.characters,
        current=row.is_current,
    )


@linked_data_router.get(
    "/articles/{article_id}/annotations",
    operation_id="list_article_annotations",
    summary="List an article's annotations",
    response_class=_LinkedData,
    response_model=w.Answer,
    responses=answers("invalid-cursor", *_ITEM),
)
def list_article_annotations(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    article_id: parameters.ArticleId,
    may_read: TextAccess,
) -> Response:
    """The quotes and mentions of an article as W3C Web Annotations, in text order.

    An `AnnotationCollection` with its first page inside; `next` leads to the `AnnotationPage`s that
    follow. Each target selects by the words and by positions: the latter count Unicode code points
    into the text at `state.cached`. A cursor is refused once the article has been extracted again:
    start over then.
    """
    with database.reading() as connection:
        state = shown(connection, article_id)
        detail = article_detail(connection, state)
        page, before = NOTHING, 0
        if state.extraction is not None:
            paging = paging.bound_to(state.extraction)
            after = paging.after(int)
            page, before = found_page(connection, state.extraction, after=after, limit=paging.limit)
    annotating = Annotating(detail, f"{request.base_url}v1", may_read)
    following = paging.next_url(page.after)
    made = annotating.page(page.rows, before, following)
    model: w.AnnotationCollection | w.AnnotationPage
    if paging.cursor is None:
        model = annotating.whole(made, page.total.value)
    else:
        model = made.model_copy(update={"context": w.CONTEXT, "id": str(request.url)})
    return answer_bytes(request, model.model_dump_json().encode(), following, w.MEDIA_TYPE)
