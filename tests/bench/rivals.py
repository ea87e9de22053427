"""What a page is measured against, behind the same middlewares: a constant, and objects.

`python -m tests.bench.rivals DATABASE SIZE [bare]` serves the API with two paths more on a free
port, which it prints: `/v1/constant` answers SIZE bytes, `/v1/naive` is the speaker's page as one
would first write it with SQLModel. `bare` leaves all middlewares out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import uvicorn
from fastapi import Depends, FastAPI, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.main import create_app
from app.server import configured, settle_memory
from app.settings import Settings
from app.store.tables import Article, Entity, QuoteRow


class _Named(BaseModel):
    id: str | None
    name: str | None
    status: str
    described_as: str | None


class _Article(BaseModel):
    id: str
    url: str | None
    title: str | None
    publisher: str | None
    published: dict[str, Any] | None


class _Quote(BaseModel):
    id: str
    kind: str
    text: str
    speaker: _Named
    cue: str | None
    cue_class: str
    polarity: str
    confidence: float | None
    article: _Article


class _Quotes(BaseModel):
    results: list[_Quote]
    total: int


def _session(request: Request) -> Iterator[Session]:
    with Session(request.app.state.database.engine()) as session:
        yield session


def naive(session: Annotated[Session, Depends(_session)], speaker: str, limit: int = 50) -> _Quotes:
    """A page of a speaker's quotes through objects and a response model, without a cursor."""
    who = session.exec(select(Entity).where(Entity.uid == speaker)).one()
    voice = aliased(Entity)
    statement = (
        select(QuoteRow, Article, voice)
        .join(Article, col(Article.pk) == col(QuoteRow.article))
        .join(voice, voice.pk == col(QuoteRow.speaker))
        .where(QuoteRow.speaker == who.pk, col(QuoteRow.visible), Article.status == "usable")
        .order_by(col(QuoteRow.sort_at).desc(), col(QuoteRow.pk).desc())
        .limit(limit)
    )
    results = [
        _Quote(
            id=quote.uid,
            kind=quote.kind,
            text=quote.text,
            speaker=_Named(
                id=entity.uid,
                name=entity.name,
                status=quote.speaker_status,
                described_as=quote.described_as,
            ),
            cue=quote.cue,
            cue_class=quote.cue_class,
            polarity=quote.polarity,
            confidence=quote.confidence,
            article=_Article(
                id=article.uid,
                url=article.url,
                title=article.title,
                publisher=article.publisher,
                published=article.published,
            ),
        )
        for quote, article, entity in session.exec(statement)
    ]
    return _Quotes(results=results, total=who.quotes)


def application(database: str, size: int, *, is_bare: bool = False) -> FastAPI:
    """The API with its rivals; no limits, since one address asks everything."""
    settings = Settings(database_url=f"sqlite:///{database}", rate_limit="off", log_level="WARNING")
    app = create_app(settings)
    body = b'"' + b"x" * (size - 2) + b'"'

    @app.get("/v1/constant", include_in_schema=False)
    async def constant() -> Response:
        return Response(body, media_type="application/json")

    if is_bare:
        app.user_middleware.clear()
    app.get("/v1/naive", include_in_schema=False, response_model=_Quotes)(naive)
    return app


class _Announcing(uvicorn.Server):
    """Prints its port once it listens."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)


if __name__ == "__main__":
    served = application(sys.argv[1], int(sys.argv[2]), is_bare=sys.argv[3:] == ["bare"])
    settle_memory()
    _Announcing(configured(served, "127.0.0.1", 0)).run()
