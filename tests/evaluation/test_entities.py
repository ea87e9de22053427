from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import pytest

from app.evaluation import coreference
from app.evaluation import entities as ours

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval"))
# Absolute: the gold data's own scorers run in their folder.
GOLD = EVAL.resolve() / "entities"
needs_gold = pytest.mark.skipif(
    not (GOLD / "score.py").is_file(), reason=f"no gold data in {GOLD} (ONRECORD_EVAL_DIR)"
)

TEXT = "The Harbour Council thanked Ms Mira Kovalenko. She left."


def annotation(surface: str, label: str, **more: Any) -> ours.Annotation:
    start = TEXT.index(surface)
    return ours.Annotation(start, start + len(surface), label, **more)


GOLD_ARTICLE = ours.Article(
    TEXT,
    (
        annotation("Harbour Council", "ORG", cluster="c"),
        annotation("Mira Kovalenko", "PERSON", cluster="k"),
        annotation("She", "PRON", cluster="k"),
    ),
)


def test_strict_forgives_articles_and_titles_and_exact_does_not() -> None:
    mine = ours.Article(
        TEXT,
        (annotation("The Harbour Council", "ORG"), annotation("Ms Mira Kovalenko", "PERSON")),
    )
    figures = ours.score_names({"a": GOLD_ARTICLE}, {"a": mine})
    assert figures["strict", "ALL"].f1 == 1.0
    assert figures["exact", "ALL"].f1 == 0.0
    assert figures["document", "ALL"] == (1.0, 1.0, 1.0, 2)


def test_a_wrong_label_is_found_but_not_right() -> None:
    mine = ours.Article(TEXT, (annotation("Harbour Council", "LOCATION"),))
    figures = ours.score_names({"a": GOLD_ARTICLE}, {"a": mine})
    assert figures["strict", "ALL"].f1 == 0.0
    assert figures["typeless", "ALL"].recall == 0.5


def test_a_missing_article_has_no_names() -> None:
    assert ours.score_names({"a": GOLD_ARTICLE}, {})["strict", "ALL"] == (0.0, 0.0, 0.0, 2)


def test_what_is_ignored_or_outside_does_not_count() -> None:
    start = TEXT.index("Mira")
    gold = ours.Article(TEXT, GOLD_ARTICLE.annotations[:1], ignore=((start, start + 4),))
    mine = ours.Article(TEXT, (annotation("Harbour Council", "ORG"), annotation("Mira", "PERSON")))
    assert ours.score_names({"a": gold}, {"a": mine})["strict", "ALL"].precision == 1.0
    gold = ours.Article(TEXT, GOLD_ARTICLE.annotations[:1], eval_span=(0, 20))
    assert ours.score_names({"a": gold}, {"a": mine})["strict", "ALL"].precision == 1.0


def test_pronouns_are_right_by_surname() -> None:
    mine = ours.Article(TEXT, (annotation("She", "PRON", entity=0, name="M. Kovalenko"),))
    assert ours.score_pronouns({"a": GOLD_ARTICLE}, {"a": mine}) == ours.Pronouns(1, 1, 1.0, 1.0)
    mine = ours.Article(TEXT, (annotation("She", "PRON", entity=0, name="Jan Brandt"),))
    assert ours.score_pronouns({"a": GOLD_ARTICLE}, {"a": mine}).accuracy == 0.0


def test_coreference_of_equal_and_of_split_clusters() -> None:
    right = {"a": [[(0, 1), (2, 3), (4, 5)], [(6, 7)]]}
    assert coreference.score_coreference(right, right)["CoNLL"] == 1.0
    split = coreference.score_coreference(right, {"a": [[(0, 1)], [(2, 3), (4, 5)], [(6, 7)]]})
    assert split["MUC"] == pytest.approx(2 / 3)
    assert 0.5 < split["CEAFe"] < 1.0
    assert coreference.score_coreference(right, {})["CoNLL"] == 0.0


def reference() -> ModuleType:
    """The scorer that stands with the gold data."""
    spec = importlib.util.spec_from_file_location("reference_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(raw: dict[str, Any]) -> dict[str, Any]:
    """A prediction made of the gold annotations with regular mistakes of every kind."""
    found = []
    for i, e in enumerate(raw["entities"]):
        if i % 5 == 0:
            continue
        end = e["end"] - 1 if i % 7 == 0 and e["end"] - e["start"] > 2 else e["end"]
        label = "ORG" if i % 4 == 0 and e["label"] == "PERSON" else e["label"]
        made = {
            "start": e["start"],
            "end": end,
            "label": label,
            "name": raw["text"][e["start"] : end],
        }
        if i % 3:
            made["entity"] = crc32(str(e.get("cluster")).encode()) % 17 if i % 2 else i
        found.append(made)
    return {"id": raw["id"], "entities": found}


@needs_gold
@pytest.mark.parametrize("name", ["newsfair2", "gum_news"])
def test_agreement_with_the_scorer_of_the_gold_data(name: str) -> None:
    theirs = reference()
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    raw = {r["id"]: r for r in map(json.loads, lines)}
    made = {key: disturbed(r) for key, r in raw.items()}
    gold = ours.read_articles(lines)
    mine = ours.read_articles(json.dumps(m) for m in made.values())
    expected = theirs.score(raw, made)
    for (mode, label), figure in ours.score_names(gold, mine).items():
        key = "doc" if mode == "document" else mode, label
        assert tuple(figure) == tuple(expected[key]), (mode, label)
    pronouns = ours.score_pronouns(gold, mine)
    assert theirs.pronoun_acc(raw, made, ours.HE_OR_SHE) == {
        "n": pronouns.gold,
        "answered": pronouns.answered,
        "acc": pronouns.accuracy,
        "prec": pronouns.precision,
    }
    right = {key: coreference.clusters(a, gold=True) for key, a in gold.items()}
    found = {key: coreference.clusters(a, gold=False) for key, a in mine.items()}
    assert coreference.score_coreference(right, found) == theirs.coref(right, found)
