"""Every error as an RFC 9457 problem: one registry of kinds, one way to answer.

`type` is `/problems/{code}` on the same server, where the registry itself is served. An own module,
since fastapi-problem puts the text of unforeseen exceptions into the answer and leaves the
middlewares' errors alone.
"""

from __future__ import annotations

import difflib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from app.api.paths import allowed_methods, known_paths
from app.errors import OnrecordError

log = logging.getLogger("onrecord.api")

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: what it is called and what helps against it."""

    code: str
    status: int
    title: str
    advice: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "unknown-parameter",
            422,
            "Unknown parameter",
            "The path takes no query parameter of that name. The answer names the nearest one; "
            "/docs lists all.",
        ),
        Kind(
            "invalid-parameter",
            422,
            "Invalid parameter",
            "A parameter has a value that it cannot take. `errors` says which, and what it takes.",
        ),
        Kind(
            "invalid-cursor",
            422,
            "Invalid cursor",
            "A cursor only continues the list that gave it, with the same filters and sort. Use "
            "`next` as it stands, or leave `cursor` out to start over.",
        ),
        Kind(
            "invalid-body",
            422,
            "Invalid body",
            "The request's body is not what the path takes. `errors` points at each fault.",
        ),
        Kind(
            "unreadable-document",
            422,
            "Unreadable document",
            "No text could be read from what was sent; `detail` says why.",
        ),
        Kind(
            "preflight-refused",
            400,
            "Preflight refused",
            "A page of another origin may not ask so. `Access-Control-Allow-*` say what it may; "
            "whoever runs the server sets the origins (ONRECORD_CORS_ORIGINS).",
        ),
        Kind(
            "untrusted-host",
            400,
            "Untrusted host",
            "The server does not answer under the name in the header `Host`. Whoever runs it sets "
            "the names (ONRECORD_ALLOWED_HOSTS).",
        ),
        Kind("bad-request", 400, "Bad request", "The request breaks HTTP; `detail` says how."),
        Kind(
            "key-required",
            401,
            "Key required",
            "Send a key as `Authorization: Bearer KEY`. Whoever runs the server makes one with "
            "`onrecord keys create`.",
        ),
        Kind(
            "invalid-key",
            401,
            "Invalid key",
            "What the header `Authorization` holds is no key of this server, or one that was "
            "revoked. What is open to all is open without the header.",
        ),
        Kind(
            "insufficient-scope",
            403,
            "Insufficient scope",
            "The key is good for less than this needs; `detail` says for what. Use another key.",
        ),
        Kind(
            "foreign-page",
            403,
            "Foreign page",
            "A page of another origin may not write without a key. Send one, or have the origin "
            "named in ONRECORD_CORS_ORIGINS.",
        ),
        Kind(
            "not-found",
            404,
            "Not found",
            "Nothing of that id is on record, or the path does not exist. Ids are opaque: take "
            "them from lists.",
        ),
        Kind(
            "method-not-allowed",
            405,
            "Method not allowed",
            "The path does not take this method. The header `Allow` lists those that it takes.",
        ),
        Kind(
            "not-acceptable",
            406,
            "Not acceptable",
            "The header `Accept` rules out the form that the path answers. Leave it out, or name "
            "that form.",
        ),
        Kind(
            "request-timeout",
            408,
            "Request timeout",
            "The request did not arrive in time. Send it again, without pauses.",
        ),
        Kind(
            "conflict",
            409,
            "Conflict",
            "What is asked contradicts what is on record; `detail` says how, and what comes first.",
        ),
        Kind(
            "withdrawn",
            409,
            "Withdrawn",
            "The article has been withdrawn, and its text stays out however it comes.",
        ),
        Kind(
            "gone",
            410,
            "Gone",
            "It was on record and is not shown any more. Its id will never mean anything else.",
        ),
        Kind(
            "content-too-large",
            413,
            "Content too large",
            "The body has more bytes than this server takes. Send less, or split the text.",
        ),
        Kind(
            "text-too-long",
            413,
            "Text too long",
            "The text has more characters than this server extracts. Split it.",
        ),
        Kind(
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "Send application/json, text/plain or text/html, and say so in `Content-Type`.",
        ),
        Kind(
            "precondition-failed",
            412,
            "Precondition failed",
            "What `If-Match` names has changed since. Read it again, and send its new ETag.",
        ),
        Kind(
            "invalid-correction",
            422,
            "Invalid correction",
            "The correction says something that cannot be; `detail` says what.",
        ),
        Kind(
            "precondition-required",
            428,
            "Precondition required",
            "Send `If-Match` with the ETag that you read, or `*`.",
        ),
        Kind(
            "rate-limited",
            429,
            "Rate limited",
            "Too many requests of this key, or of this address. Go on after the seconds of "
            "`Retry-After`.",
        ),
        Kind(
            "internal-error",
            500,
            "Internal error",
            "A fault of the server, written to its log. Trying again may help; telling whoever "
            "runs the server does.",
        ),
        Kind(
            "extraction-timeout",
            422,
            "Extraction timeout",
            "The text took longer than this server spends on one. Split it.",
        ),
        Kind(
            "extraction-failed",
            500,
            "Extraction failed",
            "A fault of the extractor with this text, written to the server's log. Other texts are "
            "not affected; telling whoever runs the server helps.",
        ),
        Kind(
            "busy",
            503,
            "Busy",
            "Too much of this work is under way already. Try again after the seconds of "
            "`Retry-After`.",
        ),
        Kind(
            "model-unavailable",
            503,
            "Model unavailable",
            "The language model is not installed on the server; `detail` says how to install it.",
        ),
        Kind(
            "store-unavailable",
            503,
            "Store unavailable",
            "The database cannot be used just now. /readyz says whether it has been migrated.",
        ),
        Kind(
            "store-busy",
            503,
            "Store busy",
            "Another process has been writing to the database all the time. Try again after the "
            "seconds of `Retry-After`.",
        ),
        Kind(
            "not-ready",
            503,
            "Not ready",
            "The server runs and cannot answer queries yet; `detail` says what to run.",
        ),
    )
}


# What FastAPI says of a body that cannot be decoded.
_UNREADABLE_BODY = "There was an error parsing the body"

# What is over in a moment.
_BUSY = ("busy", "store-busy")


class Problem(Exception):  # noqa: N818 - the RFC's own word
    """An error to be answered as a problem. `errors` are (JSON pointer, what is wrong) pairs."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Iterable[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = KINDS[code]
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The problem as JSON."""
        return {
            "type": type_of(self.kind.code),
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "errors": [{"pointer": pointer, "detail": detail} for pointer, detail in self.errors],
        }

    def response(self) -> JSONResponse:
        """The problem as an answer; never cached, since it is about one request."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse(
            self.body(), status_code=self.kind.status, headers=headers, media_type=MEDIA_TYPE
        )


