"""The README's requests give the README's answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.e2e.running import Served

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(curl .*?)```\n\n```(\w*)\n(.*?)```", README, re.S)
SHARES = ("confidence", "salience", "score")
ADDRESS = "http://127.0.0.1:8000"


def rounded(answer: Any) -> Any:
    """An answer with its shares to one digit: other processors round otherwise."""
    if isinstance(answer, list):
        return [rounded(one) for one in answer]
    if isinstance(answer, dict):
        return {
            key: round(value, 1) if key in SHARES and value is not None else rounded(value)
            for key, value in answer.items()
        }
    return answer


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(("command", "language", "answer"), EXAMPLES)
def test_a_request_of_the_readme_gives_its_answer(
    made_to_run: Served, command: str, language: str, answer: str
) -> None:
    here = str(made_to_run.client.base_url).rstrip("/")
    done = subprocess.run(
        ["bash", "-c", command.replace(ADDRESS, here)], capture_output=True, text=True, timeout=60
    )
    given = done.stdout.replace(here, ADDRESS)
    if language == "json":
        assert rounded(json.loads(given)) == rounded(json.loads(answer))
    else:
        assert given == answer
