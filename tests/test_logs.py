from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from app import logs


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    """Leave the root logger as it was."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def in_a_job() -> Iterator[None]:
    token = logs.job_id.set("j1")
    yield
    logs.job_id.reset(token)


@pytest.mark.usefixtures("in_a_job")
def test_json_records_carry_their_fields_and_the_jobs_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("INFO", "json")
    logging.getLogger("onrecord.test").info("document refused", extra={"origin": "a\nb.txt"})
    record = json.loads(capsys.readouterr().err)
    assert record["message"] == "document refused"
    assert record["origin"] == "a\nb.txt"
    assert record["level"] == "INFO"
    assert record["logger"] == "onrecord.test"
    assert record["job_id"] == "j1"
    assert "request_id" not in record
    assert "context" not in record


@pytest.mark.usefixtures("in_a_job")
def test_text_records_are_lines_with_the_id(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "text")
    logging.getLogger("onrecord.test").info("job begins")
    line = capsys.readouterr().err
    assert line.endswith("INFO onrecord.test [j1]: job begins\n")


def test_less_severe_records_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("WARNING", "text")
    logging.getLogger("onrecord.test").info("nothing of note")
    logging.getLogger("alembic").info("nor this")
    assert capsys.readouterr().err == ""
