"""Scoring an extractor on a folder of gold data: what `onrecord evaluate` runs.

The folder holds `quotes/*.jsonl` and `entities/*.jsonl` in the forms that the scorers describe.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.evaluation import coreference, entities, quote_speakers, quotes

# Pairs of id and text in, rows as `onrecord extract` writes them out, in order.
Predict = Callable[[Iterable[tuple[str, str]]], Iterator[Mapping[str, Any]]]

QUOTES = ("polnear_dev",)
ENTITIES = ("newsfair2", "gum_news")
LOCATIONS = ("trnews",)
SPEAKERS = {"quotes/polnear_dev": "quotes/speakers_dev.jsonl"}
QUOTE_KEYS = ("all", "speech", "direct", "mixed", "indirect")


class Score(NamedTuple):
    """One figure: F1 and the like in percent. `name` is "set: what"."""

    name: str
    value: float


class Evaluation(NamedTuple):
    """The scores on the sets that were there, and a digest of each set's file."""

    scores: list[Score]
    digests: dict[str, str]


def evaluate(folder: Path, predict: Predict) -> Evaluation:
    """Score `predict` on every known set under `folder`; sets that are not there are left out."""
    scores: list[Score] = []
    digests: dict[str, str] = {}
    scorers = [(f"quotes/{name}", quote_scores) for name in QUOTES]
    scorers += [(f"entities/{name}", entity_scores) for name in ENTITIES]
    scorers += [(f"entities/{name}", location_scores) for name in LOCATIONS]
    for name, scorer in scorers:
        file = folder / f"{name}.jsonl"
        if not file.is_file():
            continue
        data = file.read_bytes()
        digests[name] = hashlib.sha256(data).hexdigest()[:16]
        gold = [line for line in data.decode("utf-8").split("\n") if line]
        texts = ((row["id"], row["text"]) for row in map(json.loads, gold))
        predicted = [json.dumps(row) for row in predict(texts)]
        short = name.rpartition("/")[2]
        scores += [Score(f"{short}: {what}", value) for what, value in scorer(gold, predicted)]
        speakers = folder / SPEAKERS.get(name, "")
        if speakers.is_file():
            rows = [line for line in speakers.read_text("utf-8").split("\n") if line]
            answered = speaker_scores(gold, rows, predicted)
            scores += [Score(f"{short}: {what}", value) for what, value in answered]
    return Evaluation(scores, digests)


def quote_scores(gold: list[str], predicted: list[str]) -> Iterator[tuple[str, float]]:
    """Joint F1 and attribution by kind, contents, and speech in quotation marks."""
    score = quotes.score_quotes(quotes.read_articles(gold), quotes.read_articles(predicted))
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


def speaker_scores(
    gold: list[str], speakers: list[str], predicted: list[str]
) -> Iterator[tuple[str, float]]:
    """Whether the answer to "who said it" names the right one."""
    score = quote_speakers.score_speakers(
        quotes.read_articles(gold),
        quote_speakers.read_speakers(speakers),
        quotes.read_articles(predicted),
        quote_speakers.read_answers(predicted),
    )
    yield "speakers, resolved precision", score.resolved_precision or 0.0
    yield "speakers, recall", score.recall or 0.0
    yield "speakers, honest about the unnamed", score.honest or 0.0


def entity_scores(gold: list[str], predicted: list[str]) -> Iterator[tuple[str, float]]:
    """Strict and document-set F1 by label, pronouns, coreference where whole texts are gold."""
    right, mine = entities.read_articles(gold), entities.read_articles(predicted)
    figures = entities.score_names(right, mine)
    for mode, title in (("strict", "strict F1"), ("document", "document set F1")):
        for label in ("ALL", *entities.LABELS):
            yield f"{title}, {label}", 100 * figures[mode, label].f1
    pronouns = entities.score_pronouns(right, mine)
    if pronouns.gold:
        yield "pronoun to person", 100 * pronouns.accuracy
    if any(article.eval_span for article in right.values()):
        return  # Only parts are annotated: what lies outside would count as spurious.
    links = coreference.score_coreference(
        {key: coreference.clusters(article, gold=True) for key, article in right.items()},
        {key: coreference.clusters(article, gold=False) for key, article in mine.items()},
    )
    yield "coreference, all mentions (MUC, B3, CEAFe)", 100 * links["CoNLL"]


def location_scores(gold: list[str], predicted: list[str]) -> Iterator[tuple[str, float]]:
    """Strict and document-set F1 of locations alone."""
    right, mine = entities.read_articles(gold), entities.read_articles(predicted)
    figures = entities.score_names(right, mine, ("LOCATION",))
    yield "strict F1, LOCATION", 100 * figures["strict", "LOCATION"].f1
    yield "document set F1, LOCATION", 100 * figures["document", "LOCATION"].f1


def below(evaluation: Evaluation, floors: Mapping[str, float]) -> list[str]:
    """A sentence for each score that is under its floor, or missing although its set is there."""
    scores = dict(evaluation.scores)
    there = {name.rpartition("/")[2] for name in evaluation.digests}
    faults = []
    for name, floor in floors.items():
        if name.partition(":")[0] not in there:
            continue
        value = scores.get(name)
        if value is None:
            faults.append(f"{name} was not measured; its floor is {floor}")
        elif value < floor:
            faults.append(f"{name} is {value:.1f}, under its floor of {floor}")
    return faults
