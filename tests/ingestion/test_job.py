from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.documents import Limits
from app.errors import StoreError
from app.ingestion.job import Job, Report
from app.store.session import open_database, reading
from app.store.write import Outcome
from tests.builders import INFO, OTHER_INFO
from tests.ingestion.conftest import SETTINGS, FakeExtractor, Told


def ingest(engine: Engine, *paths: Path, info: object = INFO) -> tuple[Report, list[str]]:
    told = Told()
    job = Job(engine, info, SETTINGS, Limits(), told)  # type: ignore[arg-type]
    return job.ingest(paths), told.said


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        text = f"Word{n} opened the harbour of Lindholm on Tuesday after a long winter.\n"
        (folder / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return folder


def stored(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM article").scalar_one())


def test_articles_are_extracted_in_batches_and_stored_in_order(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    report, said = ingest(engine, write_articles(tmp_path / "in", 7))
    assert report.outcomes == {Outcome.NEW: 7}
    assert said == [f"{n:02}.txt new" for n in range(7)]
    assert extractor.batches == [3, 3, 1]


def test_twice_is_as_once_and_extracts_nothing(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 4)
    ingest(engine, folder)
    extractor.batches.clear()
    report, _ = ingest(engine, folder)
    assert report.outcomes == {Outcome.UNCHANGED: 4}
    assert extractor.batches == []
    assert stored(engine) == 4


def test_the_same_text_twice_in_one_job_is_stored_once(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 1)
    (folder / "copy.txt").write_bytes((folder / "00.txt").read_bytes())
    report, _ = ingest(engine, folder)
    assert report.outcomes == {Outcome.NEW: 1, Outcome.UNCHANGED: 1}


def test_another_extractor_extracts_again(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 2)
    ingest(engine, folder)
    report, _ = ingest(engine, folder, info=OTHER_INFO)
    assert report.outcomes == {Outcome.REEXTRACTED: 2}


def test_a_new_text_under_the_same_address_is_a_revision(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    file = tmp_path / "in.jsonl"
    for text, outcome in (("First words.", Outcome.NEW), ("Second words.", Outcome.REVISED)):
        file.write_text(json.dumps({"url": "https://news.example/1", "text": text}))
        report, _ = ingest(engine, file)
        assert report.outcomes == {outcome: 1}
    assert stored(engine) == 1


def test_bad_documents_are_named_and_the_others_go_on(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 5)
    (folder / "01.txt").write_bytes(b"")
    (folder / "02.txt").write_bytes(b"\x00\x01\x02binary\x00")
    (folder / "03.txt").write_text("poison in the harbour of Lindholm", encoding="utf-8")
    report, said = ingest(engine, folder, tmp_path / "missing.txt")
    assert report.outcomes == {Outcome.NEW: 2}
    assert {Path(error.origin).name for error in report.failures} == {
        "01.txt",
        "02.txt",
        "03.txt",
        "missing.txt",
    }
    assert all(error.reason for error in report.failures)
    assert sorted(said) == sorted(
        ["00.txt new", "04.txt new"]
        + [f"0{n}.txt failed" for n in (1, 2, 3)]
        + ["missing.txt failed"]
    )
    assert stored(engine) == 2


def test_an_unmigrated_database_is_refused_before_anything_is_read(
    database_url: str, tmp_path: Path
) -> None:
    engine = open_database(database_url)
    with pytest.raises(StoreError, match="onrecord migrate"):
        ingest(engine, tmp_path)
    engine.dispose()


def test_a_database_that_refuses_to_work_is_told_in_one_sentence(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 5)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON article WHEN (SELECT count(*) FROM article) = 2 "
            "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    with pytest.raises(StoreError, match=r"disk is full.*what was written before stays"):
        ingest(engine, folder)
    assert stored(engine) == 2


def test_a_job_that_is_asked_to_stop_finishes_its_article_and_goes_on_later(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 7)
    job = Job(engine, INFO, SETTINGS, Limits(), Told())
    report = job.ingest([folder], stop=lambda: stored(engine) == 4)
    assert report.stopped
    assert report.outcomes == {Outcome.NEW: 4}
    rest, _ = ingest(engine, folder)
    assert rest.outcomes == {Outcome.UNCHANGED: 4, Outcome.NEW: 3}
    assert not rest.stopped


def test_a_stop_is_heard_where_nothing_has_to_be_extracted(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 7)
    ingest(engine, folder)
    calls = iter([False, False, True])
    report = Job(engine, INFO, SETTINGS, Limits(), Told()).ingest(
        [folder], stop=lambda: next(calls)
    )
    assert report.stopped
    assert report.outcomes == {Outcome.UNCHANGED: 2}


def test_two_versions_of_an_article_in_one_file_end_at_the_later_however_often_it_is_run(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    file = tmp_path / "in.jsonl"
    url = "https://news.example/1"
    versions = [{"url": url, "text": "First words."}, {"url": url, "text": "Second words."}]
    file.write_text("".join(json.dumps(version) + "\n" for version in versions))
    for outcomes in ({Outcome.NEW: 1, Outcome.REVISED: 1}, {Outcome.UNCHANGED: 2}):
        report, _ = ingest(engine, file)
        assert report.outcomes == outcomes
        with reading(engine) as connection:
            served = "SELECT r.text FROM revision r JOIN article a ON r.n = a.current_revision"
            assert connection.exec_driver_sql(served).scalars().all() == ["Second words."]


def test_what_comes_twice_is_extracted_once(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    first, again = (write_articles(tmp_path / name, 7) for name in ("in", "again"))
    report, _ = ingest(engine, first, again)
    assert report.outcomes == {Outcome.NEW: 7, Outcome.UNCHANGED: 7}
    assert sum(extractor.batches) == 7


def test_a_version_between_two_copies_is_not_lost(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    file = tmp_path / "in.jsonl"
    rows = [{"url": "https://news.example/1", "text": text} for text in ("One.", "Two.", "One.")]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report, _ = ingest(engine, file)
    assert report.outcomes == {Outcome.NEW: 1, Outcome.REVISED: 1, Outcome.UNCHANGED: 1}
    assert stored(engine) == 1


def test_nothing_is_extracted_where_the_stop_comes_while_reading(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 7)
    asked = iter([False] * 4 + [True] * 9)
    job = Job(engine, INFO, SETTINGS, Limits(), Told())
    report = job.ingest([folder], stop=lambda: next(asked))
    assert report.stopped
    assert extractor.batches == []
    assert stored(engine) == 0


def test_ids_of_two_publishers_are_two_articles(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    file = tmp_path / "in.jsonl"
    rows = [{"id": 1, "publisher": name, "text": f"The {name} opens."} for name in ("Post", "Sun")]
    rows += [{"id": 1, "text": text} for text in ("Nobody's first.", "Nobody's second.")]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report, _ = ingest(engine, file)
    assert report.outcomes == {Outcome.NEW: 4}


def test_what_is_done_with_leaves_no_trace_in_memory(
    engine: Engine, tmp_path: Path, extractor: FakeExtractor
) -> None:
    folder = write_articles(tmp_path / "in", 3)
    (folder / "poison.txt").write_text("poison in the harbour of Lindholm", encoding="utf-8")
    job = Job(engine, INFO, SETTINGS, Limits(), Told())
    job.ingest([folder])
    assert not job._under_way
