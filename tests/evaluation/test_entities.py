from __future__ import annotations

from typing import Any

import pytest

from app.evaluation import coreference
from app.evaluation import entities as ours

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
