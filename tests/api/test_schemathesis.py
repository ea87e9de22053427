"""Generated requests from the OpenAPI document: no failure, no answer that it does not describe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.main import create_app
from app.store.session import open_database
from tests.api import newsroom
from tests.api.conftest import settings_for
from tests.api.guarded import key
from tests.e2e.running import copied

EXAMPLES = os.environ.get("ONRECORD_FUZZ_EXAMPLES", "20")

# At least so many requests, those of chains of linked operations among them.
CASES = 2_000

HOOKS = """
from urllib.parse import urlencode

import schemathesis

# Longer request lines are refused by the HTTP parser, before any application sees them.
LONGEST = 50_000


@schemathesis.hook
def map_query(context, query):
    # A cursor is opaque: none can be made up from the document. A null, which is to be refused,
    # becomes a word on the way: the cursor then stays, to be refused in its place.
    if query:
        if None not in query.values():
            query.pop("cursor", None)
        if len(urlencode(query, doseq=True)) > LONGEST:
            return {name: value for name, value in query.items() if not isinstance(value, list)}
    return query
"""

CONFIG = """
[checks.positive_data_acceptance]
# The document cannot say that a string holds an article, that ids are on record or not corrected
# yet, or what the ETag of an answer is.
expected-statuses = ["2xx", "404", "409", "410", "412", "413", "422", "428"]

[checks.missing_required_header]
# `If-Match` (RFC 6585, 3); before that comes whether there is something to correct.
expected-statuses = ["404", "410", "422", "428"]
"""


@pytest.fixture
def fuzzed(world: Engine, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server on a copy of the world, since generated requests write: its address, and a key.

    Writing needs the key: the document says so, and what it says is held against answers.
    """
    copy = copied(Path(str(world.url.database)), tmp_path / "onrecord.db")
    engine = open_database(f"sqlite:///{copy}")
    _, header = key(engine, "admin")
    settings = settings_for(engine, writes="key", rate_limit="off", write_rate_limit="off")
    with newsroom.serving(create_app(settings, newsroom.StubExtractor)) as url:
        yield url, header["authorization"]
    engine.dispose()


@pytest.mark.timeout(600)
def test_no_generated_request_finds_a_failure(fuzzed: tuple[str, str], tmp_path: Path) -> None:
    address, authorization = fuzzed
    (tmp_path / "hooks.py").write_text(HOOKS)
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "--config-file",
        str(tmp_path / "schemathesis.toml"),
        "run",
        f"{address}/openapi.json",
        "--max-examples",
        EXAMPLES,
        "--phases",
        "examples,coverage,fuzzing,stateful",
        "--checks",
        "all",
        "--seed",
        "1",
        "--no-color",
        "--header",
        f"Authorization: {authorization}",
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)}
    environment.pop("PYTHONWARNINGS", None)
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=560,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-12_000:] + ran.stderr[-2_000:]
    generated = re.search(r"(\d+) generated, (\d+) passed", ran.stdout)
    assert generated is not None
    assert int(generated[1]) >= CASES
