"""JSON Lines: one record a line, read one at a time, so that a file may be larger than memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.documents.files import origin_of, read_bounded, unreadable
from app.documents.json_records import document_from_record, parse_json
from app.documents.limits import Limits
from app.documents.reader import Read
from app.errors import DocumentError

_CHUNK = 65_536


class JsonLinesReader:
    """Reads a record a line; a bad line is reported as `file:line` and the next one is read."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def read(self, path: Path, limits: Limits) -> Iterator[Read]:
        """Yield a document or an error for each line that is not blank."""
        empty = True
        try:
            with path.open("rb") as file:
                for number, line in enumerate(
                    bounded_lines(file, limits.max_document_bytes), start=1
                ):
                    if line is None or line.strip():
                        empty = False
                        yield _read_line(line, f"{origin_of(path)}:{number}", limits)
        except OSError as error:
            yield unreadable(path, error)
            return
        if empty:
            yield DocumentError(origin_of(path), "it has no rows")


class JsonReader:
    """Reads a JSON file that holds one record or a list of records."""

    name = "json"
    suffixes = (".json",)

    def read(self, path: Path, limits: Limits) -> Iterator[Read]:
        """Yield a document or an error for each record."""
        origin = origin_of(path)
        try:
            data = read_bounded(path, limits.max_document_bytes, "ONRECORD_MAX_DOCUMENT_BYTES")
            parsed = parse_json(data.removeprefix(codecs.BOM_UTF8), origin)
        except DocumentError as error:
            yield error
            return
        if not isinstance(parsed, list):
            yield _read_record(parsed, origin, limits)
            return
        for index, record in enumerate(parsed):
            yield _read_record(record, f"{origin}[{index}]", limits)
        if not parsed:
            yield DocumentError(origin, "its list has no records")


def bounded_lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of a file, None for a line of more than `max_bytes`.

    A long line is skipped in chunks, so that no more than the limit is ever held.
    """
    first = True
    while line := file.readline(max_bytes + 1):
        if first:
            line, first = line.removeprefix(codecs.BOM_UTF8), False
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while (chunk := file.readline(_CHUNK)) and not chunk.endswith(b"\n"):
            pass
        yield None


def _read_line(line: bytes | None, origin: str, limits: Limits) -> Read:
    if line is None:
        return DocumentError(
            origin,
            f"this row has more than the {limits.max_document_bytes:,} bytes allowed; split it or "
            "raise ONRECORD_MAX_DOCUMENT_BYTES",
        )
    try:
        return document_from_record(parse_json(line, origin), origin, limits)
    except DocumentError as error:
        return error


def _read_record(record: object, origin: str, limits: Limits) -> Read:
    try:
        return document_from_record(record, origin, limits)
    except DocumentError as error:
        return error
