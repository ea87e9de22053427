"""The web application: `uvicorn --factory app.main:create_app`."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette_compress import CompressMiddleware, add_compress_type
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app import __version__
from app.api import documentation, metrics, problems
from app.api.access import Access, KeyRing
from app.api.dependencies import GEOJSON, Database
from app.api.exporting import CSV, JSON_FEED, NDJSON, Exporting
from app.api.extracting import Extracting, Extractor, ExtractorFactory
from app.api.gate import Gate, Guarded
from app.api.hosts import TrustedHosts
from app.api.limiting import RateLimits
from app.api.middleware import AccessLog, BodyLimit, HeadAsGet, LastResort, protect
from app.api.routers import ROUTERS
from app.errors import ModelError, StoreError
from app.settings import Settings

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)


def create_app(
    settings: Settings | None = None, extractor_factory: ExtractorFactory | None = None
) -> FastAPI:
    """The application for some settings (those of the environment by default).

    `extractor_factory` makes the extractor of `/v1/extract` at its first use. Nothing is opened or
    loaded here: the database is opened by the first request that needs it.
    """
    settings = settings or Settings()
    app: FastAPI = FastAPIOffline(
        redoc_url=None,
        title="Onrecord",
        version=__version__,
        summary="Who said what, about whom, where and when.",
        description=documentation.DESCRIPTION,
        openapi_tags=documentation.TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.database = Database(settings.database_url)
    app.state.access = Access(settings, KeyRing(app.state.database))
    app.state.exporting = Exporting(settings.max_exports)
    app.state.extracting = Extracting(
        extractor_factory or _default_factory(settings),
        settings.max_extract_chars,
        settings.max_waiting_extractions,
    )
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    documentation.install(app)
    _add_middlewares(app, settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.extracting.close()
    app.state.database.close()


def _default_factory(settings: Settings) -> ExtractorFactory:
    def make() -> Extractor:
        # spaCy is never imported here: its process starts with the first text.
        from app.api.locating import Locating
        from app.extraction.process import ExtractorProcess
        from app.store.gazetteer import open_gazetteer

        try:
            gazetteer = open_gazetteer(settings.gazetteer)
        except StoreError as error:
            log.error("%s", error)
            raise ModelError(
                "This server's gazetteer cannot be opened; its log says why. Ask its operator."
            ) from error
        extractor = ExtractorProcess(
            settings.spacy_model,
            settings.extractor,
            settings.matrix_kernel,
            settings.batch_size,
            settings.extract_timeout,
        )
        return Locating(extractor, gazetteer)

    return make


def _add_middlewares(app: FastAPI, settings: Settings) -> None:
    """The last one added is the outermost."""
    add_compress_type(problems.MEDIA_TYPE)
    for media_type in (GEOJSON, JSON_FEED, NDJSON, CSV):
        add_compress_type(media_type)
    app.add_middleware(BodyLimit, limit=settings.max_request_bytes)
    app.add_middleware(
        Gate,
        access=app.state.access,
        limits=RateLimits(settings.rate_limit, settings.write_rate_limit),
        database=app.state.database,
        # An application does not list the routes of the routers that it includes.
        guarded=Guarded(lambda: chain(app.routes, *(router.routes for router in ROUTERS))),
        reads_open=settings.read_access == "open",
    )
    app.add_middleware(LastResort)
    app.add_middleware(CompressMiddleware)
    app.add_middleware(HeadAsGet)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "HEAD", "POST", "PATCH", "DELETE"],
        allow_headers=[
            "Accept",
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "X-Request-ID",
        ],
        expose_headers=[
            "Content-Disposition",
            "ETag",
            "Link",
            "Location",
            "Onrecord-Defaults",
            "Retry-After",
            "WWW-Authenticate",
            "X-Request-ID",
        ],
    )
    if "*" not in settings.allowed_hosts:
        app.add_middleware(TrustedHosts, hosts=settings.allowed_hosts)
    protect(app)
    metrics.install(app)
    app.add_middleware(AccessLog, enabled=settings.access_log)
    app.add_middleware(CorrelationIdMiddleware, validator=_is_request_id)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)


def _is_request_id(value: str) -> bool:
    """Whether an id that the client brings is kept for the logs."""
    return _REQUEST_ID.fullmatch(value) is not None
