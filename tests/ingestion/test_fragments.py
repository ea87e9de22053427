from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from app.corrections.editing import Edit
from app.corrections.entities import merge, rename, suppress
from app.corrections.undoing import undo
from app.documents import Limits
from app.domain import Document, ExtractorInfo
from app.errors import WorkerError
from app.ingestion import fragments, workers
from app.ingestion import job as job_module
from app.ingestion.job import Job, Report
from app.resolution.fragments import Merger
from app.resolution.likeness import SAME_PERSON
from app.store.check import check
from app.store.session import reading, writing
from tests.builders import INFO, OTHER_INFO
from tests.evaluation.identity_scores import in_time
from tests.identity_set import Gold, Marked, read_set, written
from tests.ingestion.conftest import SETTINGS, Told

ARTICLES = in_time(read_set("sixth"))
JOINED = 6


@pytest.fixture(autouse=True)
def gold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "build", lambda settings: Gold(ARTICLES))


def ingest(
    engine: Engine,
    folder: Path,
    articles: list[Marked] = ARTICLES,
    info: ExtractorInfo = INFO,
) -> Report:
    file = written(folder / "articles.jsonl", articles)
    return Job(engine, info, SETTINGS, Limits(), Told()).ingest([file])


def standing(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT uid FROM entity WHERE merged_into IS NULL")
        return set(rows.scalars())


def log(engine: Engine) -> list[tuple[str, str, str, str]]:
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT uid, kind, actor, reason FROM correction")
        return [tuple(row) for row in rows]


def sound(engine: Engine) -> bool:
    with reading(engine) as connection:
        return not list(check(connection))


def test_a_job_joins_people_and_says_why(engine: Engine, tmp_path: Path) -> None:
    report = ingest(engine, tmp_path)
    assert report.joined == JOINED
    entries = log(engine)
    assert [(kind, actor) for _, kind, actor, _ in entries] == [("merge", "resolution")] * JOINED
    assert all(
        re.fullmatch(r"[a-z ,]+, and what articles tell of both \(\d+\.\d\)", reason)
        for *_, reason in entries
    )
    assert sound(engine)


def test_what_an_editor_undoes_stays_undone(engine: Engine, tmp_path: Path) -> None:
    ingest(engine, tmp_path)
    before = standing(engine)
    uid = log(engine)[0][0]
    with writing(engine) as connection:
        undo(connection, Edit("Mira", datetime.now(UTC)), uid)
    assert len(standing(engine)) == len(before) + 1
    assert ingest(engine, tmp_path).joined == 0
    assert len(standing(engine)) == len(before) + 1
    assert sound(engine)


def test_what_is_undone_stays_undone_when_all_is_extracted_anew(
    engine: Engine, tmp_path: Path
) -> None:
    ingest(engine, tmp_path)
    with writing(engine) as connection:
        for uid, *_ in log(engine):
            undo(connection, Edit("Mira", datetime.now(UTC)), uid)
    before = standing(engine)
    assert ingest(engine, tmp_path, info=OTHER_INFO).joined == 0
    assert standing(engine) >= before
    assert sound(engine)


@pytest.mark.parametrize("first", [20, 42, 70])
def test_what_stood_before_a_job_is_not_joined(engine: Engine, tmp_path: Path, first: int) -> None:
    ingest(engine, tmp_path, ARTICLES[:first])
    before = standing(engine)
    ingest(engine, tmp_path)
    assert before <= standing(engine)
    assert sound(engine)


def test_a_window_is_as_a_job(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows: list[set[str]] = []
    join = fragments.Joining.join

    def told(joining: fragments.Joining) -> int:
        found = join(joining)
        windows.append(standing(engine))
        return found

    monkeypatch.setattr(fragments.Joining, "join", told)
    monkeypatch.setattr(fragments, "WINDOW", 30)
    ingest(engine, tmp_path)
    assert len(windows) == 3
    assert windows[0] <= windows[1] <= windows[2]
    # Who was founded in one window and is another by the next is left to editors.
    assert len(log(engine)) < JOINED


def test_a_job_whose_worker_dies_joins_what_it_brought(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(*given: Any) -> Iterator[tuple[list[Document], workers.Extracted]]:
        yield from workers.extracting(*given)
        raise WorkerError("a worker process ended")

    monkeypatch.setattr(job_module, "extracting", dying)
    job = Job(engine, INFO, SETTINGS, Limits(), Told())
    with pytest.raises(WorkerError):
        job.ingest([written(tmp_path / "articles.jsonl", ARTICLES)])
    assert job.report.joined == JOINED


def test_a_job_that_is_stopped_joins_what_it_brought(engine: Engine, tmp_path: Path) -> None:
    file = written(tmp_path / "articles.jsonl", ARTICLES)
    job = Job(engine, INFO, SETTINGS, Limits(), Told())

    def stop() -> bool:
        return job.report.outcomes.total() >= len(ARTICLES) - 4

    report = job.ingest([file], stop=stop)
    assert report.stopped
    assert report.joined > 0


def renamed(connection: Connection, uid: str, into: str, edit: Edit) -> None:
    rename(connection, edit, uid, "Somebody Else")


def said_to_be_two(connection: Connection, uid: str, into: str, edit: Edit) -> None:
    undo(connection, edit, merge(connection, edit, uid, into).uid)


def listed(connection: Connection, uid: str, into: str, edit: Edit) -> None:
    rows = "SELECT pk, 'wikidata', 'Q1' FROM entity WHERE uid"
    connection.exec_driver_sql(f"INSERT INTO external_id (entity, authority, id) {rows} = '{uid}'")


@pytest.mark.parametrize("said", [renamed, said_to_be_two, listed])
def test_what_is_said_of_somebody_during_a_job_holds(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[[Connection, str, str, Edit], None],
) -> None:
    joined = fragments.Joining._joined
    told: list[Merger] = []

    def spoken_of(joining: fragments.Joining, merger: Merger) -> bool:
        if not told:
            with writing(engine) as connection:
                said(connection, merger.uid, merger.into, Edit("Mira", datetime.now(UTC)))
        told.append(merger)
        return joined(joining, merger)

    monkeypatch.setattr(fragments.Joining, "_joined", spoken_of)
    assert ingest(engine, tmp_path).joined == JOINED - 1
    assert told[0].uid in standing(engine)


def test_who_was_corrected_in_the_meantime_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    ingest(engine, tmp_path, ARTICLES[:10])
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT uid FROM entity WHERE kind = 'person' LIMIT 4")
        gone, other, hidden, third = rows.scalars()
    joining = fragments.Joining(engine)
    edit = Edit("Mira", datetime.now(UTC))
    with writing(engine) as connection:
        merge(connection, edit, gone, other)
        suppress(connection, edit, hidden)
    for uid, into in ((gone, third), (hidden, third), (third, hidden), (third, other)):
        assert not joining._joined(Merger(uid, into, 5.0, SAME_PERSON))
