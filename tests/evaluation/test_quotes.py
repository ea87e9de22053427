from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import QuoteKind
from app.evaluation.quote_text import Article, cue_is_speech, kind_of, quoted_regions
from app.evaluation.quotes import Rates, read_articles, score_quotes
from tests.evaluation.reference import needs_quotes, scorer

TEXT = "“The bridge is safe,” Mira Kovalenko said. Ivo Brandt said that it was not."


def spans(text: str, *parts: str) -> list[list[int]]:
    return [[text.index(part), text.index(part) + len(part)] for part in parts]


def row(text: str, *quotes: dict[str, list[list[int]]], id: str = "a") -> str:
    return json.dumps({"id": id, "text": text, "quotes": quotes})


DIRECT = {
    "content": spans(TEXT, "“The bridge is safe,”"),
    "cue": spans(TEXT, "said"),
    "source": spans(TEXT, "Mira Kovalenko"),
}
INDIRECT = {
    "content": spans(TEXT, "that it was not"),
    "cue": [[TEXT.rindex("said"), TEXT.rindex("said") + 4]],
    "source": spans(TEXT, "Ivo Brandt"),
}


def test_perfect_answer_scores_a_hundred() -> None:
    gold = read_articles([row(TEXT, DIRECT, INDIRECT)])
    score = score_quotes(gold, gold)
    assert score.kinds["all"].joint == Rates(100.0, 100.0, 100.0)
    assert (score.kinds["direct"].gold, score.kinds["indirect"].gold) == (1, 1)
    assert (score.gold_items, score.items_found) == (1, 100.0)


def test_wrong_source_counts_as_found_but_not_joint() -> None:
    gold = read_articles([row(TEXT, DIRECT)])
    wrong = read_articles([row(TEXT, DIRECT | {"source": spans(TEXT, "Ivo Brandt")})])
    all_kinds = score_quotes(gold, wrong).kinds["all"]
    assert all_kinds.detection.f1 == 100.0
    assert (all_kinds.joint.f1, all_kinds.attribution) == (0.0, 0.0)


def test_missing_article_has_no_quotes() -> None:
    score = score_quotes(read_articles([row(TEXT, DIRECT)]), {})
    assert (score.articles_missing, score.predicted_quotes) == (1, 0)
    assert score.kinds["all"].detection == Rates(0.0, 0.0, 0.0)


def test_a_far_longer_source_is_wrong() -> None:
    gold = read_articles([row(TEXT, DIRECT)])
    everything = read_articles([row(TEXT, DIRECT | {"source": [[0, len(TEXT)]]})])
    assert score_quotes(gold, everything).kinds["all"].joint.f1 == 0.0


def test_kinds() -> None:
    text = 'She called it "a wonderful bridge" to Ivo.'
    article = Article(text)
    assert kind_of(article, [(14, 34)], []) is QuoteKind.DIRECT
    assert kind_of(article, [(0, len(text))], []) is QuoteKind.MIXED
    assert kind_of(article, [(0, 10)], []) is QuoteKind.INDIRECT
    assert kind_of(article, [(17, 26)], [(15, 16)]) is QuoteKind.INDIRECT


@pytest.mark.parametrize(("cue", "speech"), [("said", True), ("hopes", False), (":", True)])
def test_words_of_speech(cue: str, speech: bool) -> None:
    assert cue_is_speech(cue, [(0, len(cue))]) is speech


@given(st.text(alphabet="“”\"'` ab.,\n(—"))
def test_regions_are_sound(text: str) -> None:
    regions = quoted_regions(text)
    ends = [0, *(end for _, end in regions)]
    for (start, end), before in zip(regions, ends, strict=False):
        assert before <= start < end <= len(text)
        assert "\n" not in text[start:end]


@needs_quotes
@pytest.mark.parametrize(
    "text",
    [
        "“a ”b “c “ d",
        "''a'' b ''c\n''d'' e",
        '"a "b" c" d"',
        "``a'' b” “c",
        'He said ("a"), "b" and"c".',
    ],
)
def test_regions_agree_with_the_gold_data(text: str) -> None:
    assert [list(region) for region in quoted_regions(text)] == [
        list(region) for region in scorer("quotes", "quote_kinds").quoted_regions(text)
    ]
