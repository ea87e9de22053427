"""Documents in the bodies of requests: JSON, plain text or a page, whatever is done with them."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from app.api.extracting import Source
from app.api.problems import Problem, from_validation
from app.domain import Document
from app.settings import Settings

if TYPE_CHECKING:
    from app.documents import Limits

ORIGIN = "request"
MEDIA_TYPES = ("application/json", "text/plain", "text/html")

FromJson = Callable[[bytes, Settings], Source]
M = TypeVar("M", bound=BaseModel)

# The readers import app.documents when they are first used: a server that answers queries only
# does without its parsers.


async def source_of(request: Request, from_json: FromJson) -> Source:
    """How the document in the body is read, in a thread; `from_json` says how JSON is.

    Raises a Problem for a body of another type, and for JSON that is not as documented.
    """
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    media_type = header.get_content_type() if header["Content-Type"] else ""
    if media_type not in MEDIA_TYPES:
        given = f"not {media_type}" if media_type else "and say which in Content-Type"
        raise Problem(
            "unsupported-media-type",
            f"Send application/json, text/plain or text/html, {given}.",
            headers={"Accept-Post": ", ".join(MEDIA_TYPES)},
        )
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise Problem(
            "unsupported-media-type",
            f"Send the body as it is, not with Content-Encoding {encoding!r}.",
            headers={"Accept-Encoding": "identity"},
        )
    body = await request.body()
    settings: Settings = request.app.state.settings
    if media_type == "application/json":
        return from_json(body, settings)
    declared = _declared(body, header.get_content_charset())
    return text_source(declared) if media_type == "text/plain" else page_source(declared, settings)


def parsed(model: type[M], body: bytes) -> M:
    """The JSON in a body. Raises a Problem that points at each fault."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise from_validation([{**f, "loc": ("body", *f["loc"])} for f in faults]) from None


def _declared(body: bytes, charset: str | None) -> str | bytes:
    """The body in its declared charset; as it is, to be found out, where none is declared."""
    if charset is None:
        return body
    try:
        info = codecs.lookup(charset)
        if not info._is_text_encoding:
            raise LookupError(charset)
        return info.decode(body)[0]
    except (LookupError, ValueError):
        raise Problem(
            "unreadable-document",
            f"The body is not in the charset {charset!r} that Content-Type declares. Name the "
            "right one, or leave it out.",
        ) from None


def text_source(text: str | bytes, **known: str | None) -> Source:
    """A plain text, with what is known of it."""

    def read() -> Document:
        from app.documents import document_from_text
        from app.documents.encoding import decode_text

        plain = decode_text(text, ORIGIN) if isinstance(text, bytes) else text
        return document_from_text(plain, ORIGIN, **known)  # type: ignore[arg-type]

    return Source(read)


def page_source(page: str | bytes, settings: Settings, **known: str | None) -> Source:
    """An HTML page, with what is known of it."""

    def read() -> Document:
        from app.documents import document_from_html

        return document_from_html(page, ORIGIN, limits_of(settings), **known)  # type: ignore[arg-type]

    return Source(read, is_page=True)


def record_source(record: dict[str, object], settings: Settings) -> Source:
    """A record with `text` or `html`, its keys those of a row of JSON Lines."""
    return Source(partial(_read_record, record, settings), is_page="html" in record)


def _read_record(record: dict[str, object], settings: Settings) -> Document:
    from app.documents.json_records import document_from_record

    limits = limits_of(settings)
    if "text" in record:
        # Too long a text is refused in one way, by what extracts it.
        limits = replace(limits, max_text_chars=settings.max_request_bytes)
    return document_from_record(record, ORIGIN, limits)


def limits_of(settings: Settings) -> Limits:
    """The bounds on one document."""
    from app.documents import Limits

    return Limits(
        max_document_bytes=settings.max_document_bytes,
        max_html_bytes=settings.max_html_bytes,
        html_timeout=settings.html_timeout,
        max_text_chars=settings.max_text_chars,
    )
