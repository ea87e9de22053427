"""A server with two operations that write, and keys for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from fastapi import FastAPI, Request
from sqlalchemy import Engine

from app.api.security import Actor, AdminActor
from app.main import create_app
from app.store.keys import KeyScope, create_key, revoke_key
from app.store.session import writing
from tests.api import newsroom
from tests.api.conftest import settings_for

# What a proxy adds to the request of somebody elsewhere.
ELSEWHERE = {"x-forwarded-for": "203.0.113.5"}
# The server believes its proxy.
BEHIND_A_PROXY = {"trusted_proxies": ["127.0.0.1"]}


def key(engine: Engine, scope: str, label: str = "") -> tuple[str, dict[str, str]]:
    """A new key: its uid, and the header that presents it."""
    with writing(engine) as connection:
        uid, made = create_key(connection, KeyScope(scope), label, datetime.now(UTC))
    return uid, {"authorization": f"Bearer {made}"}


def revoke(engine: Engine, uid: str) -> None:
    with writing(engine) as connection:
        assert revoke_key(connection, uid, datetime.now(UTC))


def guarded_app(engine: Engine, **settings: object) -> FastAPI:
    app = create_app(settings_for(engine, **settings), newsroom.StubExtractor)

    @app.post("/v1/things", include_in_schema=False)
    async def add_thing(request: Request, actor: Actor) -> str:
        await request.body()
        return actor

    @app.delete("/v1/things/{thing}", include_in_schema=False)
    def remove_thing(thing: str, actor: AdminActor) -> str:
        if thing == "broken":
            raise RuntimeError("secret")
        return actor

    return app


@contextmanager
def guarded(engine: Engine, **settings: object) -> Iterator[httpx.Client]:
    with newsroom.asking(guarded_app(engine, **settings)) as client:
        yield client
