from __future__ import annotations

import io
import json
from typing import Any

import pytest

from app.documents import Limits
from app.domain import Document, Extraction
from app.errors import DocumentError
from app.ingestion.extract_lines import extract_lines
from tests.ingestion.conftest import SETTINGS, FakeExtractor


def run(*lines: str | bytes, limits: Limits | None = None) -> list[object]:
    data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return list(extract_lines(io.BytesIO(data), "in.jsonl", SETTINGS, limits or Limits()))


def test_each_line_gives_a_row_in_order(extractor: FakeExtractor) -> None:
    lines = [json.dumps({"id": n, "text": f"word{n} and more"}) for n in range(5)]
    rows = run(*lines, "")
    assert [row["id"] for row in rows] == [0, 1, 2, 3, 4]  # type: ignore[index]
    assert rows[0] == {"id": 0, "text": "word0 and more", "quotes": [], "entities": []}


def test_bad_lines_are_named_in_their_place(extractor: FakeExtractor) -> None:
    good = json.dumps({"id": "x", "text": "word and more"})
    rows = run(good, "{broken", '{"id": 1}', b'{"text": "\xff"}', '{"text": "poison"}', "[]", good)
    places = [r.origin.split(":")[1] if isinstance(r, DocumentError) else r["id"] for r in rows]  # type: ignore[index]
    assert places == ["x", "2", "3", "4", "5", "6", "x"]


def test_long_lines_and_texts_are_refused_by_their_limit(extractor: FakeExtractor) -> None:
    line = json.dumps({"id": 1, "text": "word " * 100})
    (row,) = run(line, limits=Limits(max_document_bytes=50))
    assert "50 bytes" in str(row)
    (row,) = run(line, limits=Limits(max_text_chars=50))
    assert "50 characters" in str(row)


def test_a_gazetteer_is_asked_where_there_is_one(
    extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def locate(document: Document, extraction: Extraction, gazetteer: object) -> Extraction:
        asked.append((document.text, gazetteer))
        return extraction

    monkeypatch.setattr("app.ingestion.storing.locate", locate)
    line = json.dumps({"id": 1, "text": "word and more"}).encode()
    list(extract_lines(io.BytesIO(line), "in.jsonl", SETTINGS, Limits()))
    assert asked == []
    shelf: Any = object()
    list(extract_lines(io.BytesIO(line), "in.jsonl", SETTINGS, Limits(), gazetteer=shelf))
    assert asked == [("word and more", shelf)]
