"""Examples for the OpenAPI document, a module a group of operations."""

from pydantic import BaseModel

from app.api.examples import (
    article_parts,
    article_writing,
    audit,
    changes,
    corrections,
    exports,
    search,
    spine,
    statistics,
    suggest,
)

BY_OPERATION: dict[str, BaseModel] = {
    **spine.BY_OPERATION,
    **article_parts.BY_OPERATION,
    **article_writing.BY_OPERATION,
    **audit.BY_OPERATION,
    **changes.BY_OPERATION,
    **corrections.BY_OPERATION,
    **exports.BY_OPERATION,
    **search.BY_OPERATION,
    **statistics.BY_OPERATION,
    **suggest.BY_OPERATION,
}
