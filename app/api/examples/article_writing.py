"""Examples of taking in an article."""

from __future__ import annotations

from pydantic import BaseModel

from app.api.examples import spine
from app.api.schemas.article_writing import FoundCounts, WrittenArticle

ARTICLE_REQUEST = {
    "url": "https://courier.example/port-reopens",
    "title": "Harbour to reopen",
    "publisher": "The Aster Courier",
    "authors": ["Tomas Quillfeather"],
    "published_at": "2031-03-03T07:12:00Z",
    "language": "en",
    "text": spine.TEXT,
}
WRITTEN = WrittenArticle(
    **dict(spine.ARTICLES.results[0]),
    outcome="unchanged",
    revision=1,
    counts=FoundCounts(entities=2, quotes=1),
)

BY_OPERATION: dict[str, BaseModel] = {"create_article": WRITTEN}
