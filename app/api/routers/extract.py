"""The extractor alone."""

from __future__ import annotations

import codecs
from email.message import Message
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import ValidationError

from app.api import parameters
from app.api.caching import answer
from app.api.dependencies import ExtractingDep, make_router
from app.api.documentation import answers
from app.api.examples import spine
from app.api.extracting import Source, extract_answer
from app.api.offsets import OffsetUnit
from app.api.problems import Problem, from_validation
from app.api.schemas.extract import ExtractAnswer, ExtractRequest
from app.domain import Document
from app.settings import Settings

router = make_router("extraction")

_ORIGIN = "request"
_PLAIN = {"schema": {"type": "string", "minLength": 1}}
_REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": ExtractRequest.model_json_schema(),
                "example": spine.EXTRACT_REQUEST,
            },
            "text/plain": {**_PLAIN, "example": spine.TEXT},
            "text/html": {**_PLAIN, "example": f"<article><p>{spine.TEXT}</p></article>"},
        },
    }
}


async def _source(request: Request) -> Source:
    """How the document in the body is read, in a thread.

    Raises a Problem for a body of another type, and for JSON that is not as documented.
    """
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    media_type = header.get_content_type() if header["Content-Type"] else ""
    readers = {"application/json": _from_json, "text/plain": _from_text, "text/html": _from_html}
    if media_type not in readers:
        given = f"not {media_type}" if media_type else "and say which in Content-Type"
        raise Problem(
            "unsupported-media-type",
            f"Send application/json, text/plain or text/html, {given}.",
            headers={"Accept-Post": ", ".join(readers)},
        )
    encoding = request.headers.get("content-encoding", "identity")
    if encoding != "identity":
        raise Problem(
            "unsupported-media-type",
            f"Send the body as it is, not with Content-Encoding {encoding!r}.",
            headers={"Accept-Encoding": "identity"},
        )
    charset = header.get_content_charset()
    body = await request.body()
    return readers[media_type](body, charset, request.app.state.settings)


SourceDep = Annotated[Source, Depends(_source)]

# The readers import app.documents when they are first used: a server that answers queries only
# does without its parsers.


def _from_json(body: bytes, charset: str | None, settings: Settings) -> Source:
    try:
        asked = ExtractRequest.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise from_validation([{**f, "loc": ("body", *f["loc"])} for f in faults]) from None
    known = {"title": asked.title, "language": asked.language}
    if asked.text is not None:
        return _text_reader(asked.text, known)
    return _html_reader(asked.html or "", settings, known)


def _from_text(body: bytes, charset: str | None, settings: Settings) -> Source:
    return _text_reader(_declared(body, charset), {})


def _from_html(body: bytes, charset: str | None, settings: Settings) -> Source:
    return _html_reader(_declared(body, charset), settings, {})


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


def _text_reader(text: str | bytes, known: dict[str, str | None]) -> Source:
    def read() -> Document:
        from app.documents import document_from_text
        from app.documents.encoding import decode_text

        plain = decode_text(text, _ORIGIN) if isinstance(text, bytes) else text
        return document_from_text(plain, _ORIGIN, **known)  # type: ignore[arg-type]

    return Source(read)


def _html_reader(page: str | bytes, settings: Settings, known: dict[str, str | None]) -> Source:
    def read() -> Document:
        from app.documents import Limits, document_from_html

        limits = Limits(
            max_document_bytes=settings.max_document_bytes,
            max_html_bytes=settings.max_html_bytes,
            html_timeout=settings.html_timeout,
            max_text_chars=settings.max_text_chars,
        )
        return document_from_html(page, _ORIGIN, limits, **known)  # type: ignore[arg-type]

    return Source(read, is_page=True)


@router.post(
    "/extract",
    operation_id="extract",
    summary="Extract from a text",
    response_model=ExtractAnswer,
    responses=answers(
        "invalid-parameter",
        "invalid-body",
        "unreadable-document",
        "content-too-large",
        "text-too-long",
        "unsupported-media-type",
        "request-timeout",
        "busy",
        "model-unavailable",
        "extraction-timeout",
        "extraction-failed",
        cached=False,
    ),
    openapi_extra=_REQUEST_BODY,
)
async def extract(
    request: Request,
    extracting: ExtractingDep,
    source: SourceDep,
    offsets: parameters.Offsets = OffsetUnit.CODEPOINT,
) -> Response:
    """Entities and quotes of the text or HTML page that you send, with the roles of people, places
    on the map and how far the text is about each. Nothing is stored.

    Send JSON with `text` or `html`, or the text or page itself as `text/plain` or `text/html`.
    Ids in the answer (`e1`, `q1`) hold within it only. The first request after a start takes
    seconds longer: it loads the language model. Texts are worked off one after
    the other; too many at once are refused (503 with `Retry-After`).
    """
    extracted = await extracting.run(source, request.is_disconnected)
    return answer(request, extract_answer(extracted, offsets))
