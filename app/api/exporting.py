"""Quotes as streamed files, and the media types of feeds and exports."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.api.dependencies import Database
from app.api.filters import QuoteFilterDep
from app.api.problems import Problem
from app.exports.defaults import Defaults, with_defaults
from app.store.read.exports import ExportRow, export_pages
from app.store.read.quote_keys import QuoteFilter

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
LINKED = "application/ld+json"
CSV = "text/csv"
NDJSON = "application/x-ndjson"

Everything = Annotated[
    bool,
    Query(
        alias="all",
        description="Leaves the defaults out: quotes of every polarity, speaker status and "
        "confidence come, those without a confidence too, unless a parameter says otherwise.",
    ),
]


class Exporting:
    """How many exports run. Used in the event loop alone."""

    def __init__(self, most: int) -> None:
        self._free = most

    def begin(self) -> bool:
        """Take a place; False where none is free."""
        if self._free == 0:
            return False
        self._free -= 1
        return True

    def end(self) -> None:
        """Give a place back."""
        self._free += 1


class Export(StreamingResponse):
    """Chunks as they are made, in a place among the exports that may run.

    A client that goes away ends it. An error in its midst breaks the connection off, so that what
    arrived does not look whole.
    """

    def __init__(self, exporting: Exporting, chunks: Iterable[bytes], media_type: str) -> None:
        super().__init__(chunks, media_type=media_type)
        self._exporting = exporting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, or answer that too many do already."""
        if not self._exporting.begin():
            detail = "Too many exports run already. Try again after the seconds of Retry-After."
            refusal = Problem("busy", detail, headers={"Retry-After": "30"}).response()
            await refusal(scope, receive, send)
            return
        is_held = True

        def release() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._exporting.end()

        async def send_releasing(message: Message) -> None:
            # Before the end is sent: whoever has seen it may begin the next at once.
            if message["type"] == "http.response.body" and not message.get("more_body"):
                release()
            await send(message)

        try:
            await super().__call__(scope, receive, send_releasing)
        finally:
            release()


async def _chosen(
    request: Request, wanted: QuoteFilterDep, everything: Everything = False
) -> tuple[QuoteFilter, Defaults]:
    least = request.app.state.settings.export_min_confidence
    return with_defaults(wanted, least, everything)


ChosenDep = Annotated[tuple[QuoteFilter, Defaults], Depends(_chosen)]
"""The filter of a feed or export, and which defaults it took."""

DEFAULTS_HEADER = "Onrecord-Defaults"


def export(
    request: Request,
    database: Database,
    chosen: tuple[QuoteFilter, Defaults],
    write: Callable[[Iterable[Sequence[ExportRow]]], Iterator[bytes]],
    media_type: str,
    suffix: str,
) -> Response:
    """All quotes of a filter as a file."""
    wanted, defaults = chosen
    chunks: Iterable[bytes] = ()
    if not request.scope.get("head"):
        made = write(export_pages(database.reading, wanted))
        # What is wrong with the database shows before the answer begins.
        chunks = itertools.chain([next(made)], made)
    response = Export(request.app.state.exporting, chunks, media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="onrecord-quotes.{suffix}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    response.headers[DEFAULTS_HEADER] = str(defaults)
    return response
