"""What lists that can be searched answer beside the rows."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.offsets import OffsetUnit
from app.api.schemas.articles import ArticleSummary
from app.api.schemas.common import Listing, Schema
from app.api.schemas.quotes import QuoteSummary


class Match(Schema):
    """Where words of a search stand in a text: `start` inclusive, `end` exclusive."""

    start: int
    end: int
    text: str


class Window(Schema):
    """What a ranking by relevance ranks."""

    newest: Annotated[int, Field(description="So many of the newest hits are ranked, at most.")]
    is_whole: Annotated[bool, Field(description="Whether these are all hits that there are.")]


SearchWindow = Annotated[
    Window | None, Field(description="Null unless `sort` is `relevance`: only these are ranked.")
]

Stable = Annotated[
    bool,
    Field(
        description="Whether paging neither repeats nor skips while articles arrive. By relevance, "
        "only articles that are older than the first hit could move others."
    ),
]


class FoundQuote(QuoteSummary):
    """A quote in a list that can be searched."""

    matches: Annotated[
        list[Match] | None,
        Field(
            description="Where the words of `q` stand in the quote's own `text`, in order and "
            "without overlaps; null without `q`. Offsets count into `text`, in `offset_unit`."
        ),
    ]


class FoundQuoteList(Listing[FoundQuote]):
    """A page of quotes, newest first or by relevance."""

    window: SearchWindow
    stable: Stable
    offset_unit: OffsetUnit


class Snippet(Schema):
    """A passage of the article's text that has words of a search."""

    start: Annotated[
        int, Field(description="Where it starts in the article's text, in `offset_unit`.")
    ]
    text: str
    matches: Annotated[
        list[Match], Field(description="Offsets count into the snippet's own `text`.")
    ]


class ArticleMatches(Schema):
    """Where the words of a search stand in an article, in order and without overlaps."""

    title: Annotated[list[Match], Field(description="Offsets count into `title`.")]
    snippet: Annotated[
        Snippet | None,
        Field(
            description="Null where only the title has the words, and where the caller may not "
            "read the article's text."
        ),
    ]


class FoundArticle(ArticleSummary):
    """An article in a list that can be searched."""

    matches: Annotated[ArticleMatches | None, Field(description="Null without `q`.")]


class FoundArticleList(Listing[FoundArticle]):
    """A page of articles, newest first or by relevance."""

    window: SearchWindow
    stable: Stable
    offset_unit: OffsetUnit
