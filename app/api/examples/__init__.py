"""Examples for the OpenAPI document, a module a group of operations."""

from pydantic import BaseModel

from app.api.examples import spine

BY_OPERATION: dict[str, BaseModel] = {**spine.BY_OPERATION}
