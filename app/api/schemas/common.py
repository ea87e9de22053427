"""Parts that several answers share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.domain import Precision, ZoneKind

T = TypeVar("T")


class Schema(BaseModel):
    """The root of all answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Aliased(Schema):
    """What stands under the names of a standard that are none in Python."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)


def is_none(value: Any) -> bool:
    """For fields that are left out where there is nothing to say (`exclude_if`)."""
    return value is None


class Total(Schema):
    """How many results the list has over all its pages."""

    value: int
    relation: Annotated[
        Literal["eq", "gte"],
        Field(description="`eq`: exactly `value`; `gte`: counting stopped there."),
    ]


Next = Annotated[
    str | None, Field(description="Absolute address of the next page, null on the last one.")
]


class Listing(Schema, Generic[T]):
    """One page of a list."""

    results: list[T]
    next: Next
    total: Total


class Span(Schema):
    """A stretch of the article's text: `start` inclusive, `end` exclusive, in `offset_unit`."""

    start: int
    end: int
    text: str


class PrintedTime(Schema):
    """A time as the article states it.

    `instant` is null where no zone is known; `date` is the calendar day as printed.
    """

    instant: AwareDatetime | None
    date: date
    printed: str
    precision: Precision
    zone_assumed: str | None


class EntityRef(Schema):
    """An entity by id and name."""

    id: str
    name: str


class ArticleRef(Schema):
    """The article that a quote stands in."""

    id: str
    url: str | None
    title: str | None
    publisher: str | None
    published: PrintedTime | None


class Provenance(Schema):
    """What found it, and in which revision of the article."""

    extractor: Annotated[str, Field(description="Version of Onrecord.")]
    model: Annotated[str, Field(description="Language model and its version.")]
    article_revision: int
    corrected: Annotated[bool, Field(description="Whether an editor has corrected it.")]


class Zone(Schema):
    """A stretch that is more than text: a dateline, byline, heading, paragraph, …

    `text` is null where the article's text is withheld. `value` is what it says (the place of a
    dateline, the name in a byline), where it says anything.
    """

    kind: ZoneKind
    start: int
    end: int
    text: str | None
    value: str | None
