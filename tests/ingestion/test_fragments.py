from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.corrections.editing import Edit
from app.corrections.entities import merge, suppress
from app.corrections.undoing import undo
from app.documents import Limits
from app.ingestion import fragments, workers
from app.ingestion.job import Job, Report
from app.resolution.fragments import Merger
from app.store.check import check
from app.store.session import reading, writing
from tests.builders import INFO
from tests.evaluation.identity_scores import in_time
from tests.identity_set import Gold, Marked, read_set, written
from tests.ingestion.conftest import SETTINGS, Told

ARTICLES = in_time(read_set("sixth"))
JOINED = 6


@pytest.fixture(autouse=True)
def gold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "build", lambda settings: Gold(ARTICLES))


def ingest(engine: Engine, folder: Path, articles: list[Marked] = ARTICLES) -> Report:
    file = written(folder / "articles.jsonl", articles)
    return Job(engine, INFO, SETTINGS, Limits(), Told()).ingest([file])


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
    assert all(reason for *_, reason in entries)
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


def test_a_job_that_is_stopped_joins_what_it_brought(engine: Engine, tmp_path: Path) -> None:
    file = written(tmp_path / "articles.jsonl", ARTICLES)
    job = Job(engine, INFO, SETTINGS, Limits(), Told())

    def stop() -> bool:
        return job.report.outcomes.total() >= len(ARTICLES) - 4

    report = job.ingest([file], stop=stop)
    assert report.stopped
    assert report.joined > 0


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
    for uid, into in ((gone, third), (hidden, third), (third, hidden)):
        assert not joining._joined(Merger(uid, into, 5.0, ()))
    assert joining._joined(Merger(third, other, 5.0, ("a line\x00that holds no line",)))
    assert log(engine)[-1][3] is None
