"""Answers with a weak ETag, and 304 for whoever has the same already (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

import hashlib
import re

from fastapi import Request, Response
from pydantic import BaseModel

from app.api.schemas.common import Listing

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def answer(request: Request, model: BaseModel) -> Response:
    """`model` as JSON, to be revalidated at each use; 304 where the client's copy is the same.

    The tag is weak: it is taken before compression. A list's `next` stands in `Link` as well.
    """
    body = model.model_dump_json().encode()
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    common = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if isinstance(model, Listing) and model.next is not None:
        common["Link"] = f'<{model.next}>; rel="next"'
    if matches(request.headers.get("if-none-match"), tag):
        # The compression adds this to what it may compress, and leaves a 304 alone.
        common["Vary"] += ", Accept-Encoding"
        return Response(status_code=304, headers=common)
    return Response(body, media_type="application/json", headers=common)


def matches(condition: str | None, tag: str) -> bool:
    """Whether `If-None-Match` holds the tag, by weak comparison."""
    if condition is None:
        return False
    if condition.strip() == "*":
        return True
    return tag.removeprefix("W/") in _TAG.findall(condition)
