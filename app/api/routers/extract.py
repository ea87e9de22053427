"""The extractor alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from app.api import parameters
from app.api.caching import answer
from app.api.dependencies import ExtractingDep, make_router
from app.api.documentation import answers, document_body
from app.api.examples.spine import EXTRACT_REQUEST
from app.api.extracting import Source, extract_answer
from app.api.offsets import OffsetUnit
from app.api.schemas.extract import ExtractAnswer, ExtractRequest
from app.api.sources import page_source, parsed, source_of, text_source
from app.settings import Settings

router = make_router("extraction")


def _from_json(body: bytes, settings: Settings) -> Source:
    asked = parsed(ExtractRequest, body)
    known = {"title": asked.title, "language": asked.language}
    if asked.text is not None:
        return text_source(asked.text, **known)
    return page_source(asked.html or "", settings, **known)


async def _source(request: Request) -> Source:
    return await source_of(request, _from_json)


SourceDep = Annotated[Source, Depends(_source)]


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
    openapi_extra=document_body(ExtractRequest, EXTRACT_REQUEST),
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
