"""Parquet, a row group at a time. pyarrow is the optional extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from app.errors import ExportError
from app.exports.characters import for_text
from app.exports.records import COLUMNS, Value, record
from app.store.read.exports import ExportRow

# A row group is held in memory until it is full: of rows, or of text.
GROUP_ROWS = 10_000
GROUP_CHARS = 16_000_000


def require() -> Any:
    """pyarrow. Raises ExportError with advice where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise ExportError(
            f"Parquet needs pyarrow, which is not installed (it lacks {error.name}); install the "
            "extra `parquet`, or export csv or ndjson"
        ) from error
    return pyarrow


def write_parquet(
    pages: Iterable[Sequence[ExportRow]], out: BinaryIO, about: Mapping[str, str]
) -> None:
    """Write quotes to a seekable file; `about` goes into the file's metadata.

    Times are UTC in microseconds. Raises ExportError where pyarrow is missing.
    """
    pa = require()
    types = {
        str: pa.string(),
        float: pa.float64(),
        int: pa.int64(),
        bool: pa.bool_(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }
    schema = pa.schema(
        [pa.field(name, types[kind]) for name, kind in COLUMNS.items()], metadata=dict(about)
    )
    group: list[dict[str, Value]] = []
    chars = 0
    with pa.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for page in pages:
            for row in page:
                group.append(_storable(record(row)))
                chars += len(row.quote.text)
                if len(group) >= GROUP_ROWS or chars >= GROUP_CHARS:
                    writer.write_table(pa.Table.from_pylist(group, schema))
                    group, chars = [], 0
        if group:
            writer.write_table(pa.Table.from_pylist(group, schema))


def _storable(values: dict[str, Value]) -> dict[str, Value]:
    return {n: for_text(v) if isinstance(v, str) else v for n, v in values.items()}
