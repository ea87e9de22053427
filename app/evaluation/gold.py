"""Scoring an extractor on a folder of gold data: what `onrecord evaluate FOLDER` runs.

The folder holds `quotes/*.jsonl` and `entities/*.jsonl` in the forms that `gold_rows` describes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.evaluation import entities, gold_file, toponyms
from app.evaluation.gold_file import Predict, extracted
from app.evaluation.gold_rows import GoldFile, Row, read_gold, read_speakers
from app.evaluation.toponyms import Atlas, ToponymScore

QUOTES = "quotes/polnear_dev.jsonl"
SPEAKERS = "quotes/speakers_dev.jsonl"
ENTITIES = ("entities/newsfair2.jsonl", "entities/gum_news.jsonl")
LOCATIONS = ("entities/trnews.jsonl",)
TOPONYMS = ("entities/trnews.jsonl", "entities/lgl.jsonl")
# Every file that is read, relative to the folder. A figure's set is its file's stem.
FILES = (QUOTES, SPEAKERS, *ENTITIES, *dict.fromkeys((*LOCATIONS, *TOPONYMS)))
QUOTE_KEYS = ("all", "speech", "direct", "mixed", "indirect")

Named = Iterator[tuple[str, float]]
Scorer = Callable[[Sequence[Row], Sequence[Row]], Named]


class Score(NamedTuple):
    """One figure: F1 and the like in percent. `name` is "set: what"."""

    name: str
    value: float


class Evaluation(NamedTuple):
    """The scores on the sets that were there, and the SHA-256 of each set's file."""

    scores: list[Score]
    digests: dict[str, str]


def set_of(file: str) -> str:
    """The name that a file's figures begin with."""
    return Path(file).stem


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each of `FILES` that is there."""
    there = [name for name in FILES if (folder / name).is_file()]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in there}


def evaluate(folder: Path, predict: Predict, atlas: Atlas | None = None) -> Evaluation:
    """Score `predict` on every known set under `folder`; sets that are not there are left out.

    `atlas` is scored on the sets that have coordinates, on gold spans, and on the system's own
    mentions where the texts are extracted anyway. Raises GoldError for a set that cannot be read.
    """
    there = digests(folder)
    if SPEAKERS in there and QUOTES not in there:
        del there[SPEAKERS]  # It speaks of the quotes by their numbers.
    scores: list[Score] = []
    scorers: list[tuple[str, Scorer]] = [(QUOTES, quote_scores)]
    scorers += [(name, entity_scores) for name in ENTITIES]
    scorers += [(name, location_scores) for name in LOCATIONS]
    for name, scorer in scorers:
        if name not in there:
            continue
        gold = read_gold(folder / name)
        rows = list(gold.rows.values())
        predicted = list(extracted(rows, predict).values())
        scores += _scores(name, scorer(rows, predicted))
        if name == QUOTES and SPEAKERS in there:
            scores += _scores(SPEAKERS, _speaker_scores(gold, folder / SPEAKERS, predicted))
        if name in TOPONYMS and atlas is not None:
            own = toponyms.score_own_toponyms(rows, predicted, atlas)
            scores += _scores(name, toponym_scores(own, "own mentions"))
    for name in TOPONYMS:
        if name in there and atlas is not None:
            rows = list(read_gold(folder / name).rows.values())
            given = toponyms.score_toponyms(rows, atlas)
            scores += _scores(name, toponym_scores(given, "gold spans"))
    return Evaluation(scores, there)


def _scores(file: str, figures: Named) -> list[Score]:
    return [Score(f"{set_of(file)}: {what}", value) for what, value in figures]


def quote_scores(gold: Sequence[Row], predicted: Sequence[Row]) -> Named:
    """Joint F1 and attribution by kind, contents, and speech in quotation marks."""
    score = gold_file.score_quotes(gold, predicted)
    for key in QUOTE_KEYS:
        yield f"joint F1, {key}", score.kinds[key].joint.f1
    yield "detection F1, all", score.kinds["all"].detection.f1
    yield "attribution accuracy of matched", score.kinds["all"].attribution or 0.0
    yield "content exact F1", score.content_exact.f1
    yield "content exact F1, edge punctuation forgiven", score.content_exact_words.f1
    yield "content overlap F1", score.content_overlap.f1
    yield "quoted speech found", score.items_found
    yield "quoted speech attributed", score.items_attributed
    yield "quoted speech precision", score.items_precision


def _speaker_scores(gold: GoldFile, speakers: Path, predicted: Sequence[Row]) -> Named:
    """Whether the answer to "who said it" names the right one."""
    named = read_speakers(speakers, gold.rows)
    score = gold_file.score_speakers(gold.rows.values(), predicted, named.values())
    yield "resolved precision", score.resolved_precision or 0.0
    yield "recall", score.recall or 0.0
    yield "honest about the unnamed", score.honest or 0.0


def entity_scores(gold: Sequence[Row], predicted: Sequence[Row]) -> Named:
    """Strict and document-set F1 by label, pronouns, coreference where whole texts are gold."""
    score = gold_file.score_entities(gold, predicted)
    for mode, title in (("strict", "strict F1"), ("document", "document set F1")):
        for label in ("ALL", *score.labels):
            yield f"{title}, {label}", 100 * score.figures[mode, label].f1
    if score.pronouns is not None:
        yield "pronoun to person", 100 * score.pronouns.accuracy
    if score.links is not None:
        yield "coreference, all mentions (MUC, B3, CEAFe)", 100 * score.links["CoNLL"]
    if score.named_links is not None:
        yield "coreference, names and he or she", 100 * score.named_links["CoNLL"]


def location_scores(gold: Sequence[Row], predicted: Sequence[Row]) -> Named:
    """Strict and document-set F1 of locations alone."""
    right, mine = entities.articles_of(gold), entities.articles_of(predicted)
    figures = entities.score_names(right, mine, ("LOCATION",))
    yield "strict F1, LOCATION", 100 * figures["strict", "LOCATION"].f1
    yield "document set F1, LOCATION", 100 * figures["document", "LOCATION"].f1


def toponym_scores(score: ToponymScore | None, of: str) -> Named:
    """Places within 161 km and in the right country, of all gold toponyms."""
    if score is not None:
        yield f"toponyms within 161 km, {of}", 100 * score.within
        yield f"toponyms answered, {of}", 100 * score.answered
        if score.country is not None:
            yield f"toponyms in the right country, {of}", 100 * score.country


def as_json(folder: Path, evaluation: Evaluation) -> Mapping[str, Any]:
    """What was measured, for machines; figures unrounded."""
    return {
        "gold": str(folder),
        "digests": evaluation.digests,
        "scores": dict(evaluation.scores),
    }
