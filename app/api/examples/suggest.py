"""Examples of type-ahead and of the lists below an entity."""

from __future__ import annotations

from pydantic import BaseModel

from app.api.examples.spine import ARTICLES, ENTITIES, QUOTES
from app.api.schemas import suggest as s

_FOUND = ENTITIES.results[0]

SUGGESTIONS = s.SuggestionList(
    results=[
        s.Suggestion(
            id=_FOUND.id,
            kind=_FOUND.kind,
            name=_FOUND.name,
            matched=_FOUND.name,
            counts=_FOUND.counts,
            is_fuzzy=False,
        )
    ]
)

BY_OPERATION: dict[str, BaseModel] = {
    "suggest_entities": SUGGESTIONS,
    "list_entity_quoted_about": QUOTES,
    "list_entity_articles": ARTICLES,
}
