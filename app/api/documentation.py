"""What the OpenAPI document says beside what FastAPI finds out by itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.api import examples, pages, problems
from app.api.schemas.meta import ProblemAnswer, ProblemError
from app.api.security import BEARER, SCHEME

Responses = dict[int | str, dict[str, Any]]

DESCRIPTION = """
Who said what, about whom, where and when: read from news articles.

* **Ids** are opaque and never used twice. An entity that was merged redirects (308).
* **Lists** answer `results`, `next` (follow it as it stands) and `total`. Paging neither repeats
  nor skips a row while articles arrive, unless the answer says `"stable": false`.
* **Filters**: repeat a parameter for OR; different parameters are ANDed.
* **Offsets** are Unicode code points into the article's text, end exclusive; `offsets=utf16` gives
  indices into JavaScript strings. Each span carries its own text.
* **Times** without a printed zone have a `date` and no `instant`.
* **Errors** are `application/problem+json` (RFC 9457) with advice in `detail`.
* **Keys**: reading is open unless the server says otherwise (401); writing needs a key, sent as
  `Authorization: Bearer KEY`. 429 says with `Retry-After` when to go on.
* **Caching**: keep the `ETag` and send it as `If-None-Match`; the answer is 304 if nothing changed.
"""

# What any path may answer.
EVERYWHERE = ("unknown-parameter", "not-acceptable", "internal-error")

TAGS = [
    {"name": "quotes", "description": "Who said what, with the evidence for each speaker."},
    {"name": "entities", "description": "People, organisations and locations across articles."},
    {"name": "articles", "description": "Texts, what they mention and whom they quote."},
    {"name": "statistics", "description": "Who is quoted how often, by whom and when."},
    {"name": "exports", "description": "Quotes as feeds, as files and as linked data."},
    {"name": "corrections", "description": "What editors put right, on record and undoable."},
    {"name": "changes", "description": "What changed, for mirrors."},
    {"name": "extraction", "description": "The extractor alone: nothing is stored."},
    {"name": "service", "description": "Health, and what problems mean."},
]


def errors(*codes: str) -> Responses:
    """The responses of some kinds of problem, for a route's `responses`; one a status."""
    found: Responses = {}
    for code in codes:
        kind = problems.KINDS[code]
        example = problems.Problem(code, kind.advice).body()
        response = found.setdefault(
            kind.status,
            {
                "description": HTTPStatus(kind.status).phrase,
                "content": {
                    problems.MEDIA_TYPE: {
                        "schema": {"$ref": "#/components/schemas/Problem"},
                        "examples": {},
                    }
                },
            },
        )
        response["content"][problems.MEDIA_TYPE]["examples"][code] = {
            "summary": kind.title,
            "value": example,
        }
    return found


def answers(*codes: str, cached: bool = True) -> Responses:
    """A route's `responses`: the answer, 304, and its kinds of problem."""
    found: Responses = {200: {"description": "What was asked for"}}
    if cached:
        tag = {"description": "To send as `If-None-Match`, and as `If-Match` with a correction"}
        found[200]["headers"] = {"ETag": tag | {"schema": {"type": "string"}}}
        found[304] = {"description": "Not modified: the copy with this ETag is still right"}
    return found | errors(*EVERYWHERE, *codes)


def document_body(model: type[BaseModel], example: object) -> dict[str, Any]:
    """A route's `openapi_extra` where `app.api.sources` reads the body: `model` is its JSON."""
    plain = {"schema": {"type": "string", "minLength": 1}}
    text = examples.spine.TEXT
    content = {
        "application/json": {"schema": model.model_json_schema(), "example": example},
        "text/plain": {**plain, "example": text},
        "text/html": {**plain, "example": f"<article><p>{text}</p></article>"},
    }
    return {"requestBody": {"required": True, "content": content}}


def redirects() -> Responses:
    """The response of a merged entity's id."""
    location = {"description": "The same path with the current id", "schema": {"type": "string"}}
    return {308: {"description": "Merged into another entity", "headers": {"Location": location}}}


def install(app: FastAPI) -> None:
    """Make `app.openapi()` give the document with the problem's schema in it, and serve it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
                license_info=app.license_info,
            )
            for path, operations in document["paths"].items():
                for operation in operations.values():
                    _complete(operation)
                    if path.startswith("/v1/"):
                        _declare_keys(operation)
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = {**_schema(ProblemAnswer), "title": "Problem"}
            document["components"].setdefault("securitySchemes", {})[SCHEME] = (
                BEARER.model.model_dump(mode="json", by_alias=True, exclude_none=True)
            )
            schemas["ProblemError"] = _schema(ProblemError)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    pages.install(app)


def _declare_keys(operation: dict[str, Any]) -> None:
    """Say that a key may be sent, or must be, and what is answered to a wrong one."""
    codes = ["key-required", "invalid-key", "rate-limited"]
    if "security" in operation:
        codes += ["insufficient-scope", "foreign-page"]
    else:
        operation["security"] = [{}, {SCHEME: []}]
    for status, response in errors(*codes).items():
        operation["responses"].setdefault(str(status), response)


def _complete(operation: dict[str, Any]) -> None:
    """Put in the example, and take out that a parameter may be null: no address can say so."""
    [answer] = operation["responses"]["200"]["content"].values()
    # FastAPI would leave the fields out that are null.
    answer["example"] = examples.BY_OPERATION[operation["operationId"]].model_dump(mode="json")
    for parameter in operation.get("parameters", ()):
        # FastAPI must not demand it: its absence is answered 428 and not 422.
        parameter["required"] = parameter["required"] or parameter["name"] == "If-Match"
        schema = parameter["schema"]
        if "anyOf" in schema:
            choices = [s for s in schema.pop("anyOf") if s != {"type": "null"}]
            schema |= choices[0] if len(choices) == 1 else {"anyOf": choices}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return schema
