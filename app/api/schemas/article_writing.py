"""What `POST /v1/articles` takes and gives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.articles import ArticleSummary
from app.api.schemas.common import Schema
from app.api.schemas.documents import DocumentRequest

Line = Annotated[str, Field(max_length=1000)]
_Time = Annotated[str, Field(max_length=100)]


class ArticleRequest(DocumentRequest):
    """One article: the fields of a row of JSON Lines, as `onrecord ingest` reads it."""

    id: Annotated[
        Line | int | None,
        Field(
            description="The source's own id of the article; with `publisher` it tells whether it "
            "is on record where there is no `url`."
        ),
    ] = None
    url: Annotated[
        Annotated[str, Field(max_length=4000)] | None,
        Field(description="Address of the article, http or https: what tells articles apart."),
    ] = None
    title: Annotated[Line | None, Field(description="Title, where the text lacks it.")] = None
    authors: Annotated[
        list[Line] | Line | None, Field(description="Names of its authors, in order.")
    ] = None
    publisher: Annotated[Line | None, Field(description="The outlet.")] = None
    agency: Annotated[Line | None, Field(description="News agency it was taken from.")] = None
    published_at: Annotated[
        _Time | None,
        Field(
            description="Date, or RFC 3339 time, of publication. A time without a zone is kept as "
            "a wall-clock time."
        ),
    ] = None
    updated_at: Annotated[_Time | None, Field(description="The same for its last update.")] = None
    language: Annotated[
        Annotated[str, Field(max_length=100)] | None,
        Field(description='Language tag ("en", "en-GB"); detected where it is left out.'),
    ] = None


WritingOutcome = Literal["new", "revised", "updated", "re-extracted", "unchanged"]


class FoundCounts(Schema):
    """How much stands on record of the article."""

    entities: Annotated[int, Field(description="Entities that it mentions.")]
    quotes: Annotated[int, Field(description="Quotes in it that are shown.")]


class WrittenArticle(ArticleSummary):
    """An article that was stored, or was there already."""

    outcome: Annotated[
        WritingOutcome,
        Field(
            description="`new`; `revised`: another text than before; `updated`: the same text, "
            "other metadata; `re-extracted`: the same by a newer extractor; `unchanged`: nothing "
            "was written, as for an older state of the article."
        ),
    ]
    revision: Annotated[int, Field(description="Number of its newest text.")]
    counts: FoundCounts
