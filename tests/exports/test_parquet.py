from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from app.errors import ExportError
from app.exports import parquet
from app.exports.characters import for_text
from app.exports.parquet import write_parquet
from app.exports.records import COLUMNS
from tests.exports.rows import HOSTILE, hostile_row, row


def test_it_reads_back_with_types(tmp_path: Path) -> None:
    path = tmp_path / "quotes.parquet"
    rows = [*map(hostile_row, HOSTILE), row(confidence=None, article_published=None)]
    with path.open("wb") as out:
        write_parquet([rows[:2], [], rows[2:]], out, {"onrecord.defaults": "polarity=asserted"})
    table = pq.read_table(path)
    assert table.column_names == list(COLUMNS)
    assert table.schema.metadata[b"onrecord.defaults"] == b"polarity=asserted"
    found = table.to_pylist()
    assert [r["text"] for r in found] == [for_text(r.quote.text) for r in rows]
    assert found[0]["published"] == datetime(2031, 3, 1, 5, 30, tzinfo=UTC)
    assert found[0]["published_date"] == date(2031, 3, 1)
    assert found[0]["confidence"] == 0.93
    assert found[0]["corrected"] is False
    assert found[-1]["confidence"] is found[-1]["published"] is None


def test_nothing_is_a_file_with_columns(tmp_path: Path) -> None:
    path = tmp_path / "quotes.parquet"
    with path.open("wb") as out:
        write_parquet([[]], out, {})
    table = pq.read_table(path)
    assert (table.num_rows, table.column_names) == (0, list(COLUMNS))


def test_row_groups_are_bounded_by_rows_and_by_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 10)
    monkeypatch.setattr(parquet, "GROUP_CHARS", 2_000_000)
    path = tmp_path / "quotes.parquet"
    long = row(text="x" * 1_000_000)
    with path.open("wb") as out:
        write_parquet([[row()] * 25, [long, long, row()]], out, {})
    groups = pq.ParquetFile(path).metadata
    sizes = [groups.row_group(n).num_rows for n in range(groups.num_row_groups)]
    assert sizes == [10, 10, 7, 1]


def test_without_pyarrow_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match="extra `parquet`"):
        parquet.require()
