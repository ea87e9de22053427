from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import QuoteKind
from app.evaluation.quote_text import Article, cue_is_speech, kind_of, quoted_regions
from app.evaluation.quotes import Rates, read_articles, read_file, score_quotes

ROOT = Path(__file__).resolve().parents[2]
EVAL = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval"))
# Absolute: the gold data's own scorers run in their folder.
GOLD = EVAL.resolve() / "quotes"

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


def _reference(text: str) -> list[list[int]]:
    code = (
        "import json,sys;from quote_kinds import quoted_regions;"
        "print(json.dumps([quoted_regions(t) for t in json.load(sys.stdin)]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=GOLD,
        input=json.dumps([text]),
        capture_output=True,
        text=True,
        check=True,
    )
    regions: list[list[int]] = json.loads(answer.stdout)[0]
    return regions


@given(st.text(alphabet="“”\"'` ab.,\n(—"))
def test_regions_are_sound(text: str) -> None:
    regions = quoted_regions(text)
    ends = [0, *(end for _, end in regions)]
    for (start, end), before in zip(regions, ends, strict=False):
        assert before <= start < end <= len(text)
        assert "\n" not in text[start:end]


needs_gold = pytest.mark.skipif(
    not (GOLD / "polnear_dev.jsonl").exists(),
    reason=f"the gold data is not at {GOLD} (set ONRECORD_EVAL_DIR)",
)


def _noisy(path: Path) -> list[str]:
    """Gold quotes with deterministic mistakes of every sort."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        article = json.loads(line)
        if number % 13 == 0:
            continue
        quotes = article["quotes"]
        for k, quote in enumerate(quotes):
            if k % 3 == 0:
                quote["source"] = quotes[k - 1]["source"]
            if k % 4 == 1:
                quote["content"][0][1] += min(25, len(article["text"]) - quote["content"][0][1])
            if k % 5 == 2:
                quote["content"] = quote["content"][:1]
            if k % 7 == 3:
                quote["cue"] = []
        article["quotes"] = [q for k, q in enumerate(quotes) if k % 6 != 4]
        article["quotes"] += [{"content": [[0, 40]], "cue": [], "source": []}]
        rows.append(json.dumps(article))
    return rows


@needs_gold
def test_agrees_with_the_scorer_of_the_gold_data(tmp_path: Path) -> None:
    gold_path = GOLD / "polnear_dev.jsonl"
    predicted_path = tmp_path / "predicted.jsonl"
    predicted_path.write_text("\n".join(_noisy(gold_path)), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "score.py", str(gold_path), str(predicted_path), "--json"],
        cwd=GOLD,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    reference = json.loads(answer.stdout)
    ours = score_quotes(read_file(gold_path), read_file(predicted_path))

    def rates(raw: dict[str, float]) -> Rates:
        return Rates(raw["P"], raw["R"], raw["F1"])

    assert ours.predicted_quotes == reference["predicted_quotes"]
    assert ours.articles_missing == reference["articles_missing"]
    assert ours.content_exact == rates(reference["content_exact"])
    assert ours.content_exact_words == rates(reference["content_exact_words"])
    assert ours.content_overlap == rates(reference["content_overlap"])
    for key, kind in ours.kinds.items():
        raw = reference[key]
        assert (kind.gold, kind.predicted) == (raw["gold"], raw["predicted"])
        assert kind.detection == rates(raw["detection"])
        assert kind.joint == rates(raw["joint"])
        assert kind.attribution == raw["attribution_accuracy"]
    assert list(reference["direct_speech"].values()) == [
        ours.gold_items,
        ours.predicted_items,
        ours.items_found,
        ours.items_attributed,
        ours.items_precision,
    ]


@needs_gold
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
    assert [list(region) for region in quoted_regions(text)] == _reference(text)
