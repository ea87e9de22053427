from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.evaluation.gold_file import extracted, score_entities, score_file
from app.evaluation.gold_rows import GoldFile, Row

TEXT = "Mira Kovalenko said that Lisbon was ready. She left."
QUOTE = {"content": [[20, 41]], "cue": [[15, 19]], "source": [[0, 14]]}
NAMES = [
    {"start": 0, "end": 14, "label": "PERSON", "cluster": "m", "entity": 0, "name": TEXT[:14]},
    {"start": 43, "end": 46, "label": "PRON", "cluster": "m", "entity": 0, "name": TEXT[:14]},
]
QUOTES = {"id": "q", "text": TEXT, "quotes": [QUOTE]}
ENTITIES = {"id": "e", "text": TEXT, "entities": NAMES}
SPEAKERS = {
    "q": {
        "id": "q",
        "speakers": [{"quote": 0, "name": "Mira Kovalenko", "status": "named", "via": "name"}],
    }
}


def gold(*rows: Row) -> GoldFile:
    return GoldFile({row["id"]: row for row in rows}, "digest")


def test_an_extractor_gets_texts_whose_offsets_it_keeps_and_no_empty_one() -> None:
    seen: list[tuple[Any, str]] = []

    def predict(texts: Iterable[tuple[Any, str]]) -> Iterator[Row]:
        for identity, text in texts:
            seen.append((identity, text))
            yield {"id": identity, "quotes": [], "entities": []}

    rows = [{"id": 1, "text": "a\r\nb\rc\n"}, {"id": 2, "text": " \n"}]
    assert list(extracted(rows, predict)) == [1]
    assert seen == [(1, "a \nb\nc\n")]


def test_what_gold_has_is_scored() -> None:
    mine = {"q": {**QUOTES, "entities": NAMES}, "e": {**ENTITIES, "quotes": [QUOTE]}}
    score = score_file(gold(QUOTES, ENTITIES), mine)
    assert score.quotes is not None
    assert (score.quotes.articles, score.quotes.kinds["all"].joint.f1) == (1, 100.0)
    assert score.entities is not None
    assert (score.entities.articles, score.entities.figures["strict", "ALL"].f1) == (1, 1.0)
    assert score.speakers is None
    assert score_file(gold(QUOTES), mine).entities is None
    assert score_file(gold(ENTITIES), mine).quotes is None


def test_what_predictions_do_not_have_is_not_scored() -> None:
    both = {"id": "q", "text": TEXT, "quotes": [QUOTE], "entities": NAMES}
    score = score_file(gold(both), {"q": {"id": "q", "quotes": [QUOTE]}})
    assert score.quotes is not None
    assert score.entities is None
    nothing = score_file(gold(both), {})
    assert nothing.quotes is not None
    assert nothing.quotes.articles_missing == 1


def test_speakers_are_scored_where_asked_for() -> None:
    answer = {"q": {"id": "q", "quotes": [{**QUOTE, "speaker": "Mira", "status": "unnamed"}]}}
    score = score_file(gold(QUOTES), answer, SPEAKERS).speakers
    assert score is not None
    assert (score.matched, score.recall, score.by_via) == (100.0, 0.0, {"name": (1, 0.0)})


def test_entities_are_scored_by_what_gold_annotates() -> None:
    score = score_entities([ENTITIES], [ENTITIES])
    assert score.labels == ("PERSON",)
    assert score.pronouns is not None
    assert score.links is not None
    plain = {"id": "e", "text": TEXT, "entities": [{"start": 25, "end": 31, "label": "LOCATION"}]}
    places = score_entities([plain], [ENTITIES])
    assert (places.labels, places.pronouns, places.links) == (("LOCATION",), None, None)
    assert score_entities([{**ENTITIES, "eval_span": [0, 20]}], []).links is None
    assert score_entities([{**ENTITIES, "eval_span": [0, 20]}], []).named_links is None
    assert score_entities([{**ENTITIES, "entities": []}], []).labels == (
        "PERSON",
        "ORG",
        "LOCATION",
    )


def test_coreference_of_names_and_he_or_she_leaves_out_the_rest() -> None:
    text = "The Mira Falk went; she saw a ship, it sank, I saw her."
    spans = {
        "name": (0, 13, "PERSON"),
        "she": (20, 23, "PRON"),
        "ship": (28, 34, "MISC"),
        "it": (36, 38, "PRON"),
        "I": (45, 46, "PRON"),
        "her": (51, 54, "PRON"),
    }
    found = {
        k: {"start": start, "end": end, "label": label} for k, (start, end, label) in spans.items()
    }
    clusters = {"name": 1, "she": 1, "her": 1, "I": 1, "ship": 2, "it": 2}
    right = [{**found[k], "cluster": c} for k, c in clusters.items()]
    # The article of the name does not count, and neither do the ship and "I".
    mine = [{**found[k], "entity": 1} for k in ("she", "her")]
    mine.append({"start": 4, "end": 13, "label": "PERSON", "entity": 1})
    score = score_entities(
        [{"id": "a", "text": text, "entities": right}], [{"id": "a", "entities": mine}]
    )
    assert score.named_links is not None
    assert score.named_links["CoNLL"] == 1.0
    assert score.links is not None
    assert score.links["CoNLL"] < 1.0
