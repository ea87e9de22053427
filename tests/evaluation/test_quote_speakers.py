from __future__ import annotations

import json

import pytest

from app.evaluation.quote_speakers import (
    read_speakers,
    same_name,
    score_speakers,
)
from app.evaluation.quotes import read_articles


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mira Kovalenko", "Mayor Mira Kovalenko", True),
        ("Mr. Kovalenko", "Mira Kovalenko", True),
        ("Mira", "Mira Kovalenko", False),
        ("UPA", "United Port Authority", True),
        ("Ivo Brandt", "Mira Kovalenko", False),
        ("", "Mira Kovalenko", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_a_resolved_unnamed_speaker_is_not_honest() -> None:
    text = "“We will go,” officials said."
    quote = {"content": [[0, 13]], "cue": [], "source": [[14, 23]]}
    articles = read_articles([json.dumps({"id": "a", "text": text, "quotes": [quote]})])
    unnamed = {"quote": 0, "name": None, "status": "unnamed", "via": "nominal"}
    speakers = read_speakers([json.dumps({"id": "a", "speakers": [unnamed]})])
    wrong = score_speakers(articles, speakers, articles, {"a": ("Mira Kovalenko",)})
    right = score_speakers(articles, speakers, articles, {"a": (None,)})
    assert (wrong.honest, wrong.resolved_precision) == (0.0, 0.0)
    assert (right.honest, right.resolved_precision, right.recall) == (100.0, None, None)
