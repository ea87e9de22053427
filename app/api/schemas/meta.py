"""Answers about the service itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.common import Schema


class Health(Schema):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Schema):
    """The service can answer queries."""

    status: Literal["ready"]
    database: Literal["current"]


class Index(Schema):
    """Where to go from here."""

    name: str
    version: str
    documentation: str
    openapi: str
    problems: str
    resources: list[str]


class ProblemError(Schema):
    """One fault of a request."""

    pointer: Annotated[str, Field(description="JSON pointer: /query/…, /path/…, /body/…")]
    detail: str


class ProblemAnswer(Schema):
    """An error as RFC 9457 has it."""

    type: Annotated[str, Field(description="Path on this server that documents the problem.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="What is wrong and what to do.")]
    errors: list[ProblemError]


class ProblemKind(Schema):
    """A kind of problem."""

    type: str
    code: str
    status: int
    title: str
    advice: str


class ProblemKindList(Schema):
    """All kinds of problems."""

    results: list[ProblemKind]
