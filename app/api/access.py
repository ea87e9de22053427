"""Who may do what: keys, and what is open to whom without one."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.datastructures import Headers
from starlette.types import Scope

from app.api.dependencies import Database
from app.api.problems import Problem
from app.api.security import NOBODY, Caller
from app.errors import StoreError
from app.settings import Settings
from app.store import keys
from app.store.keys import KeyScope, StoredKey

log = logging.getLogger("onrecord.api")

T = TypeVar("T")

# Seconds after which a key is looked up again: so soon a revocation holds in every process.
FRESH = 2.0
# Keys remembered at a time. Unknown ones are remembered too, hence the bound.
REMEMBERED = 1_000

# What a proxy adds. Whoever comes by one is not local, although the proxy may be.
_OF_PROXIES = frozenset(
    (
        b"forwarded",
        b"via",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-proto",
        b"x-real-ip",
    )
)
# What an address has before or behind the host: none may stand in the header `Host`.
_NO_AUTHORITY = re.compile(r"[@/\\?#\s]")
_NO_KEY = 'Bearer realm="onrecord"'
_WRONG_KEY = 'Bearer realm="onrecord", error="invalid_token"'


@dataclass(slots=True)
class _Remembered:
    key: StoredKey | None
    until: float


class KeyRing:
    """The keys of the database, each remembered for FRESH seconds. Belongs to one event loop."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._remembered: dict[str, _Remembered] = {}
        self._has_keys = False
        self._had_none_until = -math.inf

    async def find(self, uid: str) -> StoredKey | None:
        """The key of that uid, as it was at most FRESH seconds ago."""
        now = self._clock()
        known = self._remembered.get(uid)
        if known is not None and now < known.until:
            return known.key
        found = await self._asked(partial(keys.find_key, uid=uid))
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[uid] = _Remembered(found, now + FRESH)
        return found

    async def any(self) -> bool:
        """Whether the database has, or ever had, a key."""
        now = self._clock()
        if not self._has_keys and now >= self._had_none_until:
            self._has_keys = await self._asked(keys.any_key)
            self._had_none_until = now + FRESH
        return self._has_keys

    async def _asked(self, ask: Callable[[Connection], T]) -> T:
        """What the database says, in a thread. Raises a Problem (503) where it does not."""
        try:
            return await asyncio.to_thread(self._read, ask)
        except (StoreError, OperationalError, PoolTimeoutError) as error:
            log.error("keys cannot be looked up: %s", error)
            detail = "Keys cannot be looked up just now. Try again in a moment; see /readyz."
            raise Problem("store-unavailable", detail, headers={"Retry-After": "5"}) from error

    def _read(self, ask: Callable[[Connection], T]) -> T:
        with self._database.reading() as connection:
            return ask(connection)


class Access:
    """The rules of one application.

    `host` is the address that the server was told to listen on, None where only the connections
    tell (under another server than `onrecord serve`).
    """

    def __init__(self, settings: Settings, ring: KeyRing) -> None:
        self._settings = settings
        self._ring = ring
        self._pages = frozenset(settings.cors_origins) - {"*"}
        self.host: str | None = None

    async def identify(self, authorization: list[str]) -> Caller:
        """The caller by its headers `Authorization`. Raises a Problem (401) for any wrong key."""
        if not authorization:
            return NOBODY
        scheme, _, rest = authorization[0].partition(" ")
        presented = rest.strip(" ")
        uid = keys.uid_in(presented) if scheme.lower() == "bearer" else None
        if uid is None or len(authorization) > 1:
            raise _invalid_key(
                "The header Authorization holds no key: send one `Authorization: Bearer "
                "onrecord_k_…`, or leave it out."
            )
        key = await self._ring.find(uid)
        if key is None or not key.opens(presented):
            raise _invalid_key("The key is unknown or was revoked; ask whoever runs the server.")
        return Caller(key.uid, key.label, key.scope)

    async def require(self, scope: Scope, caller: Caller, needed: KeyScope) -> None:
        """Raises a Problem (401, 403) unless the caller may do what needs `needed`."""
        if caller.scope is not None:
            if not caller.scope.covers(needed):
                raise _too_little(caller.scope, needed)
        elif needed is KeyScope.READ:
            if self._settings.read_access == "key":
                raise _no_key(needed)
        elif not await self._writes_open(scope, needed):
            raise _no_key(needed)
        elif not self._is_own_page(scope):
            raise Problem(
                "foreign-page",
                "A page of another origin may not write without a key: send one, or name the "
                "origin in ONRECORD_CORS_ORIGINS.",
            )

    async def _writes_open(self, scope: Scope, needed: KeyScope) -> bool:
        writes = self._settings.writes
        if writes == "open" and needed is KeyScope.WRITE:
            return True
        return writes != "key" and self.is_local(scope) and not await self._ring.any()

    def may_read_texts(self, scope: Scope, caller: Caller) -> bool:
        """Whether the caller may read the full texts of articles."""
        rule = self._settings.article_text
        if rule == "auto":
            return caller.scope is not None or self.is_local(scope)
        return rule == "public" or (rule == "key" and caller.scope is not None)

    def is_local(self, scope: Scope) -> bool:
        """Whether the server listens on loopback and the request was made on this machine.

        That the connection is one of loopback does not suffice: a proxy beside the server makes
        such connections for the whole world, and a browser for any page whose name leads here.
        """
        server, client = scope.get("server"), scope.get("client")
        if server is None or client is None or scope.get("http_version") == "1.0":
            # Proxies that add no header speak HTTP/1.0 by default.
            return False
        listening = server[0] if self.host is None else self.host
        if not (_is_loopback(listening) and _is_loopback(client[0])):
            return False
        host = b""
        for name, value in scope["headers"]:
            if name in _OF_PROXIES:
                return False
            if name == b"host":
                host = value
        return _is_loopback(_name_in(host.decode("latin-1")))

    def _is_own_page(self, scope: Scope) -> bool:
        """Whether a page of this server, of this machine or of a named origin sends the request.

        Browsers say which page it is (`Origin`); other clients do not.
        """
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin in self._pages:
            return True
        if origin == f"{scope.get('scheme', 'http')}://{headers.get('host', '')}":
            return True
        return _is_loopback(_name_in(origin.partition("://")[2])) and self.is_local(scope)


def _name_in(authority: str) -> str:
    """The host of `host:port`; empty for what is none."""
    if _NO_AUTHORITY.search(authority):
        return ""
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str | None) -> bool:
    if not host:
        return False
    if host in ("127.0.0.1", "localhost", "::1"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _no_key(needed: KeyScope) -> Problem:
    return Problem(
        "key-required",
        f"This needs a key of scope {needed}: send it as `Authorization: Bearer KEY`. Whoever runs "
        f"the server makes one with `onrecord keys create --scope {needed}`.",
        headers={"WWW-Authenticate": _NO_KEY},
    )


def _invalid_key(detail: str) -> Problem:
    return Problem("invalid-key", detail, headers={"WWW-Authenticate": _WRONG_KEY})


def _too_little(scope: KeyScope, needed: KeyScope) -> Problem:
    challenge = f'Bearer realm="onrecord", error="insufficient_scope", scope="{needed}"'
    return Problem(
        "insufficient-scope",
        f"The key is of scope {scope}, and this needs {needed}. Use another key.",
        headers={"WWW-Authenticate": challenge},
    )
