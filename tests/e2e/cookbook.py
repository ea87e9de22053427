"""docs/cookbook.md, run: every request in order, against a server over the demo articles.

    python -m tests.e2e.cookbook            # says what differs; exit status 1 where anything does
    python -m tests.e2e.cookbook --write    # puts what the server answers into the document
    … --database FILE                       # over a copy of FILE instead of ingesting seeds/ anew

What is different on every run is written as a placeholder. A request that names one is sent with
what the placeholder last stood for in an answer.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT
from tests.e2e.running import copied, ingest_demo, over, serving

COOKBOOK = ROOT / "docs" / "cookbook.md"
ADDRESS = "http://127.0.0.1:8000"
TOOLS = ("bash", "curl", "jq")
_EXAMPLE = re.compile(
    r"```sh\n(?P<command>.*?)\n```\n\n```(?P<language>\w*)\n(?P<answer>.*?)```", re.S
)
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_PLACEHOLDERS = {
    "<correction>": re.compile(r"\bc_[a-z2-7]{16,}\b"),
    "<etag>": re.compile(r'W/"[^"]+"'),
    "<seq>": re.compile(r'(?<="last": )\d+'),
}


class Example(NamedTuple):
    """A request of the document, and the answer that stands below it."""

    command: str
    answer: str


def examples(document: str) -> list[Example]:
    """The document's requests in order."""
    return [Example(m["command"], m["answer"]) for m in _EXAMPLE.finditer(document)]


def rewritten(document: str, answers: list[str]) -> str:
    """The document with other answers."""
    left = iter(answers)

    def replaced(match: re.Match[str]) -> str:
        answer = next(left)
        language = "json" if answer.startswith(("{", "[")) else match["language"]
        if language == "json" and not answer.startswith(("{", "[")):
            language = ""
        return f"```sh\n{match['command']}\n```\n\n```{language}\n{answer}```"

    return _EXAMPLE.sub(replaced, document)


def answered(commands: list[str], here: str) -> Iterator[str]:
    """What each request prints when sent to the server at `here`, masked."""
    seen: dict[str, str] = {}
    for command in commands:
        for name, value in seen.items():
            command = command.replace(name, value)
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command.replace(ADDRESS, here)],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
        )
        answer = (done.stdout + done.stderr).replace("\r\n", "\n").replace(here, ADDRESS)
        # A fence stands on a line of its own, whether the answer ends in a line break or not.
        yield _masked(answer.rstrip("\n") + "\n", seen)


def run_all(document: str, database: Path) -> list[str]:
    """The answers to all requests of the document, over `database`, which they write to."""
    with serving(over(database)) as running:
        here = str(running.client.base_url).rstrip("/")
        return list(answered([one.command for one in examples(document)], here))


def _masked(answer: str, seen: dict[str, str]) -> str:
    """The answer with placeholders; what they stand for is noted in `seen`."""
    for name, pattern in _PLACEHOLDERS.items():
        if found := pattern.findall(answer):
            seen[name] = found[-1]
            answer = pattern.sub(name, answer)
    now = datetime.now(UTC)

    def masked_time(match: re.Match[str]) -> str:
        return (
            "<now>" if abs(datetime.fromisoformat(match[0]) - now) < timedelta(days=1) else match[0]
        )

    return _TIME.sub(masked_time, answer)


def main() -> int:
    """Check the document or write it anew; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.cookbook", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--write", action="store_true", help="put the answers into the document")
    parser.add_argument("--database", type=Path, help="an ingested database to copy")
    options = parser.parse_args()
    document = COOKBOOK.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "onrecord.db"
        if options.database is not None:
            copied(options.database, database)
        else:
            ingest_demo(database)
        made = rewritten(document, run_all(document, database))
    if made == document:
        return 0
    if options.write:
        COOKBOOK.write_text(made, encoding="utf-8")
        return 0
    sys.stdout.writelines(
        difflib.unified_diff(
            document.splitlines(keepends=True), made.splitlines(keepends=True), "written", "given"
        )
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
