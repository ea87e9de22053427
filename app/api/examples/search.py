"""Examples of lists that can be searched."""

from __future__ import annotations

from pydantic import BaseModel

from app.api.examples import spine
from app.api.offsets import OffsetUnit
from app.api.schemas import search as s
from app.api.searching import article_matches, matches
from app.store.search_query import parse

_QUERY = parse('"port aster" crane*')
_UNIT = OffsetUnit.CODEPOINT

[_QUOTE] = spine.QUOTES.results
[_ARTICLE] = spine.ARTICLES.results
_QUOTES = s.FoundQuoteList(
    results=[s.FoundQuote(**dict(_QUOTE), matches=matches(_QUERY, _QUOTE.text, _UNIT))],
    next=None,
    total=spine.QUOTES.total,
    window=None,
    stable=True,
    offset_unit=_UNIT,
)
_ARTICLES = s.FoundArticleList(
    results=[
        s.FoundArticle(
            **dict(_ARTICLE),
            matches=article_matches(_QUERY, _ARTICLE.title, spine.TEXT, _UNIT),
        )
    ],
    next=None,
    total=spine.ARTICLES.total,
    window=s.Window(newest=1_000, is_whole=True),
    stable=False,
    offset_unit=_UNIT,
)

BY_OPERATION: dict[str, BaseModel] = {"list_quotes": _QUOTES, "list_articles": _ARTICLES}
