"""What paths and methods the application has, read from its own OpenAPI document."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI

# Paths that the OpenAPI document leaves out, all read with GET.
PAGES = ("/docs", "/openapi.json")


def _documented(app: FastAPI) -> dict[str, Any]:
    paths: dict[str, Any] = app.openapi()["paths"]
    return paths


def known_paths(app: FastAPI) -> list[str]:
    """All paths, templates included."""
    return [*_documented(app), *PAGES]


def allowed_methods(app: FastAPI, path: str) -> list[str]:
    """The methods that a path takes; GET brings HEAD with it. GET for a page outside OpenAPI."""
    methods: set[str] = set()
    for template, operations in _documented(app).items():
        pattern = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            methods |= {method.upper() for method in operations}
    if not methods:
        methods = {"GET"}
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)
