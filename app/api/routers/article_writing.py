"""Taking in one article."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from app.api.article_writing import ArticleWriting
from app.api.dependencies import DatabaseDep, ExtractingDep, make_router
from app.api.documentation import Responses, answers, document_body
from app.api.examples.article_writing import ARTICLE_REQUEST
from app.api.extracting import Source
from app.api.schemas.article_writing import ArticleRequest, WrittenArticle
from app.api.security import WriteAccess
from app.api.sources import parsed, record_source, source_of
from app.settings import Settings

router = make_router("articles")

_CREATED: Responses = {
    201: {
        "description": "The article is new",
        "model": WrittenArticle,
        "headers": {
            "Location": {"description": "The article", "schema": {"type": "string"}},
        },
    }
}


def _from_json(body: bytes, settings: Settings) -> Source:
    return record_source(parsed(ArticleRequest, body).model_dump(exclude_none=True), settings)


async def _source(request: Request) -> Source:
    return await source_of(request, _from_json)


SourceDep = Annotated[Source, Depends(_source)]


@router.post(
    "/articles",
    operation_id="create_article",
    summary="Store an article",
    response_model=WrittenArticle,
    responses=answers(
        "invalid-parameter",
        "invalid-body",
        "unreadable-document",
        "withdrawn",
        "content-too-large",
        "text-too-long",
        "unsupported-media-type",
        "request-timeout",
        "busy",
        "model-unavailable",
        "store-busy",
        "store-unavailable",
        "extraction-timeout",
        "extraction-failed",
        cached=False,
    )
    | _CREATED,
    openapi_extra=document_body(ArticleRequest, ARTICLE_REQUEST),
)
async def create_article(
    request: Request,
    caller: WriteAccess,
    database: DatabaseDep,
    extracting: ExtractingDep,
    source: SourceDep,
) -> Response:
    """One article, extracted now and stored: 201 and its `Location` where it is new.

    Send JSON with `text` or `html` and what is known of the article, or the text or page alone as
    `text/plain` or `text/html`. An article is known again by its `url`, else by `publisher` and
    `id`, else by its text: sent again as it was it is `unchanged` (200), with another text it is
    `revised` and keeps its id and the ids of its quotes. Sending twice does no harm.

    409 says that the article was withdrawn; nothing is stored then. Texts are extracted one after
    the other: for many, run `onrecord ingest`.
    """
    writing = ArticleWriting(database, extracting)
    written = await writing.store(source, request.is_disconnected)
    headers = {"Cache-Control": "no-store"}
    if written.outcome == "new":
        headers["Location"] = str(request.url_for("get_article", article_id=written.id))
    return Response(
        written.model_dump_json(),
        status_code=201 if written.outcome == "new" else 200,
        media_type="application/json",
        headers=headers,
    )
