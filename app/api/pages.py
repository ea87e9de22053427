"""`/docs` and `/openapi.json` as FastAPI makes them, with an ETag and a security policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.routing import Route

from app.api.caching import tagged

# Where fastapi-offline serves the page's assets.
_ASSETS = "/static-offline-docs"
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.S)
# Pages of fastapi-offline: they name no policy, and nobody signs in with OAuth here.
_REPLACED = ("/docs", "/openapi.json", "/docs/oauth2-redirect")


def install(app: FastAPI) -> None:
    """Serve both in place of fastapi-offline's and FastAPI's own routes."""
    app.router.routes[:] = [
        route
        for route in app.router.routes
        if not (isinstance(route, Route) and route.path in _REPLACED)
    ]

    @app.get("/docs", include_in_schema=False)
    async def get_docs(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        page = bytes(
            get_swagger_ui_html(
                openapi_url=f"{root}/openapi.json",
                title=f"{app.title} - API",
                swagger_js_url=f"{root}{_ASSETS}/swagger-ui-bundle.js",
                swagger_css_url=f"{root}{_ASSETS}/swagger-ui.css",
                swagger_favicon_url=f"{root}{_ASSETS}/favicon.png",
            ).body
        )
        return tagged(request, page, "text/html", {"Content-Security-Policy": _policy(page)})

    @app.get("/openapi.json", include_in_schema=False)
    async def get_openapi(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        document = app.openapi()
        if root:
            document = {**document, "servers": [{"url": root}]}
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        return tagged(request, body, "application/json", {})


def _policy(page: bytes) -> str:
    """What the page needs and no more; its own inline scripts are named by their digests."""
    digests = (hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
