from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.api import newsroom
from tests.cli.conftest import Onrecord
from tests.ingestion.conftest import FakeExtractor, extractor

__all__ = ["extractor"]


@pytest.fixture
def record(engine: Engine, extractor: FakeExtractor, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Three articles of four quotes each; the extractor of now finds no quotes."""
    monkeypatch.setattr("app.store.gazetteer.open_gazetteer", lambda path: None)
    for number in range(3):
        newsroom.store(engine, newsroom.article(number))
    return engine


def test_what_changed_is_counted_and_reported(
    onrecord: Onrecord, record: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "report.jsonl"
    tried = onrecord("reprocess", "--dry-run", "--report", str(path))
    summary = "3 articles extracted anew; quotes: 0 gained, 12 lost, 0 speaker changed"
    assert (tried.returncode, tried.stdout) == (0, "")
    assert tried.stderr == f"{summary} (nothing was written)\n"
    differences = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert Counter(one["change"] for one in differences) == {"lost": 12}
    assert onrecord("reprocess").stderr == f"{summary}\n"
    none = "0 gained, 0 lost, 0 speaker changed\n"
    assert onrecord("reprocess").stderr == f"0 articles extracted anew; quotes: {none}"
    assert onrecord("reprocess", "--all").stderr == f"3 articles extracted anew; quotes: {none}"


def test_an_article_that_fails_is_named(onrecord: Onrecord, record: Engine) -> None:
    poison = newsroom.article(9)
    text = f"{poison.text} It is poison."
    uid = newsroom.store(record, replace(poison, text=text))
    done = onrecord("reprocess")
    assert done.returncode == 1
    complaint, summary = done.stderr.splitlines()
    assert complaint.startswith(f"onrecord: {uid}: extraction failed")
    assert summary.endswith("0 speaker changed, 1 failed")


def test_a_report_that_cannot_be_written_stops_it(
    onrecord: Onrecord, record: Engine, extractor: FakeExtractor, tmp_path: Path
) -> None:
    done = onrecord("reprocess", "--report", str(tmp_path / "missing" / "report.jsonl"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert extractor.batches == []
