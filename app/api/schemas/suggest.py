"""What type-ahead answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.api.schemas.common import Schema
from app.api.schemas.entities import Counts
from app.domain import EntityKind


class Suggestion(Schema):
    """An entity that may be meant by what is typed."""

    id: str
    kind: EntityKind
    name: str
    matched: Annotated[
        str, Field(description="The name or alias that it was found by, as articles write it.")
    ]
    counts: Counts
    is_fuzzy: Annotated[
        bool, Field(description="Whether it is only found if a typing error is forgiven.")
    ]


class SuggestionList(Schema):
    """Suggestions, the best first; there is no next page."""

    results: list[Suggestion]
