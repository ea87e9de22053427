"""Answers with a weak ETag, and 304 for whoever has the same already (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response
from pydantic import BaseModel

from app.api.schemas.changes import ChangeList
from app.api.schemas.common import Listing
from app.api.schemas.places import LocationCollection

_TAG = re.compile(r'(?:W/)?("[^"]*")')

JSON = "application/json"


def answer(request: Request, model: BaseModel, media_type: str = JSON) -> Response:
    """`model` as JSON, to be revalidated at each use; 304 where the client's copy is the same.

    The tag is weak: it is taken before compression. A list's `next` stands in `Link` as well.
    """
    following = None
    if isinstance(model, Listing | LocationCollection | ChangeList):
        following = model.next
    return answer_bytes(request, model.model_dump_json().encode(), following, media_type)


def answer_bytes(
    request: Request,
    body: bytes,
    following: str | None = None,
    media_type: str = JSON,
    modified: datetime | None = None,
) -> Response:
    """`answer` for what is written already; `following` is a list's `next`, `modified` as below."""
    headers = {"Vary": "Accept"}
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    return tagged(request, body, media_type, headers, modified)


def tagged(
    request: Request,
    body: bytes,
    media_type: str,
    headers: Mapping[str, str],
    modified: datetime | None = None,
) -> Response:
    """`body` with its tag and `headers`; a 304 has them too, for whoever keeps it updates them.

    `modified` is a time since which the body cannot have changed, None where none is known.
    """
    tag = tag_of(body)
    common = {"ETag": tag, "Cache-Control": "no-cache", **headers}
    if modified is not None:
        common["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if_none_match = request.headers.get("if-none-match")
    if if_none_match is None:
        is_same = _unmodified(request.headers.get("if-modified-since"), modified)
    else:
        is_same = matches(if_none_match, tag)
    if is_same:
        # The compression adds this to what it may compress, and leaves a 304 alone.
        varying = [common["Vary"]] if "Vary" in common else []
        common["Vary"] = ", ".join([*varying, "Accept-Encoding"])
        return Response(status_code=304, headers=common)
    return Response(body, media_type=media_type, headers=common)


def tag_of(body: bytes) -> str:
    """The entity tag of an answer; weak, since it is taken before compression."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def _unmodified(since: str | None, modified: datetime | None) -> bool:
    """Whether `If-Modified-Since` is `modified` or later; a date that is none asks nothing."""
    if since is None or modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return modified.replace(microsecond=0) <= moment.replace(tzinfo=moment.tzinfo or UTC)


def matches(condition: str | None, tag: str) -> bool:
    """Whether `If-None-Match` or `If-Match` holds the tag, by weak comparison."""
    if condition is None:
        return False
    if condition.strip() == "*":
        return True
    return tag.removeprefix("W/") in _TAG.findall(condition)
