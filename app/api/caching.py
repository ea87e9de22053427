"""Answers with a weak ETag, and 304 for whoever has the same already (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from fastapi import Request, Response
from pydantic import BaseModel

from app.api.schemas.common import Listing
from app.api.schemas.places import LocationCollection

_TAG = re.compile(r'(?:W/)?("[^"]*")')


JSON = "application/json"


def answer(request: Request, model: BaseModel, media_type: str = JSON) -> Response:
    """`model` as JSON, to be revalidated at each use; 304 where the client's copy is the same.

    The tag is weak: it is taken before compression. A list's `next` stands in `Link` as well.
    """
    headers = {"Vary": "Accept"}
    if isinstance(model, Listing | LocationCollection) and model.next is not None:
        headers["Link"] = f'<{model.next}>; rel="next"'
    return tagged(request, model.model_dump_json().encode(), media_type, headers)


def tagged(request: Request, body: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """`body` with its tag and `headers`; a 304 has them too, for whoever keeps it updates them."""
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    common = {"ETag": tag, "Cache-Control": "no-cache", **headers}
    if matches(request.headers.get("if-none-match"), tag):
        # The compression adds this to what it may compress, and leaves a 304 alone.
        varying = [common["Vary"]] if "Vary" in common else []
        common["Vary"] = ", ".join([*varying, "Accept-Encoding"])
        return Response(status_code=304, headers=common)
    return Response(body, media_type=media_type, headers=common)


def matches(condition: str | None, tag: str) -> bool:
    """Whether `If-None-Match` holds the tag, by weak comparison."""
    if condition is None:
        return False
    if condition.strip() == "*":
        return True
    return tag.removeprefix("W/") in _TAG.findall(condition)
