"""API keys: made, listed, revoked, looked up. Only a digest of a key is kept.

A key is `onrecord_<uid>_<secret>`: the uid finds the row and is no secret, the secret has 256 bits
of randomness. No slow or salted hash is needed for those: there is nothing to guess, and no two are
alike.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update

from app.store.rows import table_of
from app.store.tables import ApiKey

LONGEST_LABEL = 200
_KEY = re.compile(r"onrecord_(k_[0-9a-f]{16})_[0-9a-f]{64}", re.ASCII)

_api_key = table_of(ApiKey)


class KeyScope(StrEnum):
    """What a key is good for; each scope has what stands before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: KeyScope) -> bool:
        """Whether a key of this scope may do what needs `needed`."""
        return _RANK[self] >= _RANK[needed]


_RANK = {scope: rank for rank, scope in enumerate(KeyScope)}


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key as the database knows it. `digest` is that of the whole key, in hexadecimal."""

    uid: str
    digest: str
    scope: KeyScope
    label: str
    created_at: datetime
    revoked_at: datetime | None

    def opens(self, key: str) -> bool:
        """Whether `key` is this key and has not been revoked."""
        is_this = hmac.compare_digest(self.digest, _digest(key))
        return is_this and self.revoked_at is None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def uid_in(key: str) -> str | None:
    """The uid in a key, None for what is no key at all."""
    match = _KEY.fullmatch(key)
    return None if match is None else match[1]


def create_key(
    connection: Connection, scope: KeyScope, label: str, now: datetime
) -> tuple[str, str]:
    """Store a new key: its uid, and the key itself, which nothing can tell again.

    Raises ValueError for a label that is too long or that a terminal could not print as a line.
    """
    if len(label) > LONGEST_LABEL or not label.isprintable():
        raise ValueError(f"a label is one line of at most {LONGEST_LABEL} printable characters")
    uid = f"k_{secrets.token_hex(8)}"
    key = f"onrecord_{uid}_{secrets.token_hex(32)}"
    row = {"uid": uid, "hash": _digest(key), "scope": scope.value, "label": label}
    connection.execute(insert(_api_key).values(**row, created_at=now))
    return uid, key


def revoke_key(connection: Connection, uid: str, now: datetime) -> bool:
    """Revoke a key; whether there was one to revoke. Its row stays: the audit log names it."""
    mine = (_api_key.c.uid == uid) & _api_key.c.revoked_at.is_(None)
    return connection.execute(update(_api_key).where(mine).values(revoked_at=now)).rowcount > 0


_COLUMNS = (
    _api_key.c.uid,
    _api_key.c.hash.label("digest"),
    _api_key.c.scope,
    _api_key.c.label,
    _api_key.c.created_at,
    _api_key.c.revoked_at,
)


def list_keys(connection: Connection) -> Sequence[StoredKey]:
    """All keys, the oldest first, revoked ones included."""
    found = connection.execute(select(*_COLUMNS).order_by(_api_key.c.pk))
    return [_stored(row) for row in found]


def find_key(connection: Connection, uid: str) -> StoredKey | None:
    """The key of that uid, revoked or not."""
    row = connection.execute(select(*_COLUMNS).where(_api_key.c.uid == uid)).first()
    return None if row is None else _stored(row)


def any_key(connection: Connection) -> bool:
    """Whether a key was ever made. Revoking the last one must not open what keys have closed."""
    return bool(connection.execute(select(exists(select(_api_key.c.pk)))).scalar_one())


def _stored(row: Any) -> StoredKey:
    return StoredKey(**{**row._mapping, "scope": KeyScope(row.scope)})
