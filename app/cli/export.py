"""`onrecord export`: quotes as a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app import __version__
from app.cli import output
from app.cli.environment import configured, current_database
from app.domain import Polarity, QuoteKind, SpeakerStatus
from app.errors import ExportError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.exports.defaults import Defaults
    from app.store.read.exports import ExportRow
    from app.store.read.quote_keys import QuoteFilter

STANDARD_OUTPUT = "-"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Format(StrEnum):
    """What a file may hold."""

    CSV = "csv"
    NDJSON = "ndjson"
    PARQUET = "parquet"


def export(
    format: Annotated[Format, typer.Argument(help="csv, ndjson or parquet.")],
    out: Annotated[str, typer.Argument(help="File to write, or - for standard output.")],
    speaker: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Who speaks; may be repeated, for any.")
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Whom the quote is about; may be repeated."),
    ] = None,
    q: Annotated[
        str | None, typer.Option(help="Words to search for, as in /v1/quotes?q=.", metavar="WORDS")
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(help="Outlet, as in answers; may be repeated.")
    ] = None,
    kind: Annotated[
        list[QuoteKind] | None, typer.Option(help="Kind of quote; may be repeated.")
    ] = None,
    polarity: Annotated[
        list[Polarity] | None, typer.Option(help="Instead of asserted quotes; may be repeated.")
    ] = None,
    speaker_status: Annotated[
        list[SpeakerStatus] | None,
        typer.Option(help="Instead of resolved speakers; may be repeated."),
    ] = None,
    published_from: Annotated[
        str | None, typer.Option("--from", help="Published on this day or at this time, or later.")
    ] = None,
    published_to: Annotated[
        str | None, typer.Option("--to", help="Published before this day or time.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Instead of ONRECORD_EXPORT_MIN_CONFIDENCE.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Leave the defaults out: every polarity, status, confidence."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Export quotes to a file: CSV, JSON Lines or Parquet, newest first.

    By default asserted quotes of resolved speakers with some confidence, as in feeds. The file is
    of one moment of the database, whatever is written meanwhile, and appears when it is whole.
    """
    from app.exports.defaults import with_defaults
    from app.store.read.base import Period
    from app.store.read.quote_keys import QuoteFilter
    from app.store.session import reading

    settings = configured()
    asked = QuoteFilter(
        speakers=speaker or None,
        about=about or None,
        kinds=kind or None,
        statuses=speaker_status or None,
        publishers=publisher or None,
        polarities=polarity or None,
        min_confidence=min_confidence,
        q=q,
        period=Period(_bound("--from", published_from), _bound("--to", published_to)),
    )
    wanted, defaults = with_defaults(asked, settings.export_min_confidence, everything)
    with reading(current_database(settings, readonly=True)) as connection:
        _refuse_unknown(connection, [*(speaker or ()), *(about or ())])
        counted = _Counted(connection, wanted)
        _write(format, out, counted, defaults, force)
    left_out = f"; left out by default: all but {defaults}" if str(defaults) else ""
    output.say(f"{counted.quotes:,} quotes to {out}{left_out}", err=True)


class _Counted:
    """The pages of an export, all of one snapshot, and how many quotes went by."""

    def __init__(self, connection: Connection, wanted: QuoteFilter) -> None:
        self._connection = connection
        self._wanted = wanted
        self.quotes = 0

    def __iter__(self) -> Iterator[Sequence[ExportRow]]:
        from app.store.read.exports import export_pages

        for page in export_pages(lambda: nullcontext(self._connection), self._wanted):
            self.quotes += len(page)
            yield page


def _write(
    format: Format,
    out: str,
    pages: Iterable[Sequence[ExportRow]],
    defaults: Defaults,
    force: bool,
) -> None:
    from app.exports.files import whole_file
    from app.exports.parquet import require

    if format is Format.PARQUET:
        require()
    if out != STANDARD_OUTPUT:
        with whole_file(Path(out), force) as file:
            _fill(format, file, pages, defaults)
        return
    if format is Format.PARQUET:
        raise ExportError("Parquet is no stream; name a file")
    if sys.stdout is None:
        raise ExportError("standard output is closed; name a file")
    _fill(format, sys.stdout.buffer, pages, defaults)
    sys.stdout.buffer.flush()


def _fill(
    format: Format, file: BinaryIO, pages: Iterable[Sequence[ExportRow]], defaults: Defaults
) -> None:
    from app.exports.parquet import write_parquet
    from app.exports.text import csv_chunks, ndjson_chunks

    if format is Format.PARQUET:
        write_parquet(pages, file, {"onrecord": __version__, "onrecord.defaults": str(defaults)})
        return
    chunks = csv_chunks(pages) if format is Format.CSV else ndjson_chunks(pages)
    for chunk in chunks:
        file.write(chunk)


def _refuse_unknown(connection: Connection, uids: Sequence[str]) -> None:
    """An id that nobody has would give an empty file that looks like an answer."""
    from app.store.read.exports import known_entities

    known = known_entities(connection, uids)
    unknown = [uid for uid in dict.fromkeys(uids) if uid not in known]
    if unknown:
        raise ExportError(
            f"no entity has the id {' or '.join(unknown)}; take ids from /v1/entities"
        )


def _bound(option: str, value: str | None) -> date | datetime | None:
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise typer.BadParameter(
        f"{option}: {value!r} is no day (2021-09-08) and no time with its zone "
        "(2021-09-08T07:12:00Z)"
    )
