from __future__ import annotations

import csv
import io
import json

import pytest

from app.exports.characters import for_text
from app.exports.records import COLUMNS, document, record
from app.exports.text import csv_chunks, ndjson_chunks
from app.store.read.exports import ExportRow
from tests.exports.rows import HARMLESS, HOSTILE, hostile_row, row

FOREIGN = (
    "text",
    "speaker",
    "described_as",
    "organisation",
    "cue",
    "url",
    "title",
    "publisher",
    "published_printed",
)


def read_csv(*pages: list[ExportRow]) -> list[dict[str, str]]:
    made = b"".join(csv_chunks(pages)).decode("utf-8")
    return list(csv.DictReader(io.StringIO(made, newline=""), strict=True))


def test_a_record_has_the_columns_in_order() -> None:
    assert list(record(row())) == list(COLUMNS)
    for name, value in record(hostile_row("x")).items():
        assert isinstance(value, COLUMNS[name]), name


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_csv_read_back_says_what_was_said(text: str) -> None:
    [found] = read_csv([hostile_row(text)])
    assert list(found) == list(COLUMNS)
    for name in FOREIGN:
        assert found[name].removeprefix("'") == for_text(text).removeprefix("'")
        assert found[name][:1] not in set("=+-@\t\r\n＝＋－＠﹣")
    assert found["id"] == "q_pier"


def test_csv_of_several_pages_has_one_header_and_crlf() -> None:
    made = b"".join(csv_chunks([[row()], [row(uid="q_2"), row(uid="q_3")], []]))
    assert made.count(b"speaker_id") == 1
    assert made.count(b"\r\n") == made.count(b"\n") == 4
    assert made.endswith(b"\r\n")
    assert [r["id"] for r in read_csv([row()], [row(uid="q_2")])] == ["q_pier", "q_2"]


def test_csv_of_nothing_is_a_header() -> None:
    assert b"".join(csv_chunks([[]])).decode() == ",".join(COLUMNS) + "\r\n"


def test_csv_cells_of_ours_are_plain() -> None:
    [found] = read_csv([row()])
    assert found["confidence"] == "0.93"
    assert found["article_revision"] == "2"
    assert found["corrected"] == "false"
    assert found["published"] == "2031-03-01T05:30:00Z"
    assert found["published_date"] == "2031-03-01"
    assert found["described_as"] == ""
    [unknown] = read_csv([row(confidence=None, article_published=None)])
    assert unknown["confidence"] == unknown["published"] == unknown["published_date"] == ""


def test_a_time_without_a_zone_has_a_day_alone() -> None:
    published = {"instant": None, "date": "2031-03-01", "printed": "Mar 1, 2031 at 11:30 pm"}
    [found] = read_csv([row(article_published=published)])
    assert (found["published"], found["published_date"]) == ("", "2031-03-01")
    assert found["published_printed"] == "Mar 1, 2031 at 11:30 pm"


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_ndjson_is_a_line_a_quote_whatever_it_says(text: str) -> None:
    rows = [hostile_row(text), row()]
    made = b"".join(ndjson_chunks([rows, [], rows])).decode("utf-8")
    # Also where lines are split as Unicode does.
    lines = made.splitlines()
    assert len(lines) == 4
    found = json.loads(lines[0])
    if "\ud83d" not in text:
        # NUL is written as an escape.
        assert found == document(rows[0])
    assert json.loads(lines[3]) == document(row())


def test_a_quote_of_a_megabyte_is_written_whole() -> None:
    long = "word\n" * 200_000
    before = csv.field_size_limit(len(long))
    [found] = read_csv([row(text=long)])
    csv.field_size_limit(before)
    assert found["text"] == long
    [line] = b"".join(ndjson_chunks([[row(text=long)]])).splitlines()
    assert json.loads(line)["text"] == long
