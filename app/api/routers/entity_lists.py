"""Entities as their names are typed, and what there is about one: quotes and articles."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers, redirects
from app.api.entity_path import found_or_redirect
from app.api.routers.entities import list_quotes_below
from app.api.schemas.articles import ArticleList
from app.api.schemas.quotes import QuoteList
from app.api.schemas.suggest import Suggestion, SuggestionList
from app.domain import EntityKind
from app.store.read import articles, suggest
from app.store.read.articles import ArticleFilter
from app.store.read.quote_keys import QuoteFilter

router = make_router("entities")

MAX_SUGGESTIONS = 50
DEFAULT_SUGGESTIONS = 10

Typed = Annotated[
    Annotated[str, Field(min_length=1, max_length=500)],
    Query(
        description="What has been typed so far: the beginning of any word of a name or alias, "
        "more words behind it. Case, spacing and full stops do not matter. No character is a "
        "wildcard.",
        examples=["lindq"],
    ),
]
SuggestionLimit = Annotated[
    int,
    Query(ge=1, le=MAX_SUGGESTIONS, description="How many suggestions at most.", examples=[10]),
]
_BELOW_AN_ENTITY = redirects() | answers(
    "invalid-parameter", "invalid-cursor", "not-found", "gone", "store-unavailable"
)


@router.get(
    "/entities/suggest",
    operation_id="suggest_entities",
    summary="Suggest entities as a name is typed",
    response_model=SuggestionList,
    responses=answers("invalid-parameter", "store-unavailable"),
)
def suggest_entities(
    request: Request,
    database: DatabaseDep,
    q: Typed,
    kind: parameters.EntityKinds = None,
    limit: SuggestionLimit = DEFAULT_SUGGESTIONS,
) -> Response:
    """Entities with a name that a word of begins as typed: `mara`, `lindq` and `mara lindq` find
    Mara Lindqvist.

    The most frequent first, by mentions and five times the quotes. Where fewer than `limit` begin
    so and at least four letters are typed, one typing error is forgiven (a letter wrong, missing
    or too many, two exchanged): such suggestions come last and say so (`is_fuzzy`). For what very
    many names begin with, the most frequent entities alone are searched. An entity that was merged
    is suggested as the one that stayed.
    """
    with database.reading() as connection:
        found = suggest.suggest(connection, q, kind, limit)
    return answer(request, SuggestionList(results=[_suggestion(row) for row in found]))


def _suggestion(row: suggest.Suggestion) -> Suggestion:
    return Suggestion(
        id=row.uid,
        kind=EntityKind(row.kind),
        name=row.name,
        matched=row.matched,
        counts=present.counts(row),
        is_fuzzy=row.is_fuzzy,
    )


@router.get(
    "/entities/{entity_id}/quoted_about",
    operation_id="list_entity_quoted_about",
    summary="List the quotes about an entity",
    response_model=QuoteList,
    responses=_BELOW_AN_ENTITY,
)
def list_entity_quoted_about(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    entity_id: parameters.EntityId,
    min_confidence: parameters.MinConfidence = None,
) -> Response:
    """What others said about an entity, newest first: quotes whose content names it, or means it by
    a description or pronoun. `GET /v1/quotes?about={entity_id}`, and 404 for an entity that is not
    on record; `/v1/quotes` has more filters.
    """
    wanted = QuoteFilter(about=[entity_id], min_confidence=min_confidence)
    return list_quotes_below(request, database, paging, entity_id, wanted)


@router.get(
    "/entities/{entity_id}/articles",
    operation_id="list_entity_articles",
    summary="List the articles that mention an entity",
    response_model=ArticleList,
    responses=_BELOW_AN_ENTITY,
)
def list_entity_articles(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    entity_id: parameters.EntityId,
) -> Response:
    """The articles that mention an entity, newest first, near-duplicates included:
    `GET /v1/articles?entity={entity_id}&include_duplicates=true`, and 404 for an entity that is not
    on record. `/v1/articles` has more filters.
    """
    after = paging.after(datetime)
    with database.reading() as connection:
        found = found_or_redirect(connection, request, entity_id)
        if isinstance(found, RedirectResponse):
            return found
        wanted = ArticleFilter(entities=[entity_id], with_duplicates=True)
        page = articles.article_page(connection, wanted, after=after, limit=paging.limit)
    results = [present.article_summary(row) for row in page.rows]
    return answer(request, ArticleList(results=results, **present.listing(page, paging)))
