"""Requests that bring an article's text or page."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# `text` or `html`, never both; pydantic checks it in `_exactly_one`.
_EITHER: dict[str, Any] = {
    "oneOf": [
        {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}
        for one, other in (("text", "html"), ("html", "text"))
    ]
}


class DocumentRequest(BaseModel):
    """A text or an HTML page."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra=_EITHER)

    text: Annotated[str | None, Field(description="Plain text of the article.")] = None
    html: Annotated[str | None, Field(description="HTML page; its article is read.")] = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give either `text` or `html`")
        return self
