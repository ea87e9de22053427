from __future__ import annotations

import os

import pytest

from app.domain import ArticleEntity, Document, EntityKind, Extraction
from app.errors import OnrecordError, WorkerError
from app.ingestion import workers
from app.ingestion.workers import Batch, Extracted, extract_over, extracting
from tests.ingestion.conftest import SETTINGS, FakeExtractor


def batch(*texts: str) -> Batch:
    return [Document(text=text, origin=text) for text in texts]


def named(word: str) -> Extraction:
    return Extraction(entities=(ArticleEntity(EntityKind.ORGANISATION, word),))


def test_a_failing_article_costs_only_itself(extractor: FakeExtractor) -> None:
    ((_, extracted),) = extracting(SETTINGS, [batch("good", "poison", "fine")], 1)
    assert extracted[0] == named("good")
    assert extracted[2] == named("fine")
    assert str(extracted[1]).startswith("extraction failed (ValueError)")
    assert "this text is poison" not in str(extracted[1])


def test_no_batch_loads_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: object) -> None:
        raise AssertionError

    monkeypatch.setattr(workers, "build", fail)
    assert list(extracting(SETTINGS, [], 1)) == []


def test_fewer_than_one_worker_is_refused() -> None:
    with pytest.raises(OnrecordError, match="at least 1"):
        extracting(SETTINGS, [], 0)


# Functions that replace the module's in the spawned processes: they must be importable there.


def _start_fake(settings: workers.ExtractorSettings) -> None:
    workers._extractor = FakeExtractor()  # type: ignore[assignment]


def _work_or_die(work: Batch) -> Extracted:
    if work[0].text == "die":
        os._exit(9)
    assert workers._extractor is not None
    return workers.extract_batch(workers._extractor, work)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_start", _start_fake)
    monkeypatch.setattr(workers, "_work", _work_or_die)


@pytest.mark.usefixtures("processes")
def test_batches_come_back_in_order_from_several_processes() -> None:
    words = [f"word{n}" for n in range(9)]
    found = list(extract_over(SETTINGS, [batch(word) for word in words], 2))
    assert [extracted for _, extracted in found] == [[named(word)] for word in words]


@pytest.mark.usefixtures("processes")
def test_a_process_that_dies_is_told_and_what_came_before_is_complete() -> None:
    found = extract_over(SETTINGS, [batch("a"), batch("b"), batch("die")], 1)
    assert next(found)[1] == [named("a")]
    with pytest.raises(WorkerError, match="run the same command again"):
        list(found)
