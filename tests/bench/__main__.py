"""`make bench`: run every benchmark, print a table, append to bench.jsonl.

`python -m tests.bench million store` runs some of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from tests.bench import extraction, growth, million, stages, store
from tests.bench.measure import Figure
from tests.conftest import ROOT

PARTS = {
    "store": store,
    "growth": growth,
    "extraction": extraction,
    "stages": stages,
    "million": million,
}


def main(names: list[str]) -> None:
    figures: list[Figure] = [figure for name in names or PARTS for figure in PARTS[name].figures()]
    table = Table("figure", "value", "unit", "n")
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:.3g}", figure.unit, str(figure.n))
    Console().print(table)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT
    ).stdout.strip()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with (ROOT / "bench.jsonl").open("a", encoding="utf-8") as out:
        for figure in figures:
            out.write(json.dumps({**figure._asdict(), "commit": commit, "at": at}) + "\n")


main(sys.argv[1:])
