"""Articles, with what they mention and whom they quote."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response
from sqlalchemy import Connection

from app.api import parameters, present
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.pagination import Paging
from app.api.schemas.articles import ArticleItem, ArticleList, MentionedEntityList
from app.api.schemas.common import Total
from app.api.schemas.quotes import ArticleQuoteList
from app.errors import GoneError, NotFoundError
from app.store.read import articles, mentioned, quotes
from app.store.read.base import Period, SortValue

router = make_router("articles")

DEFAULT_SORT: mentioned.MentionedSort = "first_mention:asc"
# The sort column's type.
_SORTS: dict[mentioned.MentionedSort, type[SortValue]] = {
    "first_mention:asc": int,
    "salience:desc": float,
}

_ITEM = ("invalid-parameter", "not-found", "gone", "store-unavailable")


@router.get(
    "/articles",
    operation_id="list_articles",
    summary="List articles",
    response_model=ArticleList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_articles(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    url: parameters.Urls = None,
    entity: parameters.Entities = None,
    speaker: parameters.Speakers = None,
    publisher: parameters.Publishers = None,
    published_from: parameters.PublishedFrom = None,
    published_to: parameters.PublishedTo = None,
    language: parameters.Languages = None,
) -> Response:
    """Articles, newest first. A page about an article asks by `url` whether it is on record.

    `entity` finds the articles that mention someone, `speaker` those that quote them.
    """
    wanted = articles.ArticleFilter(
        url_keys=parameters.url_keys(url),
        entities=entity,
        speakers=speaker,
        publishers=publisher,
        languages=language,
        period=Period(published_from, published_to),
    )
    after = paging.after(datetime)
    with database.reading() as connection:
        page = articles.article_page(connection, wanted, after=after, limit=paging.limit)
    results = [present.article_summary(row) for row in page.rows]
    return answer(request, ArticleList(results=results, **present.listing(page, paging)))


def _shown(connection: Connection, uid: str) -> articles.ArticleState:
    """The article of that id. Raises NotFoundError, and GoneError for a withdrawn one."""
    state = articles.article_state(connection, uid)
    if state is None or state.status == "withheld":
        raise NotFoundError(f"There is no article {uid!r}. Take ids from /v1/articles.")
    if state.status != "usable":
        raise GoneError("This article has been withdrawn.")
    return state


@router.get(
    "/articles/{article_id}",
    operation_id="get_article",
    summary="Get an article",
    response_model=ArticleItem,
    responses=answers(*_ITEM),
)
def get_article(
    request: Request,
    database: DatabaseDep,
    article_id: parameters.ArticleId,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """One article: its newest text, its zones (dateline, byline, paragraphs) and metadata."""
    with database.reading() as connection:
        found = articles.article_detail(connection, _shown(connection, article_id))
    return answer(request, present.article_item(found, OffsetMap(found.text, offsets)))


@router.get(
    "/articles/{article_id}/entities",
    operation_id="list_article_entities",
    summary="List the entities of an article",
    response_model=MentionedEntityList,
    responses=answers("invalid-cursor", *_ITEM),
)
def list_article_entities(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    article_id: parameters.ArticleId,
    sort: parameters.MentionedEntitySort = DEFAULT_SORT,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """The entities that an article mentions, by first mention, each with all its mentions.

    Mentions by name, by description and by pronoun are told apart by `type`; `sort=salience:desc`
    begins with whom the article is most about. A cursor is refused once the article has been
    extracted again: start over then.
    """
    with database.reading() as connection:
        state = _shown(connection, article_id)
        if state.extraction is None:
            return answer(
                request, MentionedEntityList(**_nothing(), offset_unit=offsets, provenance=None)
            )
        paging = Paging(request, paging.limit, paging.cursor, str(state.extraction))
        page = mentioned.mentioned_entity_page(
            connection,
            state.extraction,
            sort,
            after=paging.after(_SORTS[sort]),
            limit=paging.limit,
        )
        text, provenance = articles.extraction_source(connection, state.extraction)
    at = OffsetMap(text, offsets)
    listed = MentionedEntityList(
        results=[present.mentioned_entity(found, at) for found in page.rows],
        **present.listing(page, paging),
        offset_unit=offsets,
        provenance=present.provenance(provenance),
    )
    return answer(request, listed)


@router.get(
    "/articles/{article_id}/quotes",
    operation_id="list_article_quotes",
    summary="List the quotes of an article",
    response_model=ArticleQuoteList,
    responses=answers("invalid-cursor", *_ITEM),
)
def list_article_quotes(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    article_id: parameters.ArticleId,
    min_confidence: parameters.MinConfidence = None,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """The quotes of an article in full, in text order: what highlighting a page needs.

    A cursor is refused once the article has been extracted again: start over then.
    """
    with database.reading() as connection:
        state = _shown(connection, article_id)
        if state.extraction is None:
            return answer(request, ArticleQuoteList(**_nothing(), offset_unit=offsets))
        paging = Paging(request, paging.limit, paging.cursor, str(state.extraction))
        page = quotes.article_quote_page(
            connection,
            state.extraction,
            min_confidence=min_confidence,
            after=paging.after(int),
            limit=paging.limit,
        )
    # All rows are of one extraction, hence of one text.
    at = OffsetMap(page.rows[0].source.text if page.rows else "", offsets)
    results = [present.quote_item(found, at) for found in page.rows]
    listed = ArticleQuoteList(results=results, **present.listing(page, paging), offset_unit=offsets)
    return answer(request, listed)


def _nothing() -> dict[str, object]:
    return {"results": [], "next": None, "total": Total(value=0, relation="eq")}