def type_of(code: str) -> str:
    """The `type` of a kind: a path on this server that documents it."""
    return f"/problems/{code}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, None where none is like it."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)), None)


def install(app: FastAPI) -> None:
    """Answer every exception that a handler can see as a problem."""
    app.add_exception_handler(Problem, _of_problem)
    app.add_exception_handler(OnrecordError, _of_onrecord_error)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http_exception)
    app.add_exception_handler(OperationalError, _of_database)
    app.add_exception_handler(PoolTimeoutError, _of_database)


# The handlers are coroutines that await nothing: plain functions would each cost a thread.


async def _of_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return error.response()


async def _of_onrecord_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OnrecordError)
    if error.code not in KINDS:
        return unforeseen(error)
    if error.code in _BUSY:
        log.info("%s %s: %s", request.method, request.url.path, error)
    elif KINDS[error.code].status >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    headers = {"Retry-After": "5"} if error.code in _BUSY else None
    # What the store says of a lock is advice for a command line.
    detail = KINDS[error.code].advice if error.code == "store-busy" else str(error)
    return Problem(error.code, detail, headers=headers).response()


async def _of_database(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s: %s", request.method, request.url.path, error)
    detail = "The database cannot be read just now. Try again in a moment; see /readyz."
    return Problem("store-unavailable", detail, headers={"Retry-After": "5"}).response()


def unforeseen(error: Exception) -> JSONResponse:
    """The answer to an exception that nobody foresaw; its text goes to the log only."""
    log.error("unforeseen exception", exc_info=error)
    return Problem("internal-error", KINDS["internal-error"].advice).response()


async def _of_validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return from_validation(error.errors()).response()


def from_validation(found: Iterable[Mapping[str, Any]]) -> Problem:
    """A problem from pydantic's list of errors, whose `loc` starts with where the value was."""
    errors = []
    for fault in found:
        loc = [str(part) for part in fault["loc"]]
        pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in loc)
        message = str(fault["msg"]).removeprefix("Value error, ")
        if fault.get("type") == "missing" and loc[0] == "query":
            message = f"It is required; add {loc[-1]}=… to the address"
        errors.append((pointer, message))
    in_body = all(pointer.startswith("/body") for pointer, _ in errors)
    detail = "; ".join(f"{pointer.rpartition('/')[2]}: {message}" for pointer, message in errors)
    return Problem("invalid-body" if in_body else "invalid-parameter", detail, errors=errors)


async def _of_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 404:
        return Problem("not-found", _no_such_path(request)).response()
    if error.status_code == 405:
        allowed = ", ".join(allowed_methods(request.app, path))
        detail = f"{path} does not take {request.method}; it takes {allowed}."
        return Problem("method-not-allowed", detail, headers={"Allow": allowed}).response()
    code = {413: "content-too-large", 415: "unsupported-media-type"}.get(error.status_code)
    if error.status_code == 400 and error.detail == _UNREADABLE_BODY:
        code, error.detail = "invalid-body", "The body is no JSON in UTF-8."
    if code is None:
        code = "bad-request" if error.status_code < 500 else "internal-error"
    return Problem(code, str(error.detail), headers=error.headers).response()


def _no_such_path(request: Request) -> str:
    path = request.url.path
    near = nearest(path, known_paths(request.app))
    hint = f"did you mean {near}? See" if near else "see"
    return f"There is no {path}; {hint} /docs for all paths."
