from __future__ import annotations

import re

from app.extraction.info import SHARED, SOURCES
from tests.conftest import ROOT

# They hold nouns, errors and plumbing, nothing that decides what is found.
NEUTRAL = {"domain.py", "errors.py", "logs.py", "processes.py", "store/session.py"}
IMPORT = re.compile(r"^ *(?:from|import) app\.([\w.]+)", re.MULTILINE)


def test_all_that_decides_what_is_found_is_in_the_digest() -> None:
    app = ROOT / "app"
    used = set()
    for part in SOURCES:
        for source in (app / part).rglob("*.py"):
            for name in IMPORT.findall(source.read_text(encoding="utf-8")):
                path = name.replace(".", "/")
                if not f"{path}/".startswith(tuple(f"{one}/" for one in SOURCES)):
                    used.add(f"{path}.py")
    assert used - NEUTRAL == set(SHARED)
