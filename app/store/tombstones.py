"""Keyed hashes of what must not come back: withdrawn articles, suppressed people.

The key is random and stays in the database: whoever sees a tombstone elsewhere (a log, a mirror)
cannot try names against it. The hash is BLAKE2b with that key, 160 bits.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from app.store.rows import insert_missing
from app.store.tables import Secret, Tombstone

_NAME = "tombstone"
_KEY = select(col(Secret.value)).where(col(Secret.name) == _NAME)


def bury(connection: Connection, uid: str, things: Iterable[str], now: datetime) -> None:
    """Keep hashes of things by which what has this uid could come back."""
    insert_missing(connection, Secret, [{"name": _NAME, "value": secrets.token_hex(32)}])
    key = connection.execute(_KEY).scalar_one()
    rows = [
        {"keyed_hash": _hash(key, thing), "uid": uid, "at": now} for thing in sorted(set(things))
    ]
    insert_missing(connection, Tombstone, rows)


def dig_up(connection: Connection, uid: str) -> None:
    """Forget the hashes that stand for a uid."""
    connection.execute(delete(Tombstone).where(col(Tombstone.uid) == uid))


def buried(connection: Connection, things: Iterable[str]) -> dict[str, str]:
    """The uids that things stand for, of those that are buried."""
    key = connection.execute(_KEY).scalar()
    if key is None:
        return {}
    hashes = {_hash(key, thing): thing for thing in things}
    statement: Any = select(col(Tombstone.keyed_hash), col(Tombstone.uid)).where(
        col(Tombstone.keyed_hash).in_(sorted(hashes))
    )
    return {hashes[row.keyed_hash]: row.uid for row in connection.execute(statement)}


def name_of(kind: str, norm: str) -> str:
    """What a suppressed name is buried as."""
    return f"name:{kind}:{norm}"


def text_of(digest: str) -> str:
    """What a withdrawn text is buried as; `digest` is its `identity.sha256`."""
    return f"text:{digest}"


def _hash(key: str, thing: str) -> str:
    made = hashlib.blake2b(
        thing.encode("utf-8", "surrogatepass"), key=bytes.fromhex(key), digest_size=20
    )
    return made.hexdigest()
