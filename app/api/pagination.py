"""Opaque keyset cursors: where a page ended, bound to the list it belongs to.

A cursor is `base64url(digest ‖ JSON)`. The digest covers the path, the filters and the sort, so
that a cursor cut short, altered or carried to another list is refused. It is no secret: whoever
forges one with the code at hand gets rows that the list shows anyway, and the values inside are
checked for their types before they reach the database.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import Request

from app.errors import InvalidCursorError
from app.store.read.base import Key, SortValue

_DIGEST_BYTES = 16
_PURPOSE = b"onrecord cursor 1"
# What may change from page to page: how many rows, and how offsets are counted.
_FREE = frozenset({"cursor", "limit", "offsets"})
_INTEGER_LIMIT = 2**63


@dataclass(frozen=True, slots=True)
class Paging:
    """One request for a page: `limit` rows, continuing `cursor`, of the list that `request` asks.

    `version` is what else the list depends on; a cursor from another version is refused.
    """

    request: Request
    limit: int
    cursor: str | None
    version: str = ""

    def after(self, kind: type[SortValue]) -> Key | None:
        """Where the page starts, None for the first. Raises InvalidCursorError."""
        if self.cursor is None:
            return None
        return decode(self.cursor, self._binding(), kind)

    def bound_to(self, extraction: int) -> Paging:
        """The same page of a list that another extraction makes anew."""
        return replace(self, version=str(extraction))

    def next_url(self, after: Key | None) -> str | None:
        """The absolute address of the page behind `after`; None at the end, where that is None."""
        if after is None:
            return None
        cursor = encode(after, self._binding())
        # As URL.include_query_params has it, which reads the address four times over.
        kept = [p for p in self.request.query_params.multi_items() if p[0] != "cursor"]
        address = str(self.request.url).partition("?")[0]
        # A cursor has no character that would have to be quoted.
        return f"{address}?{urlencode(kept)}{'&' if kept else ''}cursor={cursor}"

    def _binding(self) -> str:
        query = sorted(p for p in self.request.query_params.multi_items() if p[0] not in _FREE)
        return json.dumps([self.request.url.path, query, self.version])


def encode(key: Key, binding: str) -> str:
    """The cursor for a key in the list described by `binding`."""
    value, pk = key
    plain = value.isoformat() if isinstance(value, datetime) else value
    payload = json.dumps([plain, pk], ensure_ascii=False, separators=(",", ":")).encode()
    raw = _digest(payload, binding) + payload
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(cursor: str, binding: str, kind: type[SortValue]) -> Key:
    """The key in a cursor, its value of type `kind`. Raises InvalidCursorError."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        digest, payload = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
        if not hmac.compare_digest(digest, _digest(payload, binding)):
            raise _refusal()
        plain, pk = json.loads(payload)
        key = _READERS[kind](plain), _integer(pk)
        # Base64 leaves bits unused at the end: only the one canonical spelling is accepted.
        if encode(key, binding) != cursor:
            raise _refusal()
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise _refusal() from error
    return key


def _digest(payload: bytes, binding: str) -> bytes:
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES, key=_PURPOSE)
    state.update(binding.encode("utf-8", "surrogatepass"))
    state.update(b"\0")
    state.update(payload)
    return state.digest()


def _moment(plain: object) -> datetime:
    moment = datetime.fromisoformat(_string(plain))
    if moment.utcoffset() is None:
        raise ValueError("not an instant")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("a zone carries it over the edge of the calendar") from None


def _integer(plain: object) -> int:
    if type(plain) is not int or not -_INTEGER_LIMIT <= plain < _INTEGER_LIMIT:
        raise TypeError("not an integer of a database")
    return plain


def _string(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError("not a string")
    return plain


def _number(plain: object) -> float:
    if type(plain) is not float or not math.isfinite(plain):
        raise TypeError("not a number of a database")
    return plain


_READERS: dict[type[SortValue], Callable[[object], SortValue]] = {
    datetime: _moment,
    int: _integer,
    float: _number,
    str: _string,
}


def _refusal() -> InvalidCursorError:
    return InvalidCursorError(
        "The cursor is damaged or belongs to another list (path, filters and sort must stay the "
        "same from page to page). Follow `next` unchanged, or leave `cursor` out to start over."
    )
