"""Our figures are those of the gold data's own scorers, to the last digit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.evaluation import gold_file, report
from app.evaluation.entities import HE_OR_SHE
from app.evaluation.gold_rows import read_gold, read_predicted, read_speakers
from app.evaluation.quote_errors import ErrorSort, quote_errors
from app.evaluation.quote_text import PRONOUNS, SPEECH_WORDS
from app.evaluation.quotes import articles_of
from tests.evaluation.reference import (
    EVAL,
    QUALITIES,
    QUOTES,
    SPEAKERS,
    needs,
    needs_quotes,
    predicted,
    rows_of,
    scorer,
)

ERROR_NAMES = {
    "missed": ErrorSort.MISSED,
    "spurious": ErrorSort.SPURIOUS,
    "bad boundary": ErrorSort.BOUNDARIES,
    "wrong source": ErrorSort.SOURCE,
}


def by_id(rows: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in rows}


@needs_quotes
@pytest.mark.parametrize("quality", QUALITIES, ids=lambda quality: quality.__name__)
def test_quotes_speakers_and_errors(quality: Callable[..., Any], tmp_path: Path) -> None:
    """From the files to the JSON that is printed: every figure of the reference, and no other."""
    rows = predicted(quality, rows_of(QUOTES))
    file = tmp_path / "predicted.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    gold = read_gold(QUOTES)
    mine = read_predicted(file, gold.rows)
    assert mine.notes == []
    found = report.as_json(
        gold_file.score_file(gold, mine.rows, read_speakers(SPEAKERS, gold.rows))
    )

    theirs, errors = scorer("quotes", "score"), []
    right = by_id(rows_of(QUOTES))
    assert found["quotes"] == theirs.score(right, by_id(rows), errors)
    named = scorer("quotes", "score_speakers").score(right, by_id(rows_of(SPEAKERS)), by_id(rows))
    assert found["speakers"] == named
    ours = quote_errors(articles_of(gold.rows.values()), articles_of(mine.rows.values()))
    assert Counter((error.sort, error.article) for error in ours) == Counter(
        (ERROR_NAMES[name], identity) for name, identity, *_ in errors
    )


@needs_quotes
def test_the_words_of_the_definitions() -> None:
    assert scorer("quotes", "quote_kinds").SPEECH_WORDS == SPEECH_WORDS
    assert scorer("quotes", "score").PRONOUNS == PRONOUNS


@st.composite
def articles(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A text full of marks and cues, and two lists of arbitrary quotes of it."""
    words = ["“", "”", '"', "''", " ", "\n", "said", "hopes", ":", ",", "of", "she", "Mira", "’s"]
    text = " ".join(draw(st.lists(st.sampled_from(words), min_size=8, max_size=40)))
    place = st.integers(0, len(text) - 1)
    pair = st.tuples(place, place).map(lambda ends: [min(ends), max(ends) + 1])
    spans = st.lists(pair, max_size=2).map(sorted)
    quote = st.fixed_dictionaries(
        {"content": st.lists(pair, min_size=1, max_size=2), "cue": spans, "source": spans}
    )
    quotes = st.lists(quote, max_size=4)
    return {"id": "a", "text": text, "quotes": draw(quotes)}, {"id": "a", "quotes": draw(quotes)}


@needs_quotes
@settings(max_examples=150, deadline=None)
@given(articles())
def test_arbitrary_quotes_of_arbitrary_texts(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    gold, mine = pair
    score = gold_file.FileScore(gold_file.score_quotes([gold], [mine]), None, None)
    assert report.as_json(score)["quotes"] == scorer("quotes", "score").score(
        {"a": gold}, {"a": mine}
    )


def right_names(row: dict[str, Any]) -> dict[str, Any]:
    mine = [{**e, "entity": e.get("cluster"), "name": e.get("canonical")} for e in row["entities"]]
    return {"id": row["id"], "entities": mine}


def wrong_names(row: dict[str, Any]) -> dict[str, Any]:
    """Gold annotations with regular mistakes of every kind."""
    found = []
    for i, e in enumerate(row["entities"]):
        if i % 5 == 0:
            continue
        end = e["end"] - 1 if i % 7 == 0 and e["end"] - e["start"] > 2 else e["end"]
        label = "ORG" if i % 4 == 0 and e["label"] == "PERSON" else e["label"]
        made = {"start": e["start"], "end": end, "label": label}
        made["name"] = row["text"][e["start"] : end]
        if i % 3:
            made["entity"] = crc32(str(e.get("cluster")).encode()) % 17 if i % 2 else i
        found.append(made)
    return {"id": row["id"], "entities": found}


def no_names(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "entities": []}


@needs(EVAL / "entities" / "score.py", EVAL / "entities" / "gum_news.jsonl")
@pytest.mark.parametrize("name", ["newsfair2", "gum_news", "trnews"])
@pytest.mark.parametrize("quality", [right_names, wrong_names, no_names])
def test_entities(name: str, quality: Callable[..., Any]) -> None:
    file = EVAL / "entities" / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"no gold data: {file} is missing (set ONRECORD_EVAL_DIR)")
    rows = rows_of(file)
    mine = [quality(row) for number, row in enumerate(rows) if number % 13]
    ours = gold_file.score_entities(rows, mine)
    theirs = scorer("entities", "score")
    right, found = by_id(rows), by_id(mine)
    expected = theirs.score(right, found, ours.labels)
    for (mode, label), figure in ours.figures.items():
        key = "doc" if mode == "document" else mode, label
        assert tuple(figure) == tuple(expected[key]), (mode, label)
    pronouns = theirs.pronoun_acc(right, found, HE_OR_SHE)
    if ours.pronouns is None:
        assert pronouns["n"] == 0
    else:
        assert pronouns == {
            "n": ours.pronouns.gold,
            "answered": ours.pronouns.answered,
            "acc": ours.pronouns.accuracy,
            "prec": ours.pronouns.precision,
        }
    assert (ours.links is not None) == (name == "gum_news")
    if ours.links is not None:
        clusters = [
            {row["id"]: groups(row, key) for row in lines}
            for lines, key in ((rows, "cluster"), (mine, "entity"))
        ]
        assert ours.links == theirs.coref(*clusters)


def groups(row: dict[str, Any], key: str) -> list[list[tuple[int, int]]]:
    found: dict[Any, list[tuple[int, int]]] = {}
    for e in row["entities"]:
        identity = e.get(key) or None if key == "cluster" else e.get(key)
        if identity is not None:
            found.setdefault(identity, []).append((e["start"], e["end"]))
    return list(found.values())
