"""Articles, with what they mention and whom they quote."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from app.api import parameters, present, searching
from app.api.article_path import shown
from app.api.caching import answer
from app.api.dependencies import DatabaseDep, PagingDep, make_router
from app.api.documentation import answers
from app.api.items import article_item
from app.api.offsets import OffsetMap, OffsetUnit
from app.api.schemas.articles import ArticleItem, MentionedEntityList
from app.api.schemas.common import Total
from app.api.schemas.quotes import ArticleQuoteList
from app.api.schemas.search import FoundArticle, FoundArticleList
from app.api.security import TextAccess
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
    response_model=FoundArticleList,
    responses=answers("invalid-parameter", "invalid-cursor", "store-unavailable"),
)
def list_articles(
    request: Request,
    database: DatabaseDep,
    paging: PagingDep,
    may_read: TextAccess,
    url: parameters.Urls = None,
    entity: parameters.Entities = None,
    speaker: parameters.Speakers = None,
    publisher: parameters.Publishers = None,
    published_from: parameters.PublishedFrom = None,
    published_to: parameters.PublishedTo = None,
    language: parameters.Languages = None,
    q: searching.SearchWords = None,
    include_duplicates: parameters.IncludeDuplicates = False,
    sort: searching.FoundSort = searching.NEWEST,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """Articles, newest first. A page about an article asks by `url` whether it is on record.

    `entity` finds the articles that mention someone, `speaker` those that quote them. `q` searches
    titles and texts and goes with every other filter; `matches` then says where the words stand.
    `sort=relevance` ranks the newest 1,000 hits, the best first: `window` says whether there are
    more. Of articles that print the same copy only the first one on record is listed, whether it
    passes the other filters or not, unless `include_duplicates`, a `url` or a `publisher` asks for
    every one.
    """
    query = searching.query_for(q, sort)
    wanted = articles.ArticleFilter(
        url_keys=parameters.url_keys(url),
        entities=entity,
        speakers=speaker,
        publishers=publisher,
        languages=language,
        period=Period(published_from, published_to),
        q=q,
        # Who asks about an address or an outlet wants these very articles.
        with_duplicates=include_duplicates or url is not None or publisher is not None,
    )
    after = paging.after(datetime)
    with database.reading() as connection:
        page, is_whole = articles.found_page(
            connection, wanted, sort, after=after, limit=paging.limit
        )
        texts: dict[int, str] = {}
        if query is not None and may_read:
            texts = articles.current_texts(connection, [row.pk for row in page.rows])
    results = [
        FoundArticle(
            **dict(present.article_summary(row)),
            matches=None
            if query is None
            else searching.article_matches(query, row.title, texts.get(row.pk, ""), offsets),
        )
        for row in page.rows
    ]
    listed = FoundArticleList(
        results=results,
        **present.listing(page, paging),
        window=searching.window(is_whole),
        stable=sort == searching.NEWEST,
        offset_unit=offsets,
    )
    return answer(request, listed)


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
    may_read: TextAccess,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """One article: its newest text, its zones (dateline, byline, paragraphs) and metadata.

    Where the text is withheld `text_withheld` says why; everything else stays.
    """
    with database.reading() as connection:
        found = article_item(connection, request, article_id, offsets, may_read)
    return answer(request, found)


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
        state = shown(connection, article_id)
        if state.extraction is None:
            return answer(
                request, MentionedEntityList(**_nothing(), offset_unit=offsets, provenance=None)
            )
        paging = paging.bound_to(state.extraction)
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
    may_read: TextAccess,
    min_confidence: parameters.MinConfidence = None,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """The quotes of an article in full, in text order: what highlighting a page needs.

    A cursor is refused once the article has been extracted again: start over then.
    """
    with database.reading() as connection:
        state = shown(connection, article_id)
        if state.extraction is None:
            return answer(request, ArticleQuoteList(**_nothing(), offset_unit=offsets))
        paging = paging.bound_to(state.extraction)
        page = quotes.article_quote_page(
            connection,
            state.extraction,
            min_confidence=min_confidence,
            after=paging.after(int),
            limit=paging.limit,
        )
    # All rows are of one extraction, hence of one text.
    at = OffsetMap(page.rows[0].source.text if page.rows else "", offsets)
    results = [present.article_quote(found, at, is_readable=may_read) for found in page.rows]
    listed = ArticleQuoteList(results=results, **present.listing(page, paging), offset_unit=offsets)
    return answer(request, listed)


def _nothing() -> dict[str, object]:
    return {"results": [], "next": None, "total": Total(value=0, relation="eq")}
