"""The cookbook's requests give the cookbook's answers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.e2e.cookbook import COOKBOOK, TOOLS, Example, examples, rewritten, run_all
from tests.e2e.running import copied

DOCUMENT = COOKBOOK.read_text(encoding="utf-8")
EXAMPLES = examples(DOCUMENT)
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]


@pytest.fixture(scope="session")
def answers(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the server says to all of them in order, for some write what later ones read."""
    return run_all(DOCUMENT, copied(demo, tmp_path_factory.mktemp("cookbook") / "onrecord.db"))


def test_there_are_twenty_questions_of_one_request_each_or_more() -> None:
    headings = re.findall(r"^### (\d+)\. .*\?$", DOCUMENT, re.M)
    assert headings == [str(n) for n in range(1, len(headings) + 1)]
    assert len(headings) >= 20
    assert len(EXAMPLES) >= len(headings)
    assert all(len(re.findall(r"\bcurl\b", one.command)) == 1 for one in EXAMPLES)


def test_no_request_is_written_in_a_way_that_is_not_run() -> None:
    assert DOCUMENT.count("```sh\n") == len(EXAMPLES)


@pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} is not installed")
@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda n: f"request-{n + 1}")
def test_a_request_gives_its_answer(answers: list[str], number: int) -> None:
    assert answers[number] == EXAMPLES[number].answer, EXAMPLES[number].command


def test_answers_are_written_into_their_places() -> None:
    document = (
        "a\n\n```sh\ncurl x\n```\n\n```\nold\n```\n\nb\n\n```sh\ncurl y\n```\n\n```json\n{}\n```\n"
    )
    made = rewritten(document, ['{"n": 1}\n', "\\1 two\n"])
    assert examples(made) == [Example("curl x", '{"n": 1}\n'), Example("curl y", "\\1 two\n")]
    assert made.startswith("a\n\n```sh\ncurl x\n```\n\n```json\n")
    assert "\n\n```\n\\1 two\n```\n" in made
