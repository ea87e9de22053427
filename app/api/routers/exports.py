"""Quotes as files."""

from __future__ import annotations

from fastapi import Request, Response

from app.api.dependencies import JSON_RANGES, DatabaseDep, accepting, make_router
from app.api.documentation import answers
from app.api.exporting import CSV, DEFAULTS_HEADER, NDJSON, ChosenDep, export
from app.exports.text import csv_chunks, ndjson_chunks

csv_router = make_router("exports", accepted=accepting("*/*", "text/*", CSV))
ndjson_router = make_router(
    "exports", accepted=accepting(*JSON_RANGES, "application/jsonl", NDJSON)
)
_RESPONSES = answers("invalid-parameter", "busy", "store-unavailable", cached=False)
_RESPONSES[200]["headers"] = {
    "Content-Disposition": {
        "description": "A name for the file",
        "schema": {"type": "string"},
    },
    DEFAULTS_HEADER: {
        "description": "The defaults that were applied, as a query string",
        "schema": {"type": "string"},
    },
}


class _Csv(Response):
    """Names the media type in the OpenAPI document."""

    media_type = CSV


class _Ndjson(Response):
    media_type = NDJSON


@csv_router.get(
    "/quotes/export.csv",
    operation_id="export_csv",
    summary="Export quotes (CSV)",
    response_class=_Csv,
    responses=_RESPONSES,
)
def export_csv(request: Request, database: DatabaseDep, chosen: ChosenDep) -> Response:
    """All quotes of any filter as CSV (RFC 4180, UTF-8, a header), newest first, streamed.

    Asserted quotes of resolved speakers at or above the server's threshold of confidence, unless
    `polarity`, `speaker_status` or `min_confidence` say otherwise, each for itself, or `all=true`;
    the header `Onrecord-Defaults` says which were applied. A cell that a spreadsheet might take for
    a formula begins with an apostrophe; line breaks stay as they are. A connection that breaks off
    before the end has not given all quotes (curl exits with 18).
    """
    return export(request, database, chosen, csv_chunks, CSV, "csv")


@ndjson_router.get(
    "/quotes/export.ndjson",
    operation_id="export_ndjson",
    summary="Export quotes (NDJSON)",
    response_class=_Ndjson,
    responses=_RESPONSES,
)
def export_ndjson(request: Request, database: DatabaseDep, chosen: ChosenDep) -> Response:
    """All quotes of any filter, newest first, a JSON object a line, streamed.

    Each line is a quote as `GET /v1/quotes` shows it, with its `provenance`. Defaults and broken
    connections: see `export.csv`.
    """
    return export(request, database, chosen, ndjson_chunks, NDJSON, "ndjson")
