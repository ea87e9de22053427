from __future__ import annotations

import csv
import json
import sys
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine

from app.store.read import exports
from tests.api import newsroom
from tests.api.newsroom import LINDHOLM, MIRA, store, uid
from tests.cli.conftest import Onrecord


@pytest.fixture
def export(engine: Engine, onrecord: Onrecord) -> Onrecord:
    """`onrecord export` on a database of three articles."""
    for number in range(3):
        store(engine, newsroom.article(number))
    return partial(onrecord, "export")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_formats_have_the_same_quotes(export: Onrecord, tmp_path: Path) -> None:
    found = {}
    for name in ("csv", "ndjson", "parquet"):
        done = export(name, str(tmp_path / f"quotes.{name}"))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert done.stderr.startswith("3 quotes to ")
        assert "polarity=asserted&speaker_status=resolved&min_confidence=0.5" in done.stderr
    found["csv"] = [row["id"] for row in rows(tmp_path / "quotes.csv")]
    lines = (tmp_path / "quotes.ndjson").read_text(encoding="utf-8").splitlines()
    found["ndjson"] = [json.loads(line)["id"] for line in lines]
    table = pq.read_table(tmp_path / "quotes.parquet")
    found["parquet"] = table.column("id").to_pylist()
    assert table.column("speaker").to_pylist() == ["Mira Kovalenko"] * 3
    assert table.schema.metadata[b"onrecord.defaults"].startswith(b"polarity=asserted")
    assert found["csv"] == found["ndjson"] == found["parquet"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize(
    ("options", "quotes"),
    [
        (("--all",), 12),
        (("--all", "--speaker", uid(MIRA)), 6),
        (("--polarity", "denied"), 3),
        (("--polarity", "denied", "--polarity", "asserted"), 6),
        (("--polarity", "denied", "--about", uid(LINDHOLM)), 3),
        (("--min-confidence", "0.98"), 0),
        (("--min-confidence", "0.4"), 6),
        (("--speaker-status", "unnamed"), 0),
        (("--all", "--speaker-status", "unnamed"), 3),
        (("--publisher", "Lindholm Post"), 1),
        (("--kind", "direct"), 3),
        (("--q", "open"), 3),
        (("--q", "paid", "--all"), 3),
        (("--q", "open -pier"), 0),
        (("--from", "2031-03-01T01:00:00Z", "--to", "2031-03-01T02:00:00+00:00"), 1),
        (("--from", "2031-03-02"), 0),
    ],
)
def test_options_are_the_filters_of_the_api(
    export: Onrecord, options: tuple[str, ...], quotes: int
) -> None:
    done = export("ndjson", "-", *options)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == quotes
    assert done.stderr.startswith(f"{quotes} quotes to -")


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("csv", "-", "--speaker", "e_nobody"), 1, "e_nobody"),
        (("csv", "-", "--about", "e_nobody"), 1, "e_nobody"),
        (("parquet", "-"), 1, "name a file"),
        (("xlsx", "quotes.xlsx"), 2, "xlsx"),
        (("csv", "-", "--from", "yesterday"), 2, "yesterday"),
        (("csv", "-", "--to", "2031-03-01T01:00:00"), 2, "zone"),
        (("csv", "-", "--min-confidence", "2"), 2, "--min-confidence"),
        (("csv", "-", "--min-confidence", "nan"), 2, "--min-confidence"),
        (("csv", "-", "--polarity", "perhaps"), 2, "perhaps"),
        (("csv", "missing/folder/quotes.csv"), 1, "missing/folder/quotes.csv"),
    ],
)
def test_what_cannot_be_done_is_told(
    export: Onrecord, arguments: tuple[str, ...], status: int, told: str
) -> None:
    done = export(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_there_stays_unless_forced(export: Onrecord, tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text("mine", encoding="utf-8")
    done = export("csv", str(path))
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert export("csv", str(path), "--force").returncode == 0
    assert len(rows(path)) == 3


def test_an_export_that_fails_leaves_nothing(
    export: Onrecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export_page(*arguments: object, **named: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(exports, "export_page", export_page)
    ended: list[int] = []
    monkeypatch.setattr("os._exit", lambda status: ended.append(status) or sys.exit(status))
    for name in ("csv", "ndjson", "parquet"):
        done = export(name, str(tmp_path / f"quotes.{name}"))
        assert "the disk is gone" in done.stderr
    assert ended == [1, 1, 1]
    assert [path for path in tmp_path.iterdir() if "quotes" in path.name] == []


def test_an_export_is_of_one_moment(
    export: Onrecord, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exports.export_page
    monkeypatch.setattr(exports, "PAGE", 2)

    def export_page(*arguments: object, **named: object) -> object:
        page = real(*arguments, **{**named, "limit": 2})  # type: ignore[arg-type]
        store(engine, newsroom.article(-len(before)))
        before.append("")
        return page

    before: list[str] = [""]
    monkeypatch.setattr(exports, "export_page", export_page)
    done = export("ndjson", "-", "--all")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 12
    assert len(before) == 7


def test_without_pyarrow_it_is_told_what_to_install(
    export: Onrecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = export("parquet", str(tmp_path / "quotes.parquet"))
    assert done.returncode == 1
    assert "extra `parquet`" in done.stderr
    assert not (tmp_path / "quotes.parquet").exists()
