"""Generated requests from the OpenAPI document: no failure, no answer that it does not describe."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = os.environ.get("ONRECORD_FUZZ_EXAMPLES", "70")

# At least so many requests, those of chains of linked operations among them.
CASES = 2_000

HOOKS = """
from urllib.parse import urlencode

import schemathesis

# Longer request lines are refused by the HTTP parser, before any application sees them.
LONGEST = 50_000


@schemathesis.hook
def map_query(context, query):
    # A cursor is opaque: none can be made up from the document.
    if query:
        query.pop("cursor", None)
        if len(urlencode(query, doseq=True)) > LONGEST:
            return {name: value for name, value in query.items() if not isinstance(value, list)}
    return query
"""

CONFIG = """
[checks.positive_data_acceptance]
# The document cannot say that a string holds an article, or that ids are on record.
expected-statuses = ["2xx", "404", "410", "413", "422"]
"""


def test_no_generated_request_finds_a_failure(address: str, tmp_path: Path) -> None:
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
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)}
    environment.pop("PYTHONWARNINGS", None)
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=280,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-12_000:] + ran.stderr[-2_000:]
    generated = re.search(r"(\d+) generated, (\d+) passed", ran.stdout)
    assert generated is not None
    assert int(generated[1]) >= CASES
