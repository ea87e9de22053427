"""One annotated article, and files of such rows, for the tests of `onrecord evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = (
    "“The harbour will open,” said Mira Kovalenko, the mayor of Lisbon.\n"
    "She denied that it would close in winter.\n"
)


def spans(*parts: str) -> list[list[int]]:
    return [[TEXT.index(part), TEXT.index(part) + len(part)] for part in parts]


DIRECT = {
    "content": spans("“The harbour will open,”"),
    "cue": spans("said"),
    "source": spans("Mira Kovalenko"),
}
INDIRECT = {
    "content": spans("that it would close in winter"),
    "cue": spans("denied"),
    "source": spans("She"),
}
NAMES = [
    {"start": 30, "end": 44, "label": "PERSON", "cluster": "m"},
    {"start": 59, "end": 65, "label": "LOCATION", "cluster": "l"},
    {"start": 67, "end": 70, "label": "PRON", "cluster": "m"},
]


def written(path: Path, *rows: dict[str, Any]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)
