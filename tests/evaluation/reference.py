"""The gold data's own scorers, loaded from beside it, and predictions of every quality to score."""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.evaluation.quote_text import quoted_regions
from tests.conftest import ROOT

EVAL = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval")).resolve()
QUOTES = EVAL / "quotes" / "polnear_dev.jsonl"
SPEAKERS = EVAL / "quotes" / "speakers_dev.jsonl"
Row = dict[str, Any]


def needs(*files: Path) -> pytest.MarkDecorator:
    """A mark that skips where a file of the gold data is missing, and says which."""
    missing = [str(file) for file in files if not file.is_file()]
    return pytest.mark.skipif(
        bool(missing), reason=f"no gold data: {', '.join(missing)} (set ONRECORD_EVAL_DIR)"
    )


needs_quotes = needs(QUOTES, SPEAKERS, QUOTES.parent / "score.py")


@cache
def scorer(folder: str, name: str) -> ModuleType:
    """A module of the gold data's; its folder is read-only and `score` is the name of two."""
    place = str(EVAL / folder)
    ours = ("score", "quote_kinds", "score_speakers")
    before = {key: sys.modules.pop(key) for key in ours if key in sys.modules}
    sys.path.insert(0, place)
    writing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return importlib.import_module(name)
    finally:
        sys.dont_write_bytecode = writing
        sys.path.remove(place)
        for key in ours:
            sys.modules.pop(key, None)
        sys.modules.update(before)


def rows_of(path: Path) -> list[Row]:
    """The rows of a file; only "\\n" ends one."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


# --- predictions ----------------------------------------------------------------------------------


def perfect(row: Row) -> Iterator[Row]:
    """Gold itself, each speaker named by the source's own words."""
    for quote in row["quotes"]:
        words = " ".join(row["text"][start:end] for start, end in quote["source"])
        yield {**quote, "speaker": words or None, "status": "resolved" if words else "unresolved"}


def damaged(row: Row) -> Iterator[Row]:
    """Gold with mistakes of every sort at regular places."""
    text, before = row["text"], None
    for k, quote in enumerate(perfect(row)):
        content, source = [list(pair) for pair in quote["content"]], quote["source"]
        if k % 6 == 4:
            continue
        if k % 3 == 0 and before is not None:
            source = before["source"]
        if k % 4 == 1:
            content[0][1] = min(content[0][1] + 25, len(text))
        if k % 5 == 2:
            content = content[:1]
        if k % 9 == 5:
            content[-1][1] -= (content[-1][1] - content[-1][0]) * 2 // 3
        if k % 8 == 6:
            source = [[0, min(400, len(text))]]
        cue = [] if k % 7 == 3 else quote["cue"]
        status = ("resolved", "unnamed", "resolved", "unresolved")[k % 4]
        before = {**quote, "content": content, "cue": cue, "source": source, "status": status}
        yield before
        if k % 10 == 7:
            yield {**before, "speaker": None}
    yield {"content": [[0, min(40, len(text))]], "cue": [], "source": []}
    yield {"content": [[2, 2]], "cue": [], "source": []}


CUE = re.compile(r"\b(?:said|says|told|added|asked|tweeted|wrote)\b")
NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ?)+(?=\W|$)|\b(?:he|she|they)\b", re.IGNORECASE)


def only_quoted(row: Row) -> Iterator[Row]:
    """What stands in quotation marks beside a cue in its paragraph, in the manner of textacy."""
    text, end = row["text"], 0
    for paragraph in text.split("\n"):
        start, end = end, end + len(paragraph) + 1
        cues = [(start + m.start(), start + m.end()) for m in CUE.finditer(paragraph)]
        if not cues or paragraph.count('"') % 2:
            continue
        for low, high in quoted_regions(paragraph):
            content = [start + low, start + high]
            near = min(cues, key=lambda cue: abs(cue[0] - content[0]))
            names = [m.span() for m in NAME.finditer(text, max(start, near[0] - 40), near[1] + 30)]
            source = [list(names[-1])] if names else []
            speaker = text[slice(*source[0])].strip() if source else None
            status = "resolved" if speaker else "unresolved"
            made = {"content": [content], "cue": [list(near)], "source": source}
            yield {**made, "speaker": speaker, "status": status}


def paragraphs(row: Row) -> Iterator[Row]:
    """Every paragraph as one quote without a cue, said by its first words."""
    end = 0
    for paragraph in row["text"].split("\n"):
        start, end = end, end + len(paragraph) + 1
        if paragraph.strip():
            source = [[start, start + len(paragraph.split()[0])]]
            yield {"content": [[start, end - 1]], "cue": [], "source": source, "speaker": "Nobody"}


def nothing(row: Row) -> Iterator[Row]:
    """No quotes."""
    return iter(())


QUALITIES: tuple[Callable[[Row], Iterator[Row]], ...] = (
    perfect,
    damaged,
    only_quoted,
    paragraphs,
    nothing,
)


def predicted(quality: Callable[[Row], Iterator[Row]], gold: list[Row]) -> list[Row]:
    """Predicted rows of that quality; those of every thirteenth article are left out."""
    whole = quality is perfect
    return [
        {"id": row["id"], "quotes": list(quality(row))}
        for number, row in enumerate(gold)
        if whole or number % 13
    ]
