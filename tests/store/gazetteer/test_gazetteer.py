from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from app.domain import Place
from app.errors import StoreError
from app.store import gazetteer
from app.store.gazetteer import SqliteGazetteer, build, open_gazetteer
from app.store.gazetteer.entry import Entry

OLDTOWN = Place("test:1", "Óldtown", "town", 1.5, 2.5, "DE", "Bavaria", 5)
OTHER = Place("test:2", "Oldtown", "town", 3.0, 4.0, "US", "Maine", 7)
SEA = Place("test:3", "The Grey Sea", "sea", 0.0, 0.0)
ENTRIES = [
    Entry(OLDTOWN, ("Óldtown", "Old T.")),
    Entry(OTHER, ("Oldtown",)),
    Entry(SEA, (SEA.name,)),
]


@pytest.fixture
def small(tmp_path: Path) -> SqliteGazetteer:
    build.write(tmp_path / "g.db", ENTRIES, "made")
    return SqliteGazetteer(tmp_path / "g.db")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often a gazetteer is built, of a few places."""
    counted: list[int] = []

    def few() -> Iterator[Entry]:
        counted.append(1)
        return iter(ENTRIES)

    monkeypatch.setattr(gazetteer, "_entries", few)
    return counted


def test_places_come_back_whole_and_most_populous_first(small: SqliteGazetteer) -> None:
    assert small.named(["oldtown"]) == {"oldtown": (OTHER, OLDTOWN)}


def test_accents_full_stops_and_articles_do_not_matter(small: SqliteGazetteer) -> None:
    found = small.named(["óldtown", "old t", "grey sea", "nowhere"])
    assert found == {"óldtown": (OLDTOWN,), "old t": (OLDTOWN,), "grey sea": (SEA,)}


def test_a_second_question_is_answered_alike(small: SqliteGazetteer) -> None:
    assert small.named(["oldtown", "x"]) == small.named(["oldtown", "x"])


@pytest.mark.parametrize(
    "name", ["", "\0", "old\0town", "\ud800", "' OR 1=1 --", '"]', "x" * 1_000_000, "%", "_______"]
)
def test_hostile_names_name_no_place(small: SqliteGazetteer, name: str) -> None:
    assert small.named([name, "grey sea"]) == {"grey sea": (SEA,)}


def test_no_more_namesakes_than_kept(tmp_path: Path) -> None:
    many = [
        Entry(Place(f"test:{n}", "Hill", "town", 0.0, 0.0, population=n), ("Hill",))
        for n in range(build.MOST_NAMESAKES + 5)
    ]
    build.write(tmp_path / "g.db", many, "made")
    found = SqliteGazetteer(tmp_path / "g.db").named(["hill"])["hill"]
    assert len(found) == build.MOST_NAMESAKES
    assert found[0].population == len(many) - 1


def test_memory_stays_bounded(small: SqliteGazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "REMEMBERED", 2)
    for n in range(10):
        assert small.named([f"x{n}", "grey sea"]) == {"grey sea": (SEA,)}
    assert len(small._known) <= 4


def test_it_is_built_once(tmp_path: Path, built: list[int]) -> None:
    path = tmp_path / "new" / "g.db"
    for _ in range(2):
        assert "oldtown" in open_gazetteer(path).named(["oldtown"])
    assert len(built) == 1
    assert [file.name for file in path.parent.iterdir()] == ["g.db"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_built_anew(tmp_path: Path, built: list[int], content: bytes) -> None:
    path = tmp_path / "g.db"
    path.write_bytes(content)
    assert "oldtown" in open_gazetteer(path).named(["oldtown"])
    assert len(built) == 1


def test_it_is_built_anew_when_a_package_changes(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_gazetteer(tmp_path / "g.db")
    monkeypatch.setattr(build, "version", lambda package: "99")
    open_gazetteer(tmp_path / "g.db")
    assert len(built) == 2


def test_without_the_packages_a_file_serves_and_none_is_an_error(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_gazetteer(tmp_path / "g.db")

    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(build, "version", missing)
    assert "oldtown" in open_gazetteer(tmp_path / "g.db").named(["oldtown"])
    with pytest.raises(StoreError, match="not installed"):
        open_gazetteer(tmp_path / "other.db")


@pytest.mark.parametrize("where", ["file/g.db", "folder"])
def test_where_it_cannot_be_written_the_error_says_what_to_do(
    tmp_path: Path, built: list[int], where: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(StoreError, match="ONRECORD_GAZETTEER"):
        open_gazetteer(tmp_path / where)
    assert not list(tmp_path.glob("folder.*"))


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield ENTRIES[0]
        raise sqlite3.OperationalError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        build.write(tmp_path / "g.db", broken(), "made")
    assert list(tmp_path.iterdir()) == []


def _write(path: str, start: multiprocessing.synchronize.Barrier) -> None:
    start.wait()
    build.write(Path(path), ENTRIES * 200, "made")


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    path = tmp_path / "g.db"
    both = [context.Process(target=_write, args=(str(path), start)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert SqliteGazetteer(path).named(["grey sea"])["grey sea"][0] == SEA
    assert [file.name for file in tmp_path.iterdir()] == ["g.db"]
