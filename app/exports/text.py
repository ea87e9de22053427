"""CSV and NDJSON, a chunk of bytes a page of quotes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from app.exports.characters import for_spreadsheet, for_text
from app.exports.records import COLUMNS, Value, document, record, rfc3339
from app.store.read.exports import ExportRow

# Legal in JSON, but line ends to readers that split lines as Unicode does.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def csv_chunks(pages: Iterable[Sequence[ExportRow]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8: a header, then a line a quote, CRLF behind each.

    Line breaks inside a quote stay as they are, in quotation marks. Cells that a spreadsheet might
    take for a formula begin with an apostrophe.
    """
    head: list[Sequence[str]] = [list(COLUMNS)]
    for page in pages:
        out = io.StringIO(newline="")
        lines = csv.writer(out, lineterminator="\r\n")
        lines.writerows(head)
        lines.writerows([_cell(value) for value in record(row).values()] for row in page)
        yield out.getvalue().encode()
        head = []


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return for_spreadsheet(for_text(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return rfc3339(value)
    return str(value)


def ndjson_chunks(pages: Iterable[Sequence[ExportRow]]) -> Iterator[bytes]:
    """A JSON object a line, in UTF-8."""
    for page in pages:
        yield b"".join(_line(row) for row in page)


def _line(row: ExportRow) -> bytes:
    line = json.dumps(document(row), ensure_ascii=False, separators=(",", ":"))
    return for_text(line).translate(_LINE_ENDS).encode() + b"\n"
