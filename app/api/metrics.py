"""Figures for Prometheus at `/metrics`: requests by path, status and duration, and the process."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_fastapi_instrumentator import Instrumentator


def install(app: FastAPI) -> None:
    """Measure every request of `app`, and serve the figures.

    The registry is the application's own, so that several may live in one process. Paths count by
    template ("/v1/quotes/{quote_id}"), unknown ones together: there are never more series than
    routes.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    Instrumentator(excluded_handlers=["^/metrics$"], registry=registry).instrument(
        app, metric_namespace="onrecord"
    )

    @app.get("/metrics", include_in_schema=False)
    async def get_metrics(request: Request) -> Response:
        return Response(
            generate_latest(registry),
            media_type=CONTENT_TYPE_LATEST,
            headers={"Cache-Control": "no-store"},
        )
