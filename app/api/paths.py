"""What paths and methods the application has, read from its own OpenAPI document."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI

# Paths that the OpenAPI document leaves out, all read with GET.
PAGES = ("/docs", "/openapi.json")
_PARAMETER = re.compile(r"\{[^/]*?\}")


def _documented(app: FastAPI) -> dict[str, Any]:
    paths: dict[str, Any] = app.openapi()["paths"]
    return paths


def known_paths(app: FastAPI) -> list[str]:
    """All paths, templates included."""
    return [*_documented(app), *PAGES]


def allowed_methods(app: FastAPI, path: str) -> list[str]:
    """The methods that a path takes; GET brings HEAD with it. GET for a page outside OpenAPI.

    Of several templates that it fits the one that says most of it counts (OpenAPI 3.1, 4.8.8.2).
    """
    documented = _documented(app)
    fitting = [
        template
        for template in documented
        if re.fullmatch(re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template)), path)
    ]
    methods = {"GET"}
    if fitting:
        nearest = max(fitting, key=lambda template: len(_PARAMETER.sub("", template)))
        methods = {method.upper() for method in documented[nearest]}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)
