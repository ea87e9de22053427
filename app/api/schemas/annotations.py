"""Web Annotations (https://www.w3.org/TR/annotation-model/), in the terms of its own context.

Names are those of the standard, hence in camel case. `schema:` is a prefix of that context.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.common import Aliased, is_none

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'


_Affix = Annotated[
    str | None,
    Field(
        exclude_if=is_none,
        description="Up to 32 characters beside it; left out where the caller may not read the "
        "article's text.",
    ),
]


class TextQuoteSelector(Aliased):
    """The words themselves, with what stands before and after them."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: _Affix = None
    suffix: _Affix = None


class TextPositionSelector(Aliased):
    """Where the words stand: code points into the text of `state.cached`, end exclusive."""

    type: Literal["TextPositionSelector"]
    start: int
    end: int


class State(Aliased):
    """The text that positions count into: the article's page itself may have changed since."""

    type: Literal["TimeState"]
    cached: Annotated[str, Field(description="Address of the article's revision in this API.")]


class Target(Aliased):
    """A stretch of the article. Both selectors select the same."""

    type: Literal["SpecificResource"]
    source: Annotated[
        str, Field(description="The article's own address; that in this API where it has none.")
    ]
    selector: list[TextQuoteSelector | TextPositionSelector]
    state: State


class Person(Aliased):
    """An entity as the one who speaks."""

    id: str
    name: Annotated[str, Field(alias="schema:name")]


class AnnotatedQuotation(Aliased):
    """A quote, in the terms of schema.org."""

    id: Annotated[str, Field(description="Address of the quote in this API.")]
    type: Literal["schema:Quotation"]
    text: Annotated[str, Field(alias="schema:text")]
    spoken_by: Annotated[
        Person | None,
        Field(
            alias="schema:spokenByCharacter",
            exclude_if=is_none,
            description="Left out unless the speaker is resolved.",
        ),
    ] = None


class EntityBody(Aliased):
    """The entity that is mentioned."""

    type: Literal["SpecificResource"]
    source: Annotated[str, Field(description="Address of the entity in this API.")]
    purpose: Literal["identifying"]


class QuoteBody(Aliased):
    """The quote that stands there."""

    type: Literal["SpecificResource"]
    source: AnnotatedQuotation
    purpose: Literal["describing"]


class TagBody(Aliased):
    """A name for people to read: that of the entity, or of who speaks."""

    type: Literal["TextualBody"]
    value: str
    purpose: Literal["tagging"]


class Software(Aliased):
    """What found it."""

    type: Literal["Software"]
    name: str


Motivation = Literal["describing", "identifying"]


class Annotation(Aliased):
    """A quote, or a mention of an entity, at its place in the article.

    A quote of several stretches has several targets.
    """

    id: str
    type: Literal["Annotation"]
    motivation: Annotated[
        Motivation,
        Field(description="`describing` a quote; `identifying` an entity."),
    ]
    body: list[EntityBody | QuoteBody | TagBody]
    target: list[Target]
    generator: Software


class AnnotationPage(Aliased):
    """Some of an article's annotations, in text order."""

    context: Annotated[
        Literal["http://www.w3.org/ns/anno.jsonld"] | None,
        Field(alias="@context", exclude_if=is_none, description="Left out inside a collection."),
    ] = None
    id: str
    type: Literal["AnnotationPage"]
    part_of: Annotated[str, Field(alias="partOf", description="Id of the collection.")]
    start_index: Annotated[
        int, Field(alias="startIndex", description="How many annotations stand before it.")
    ]
    items: list[Annotation]
    next: Annotated[
        str | None,
        Field(exclude_if=is_none, description="Address of the next page; left out on the last."),
    ] = None


class AnnotationCollection(Aliased):
    """All annotations of an article, its first page inside."""

    context: Annotated[Literal["http://www.w3.org/ns/anno.jsonld"], Field(alias="@context")]
    id: str
    type: Literal["AnnotationCollection"]
    label: str
    total: int
    first: AnnotationPage


Answer = Annotated[AnnotationCollection | AnnotationPage, Field(discriminator="type")]
"""What `/annotations` answers: the collection, and its later pages at their own addresses."""
