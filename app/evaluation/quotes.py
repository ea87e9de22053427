"""Scores predicted quotes against gold quotes.

The definitions are those of the gold data's own scorer (`quotes/score.py` beside it), so that
figures compare to the last digit: contents match greedily by the Jaccard overlap of their words;
*joint* asks for the right source as well; *direct speech* counts stretches in quotation marks.
Nothing here knows how quotes are extracted: an article is its text and its quotes, gold or
predicted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain import QuoteKind
from app.evaluation.quote_text import (
    Article,
    Pieces,
    clip,
    cue_is_speech,
    kind_of,
)

MATCH = 0.5
# Stretches in quotation marks shorter than this are no items of direct speech.
SHORTEST_ITEM = 3
KEYS = ("all", *(str(k) for k in QuoteKind))


@dataclass(frozen=True, slots=True)
class QuoteSpans:
    """A quote as the scorer sees it: spans of code points, end exclusive."""

    content: Pieces
    cue: Pieces = ()
    source: Pieces = ()


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """An article's text with gold or predicted quotes."""

    text: str
    quotes: tuple[QuoteSpans, ...]


class QuoteView:
    """A quote's tokens, words and head in one article."""

    def __init__(self, article: Article, spans: QuoteSpans) -> None:
        self.article = article
        self.spans = spans
        self.tokens = frozenset(article.tokens_of(spans.content))
        self.words = article.words_among(self.tokens)
        source = article.tokens_of(spans.source)
        self.source = article.words_among(source)
        self.head = article.head(source)
        self.kind = kind_of(article, spans.content, spans.cue)
        direct = self.kind is QuoteKind.DIRECT
        self.speech = direct or cue_is_speech(article.text, spans.cue)

    @cached_property
    def items(self) -> list[frozenset[int]]:
        """The stretches of at least three words in quotation marks, as word sets."""
        if self.kind is QuoteKind.INDIRECT:
            return []
        regions = self.article.regions
        inside = (
            self.article.words_among(self.article.tokens_of(clip(self.spans.content, [region])))
            for region in regions
        )
        return [words for words in inside if len(words) >= SHORTEST_ITEM]


def same_source(gold: QuoteView, predicted: QuoteView) -> bool:
    """Whether a predicted source is the gold one: heads inside one another, or the same name."""
    if gold.head is None or predicted.head is None:
        return gold.head is None and predicted.head is None
    if len(predicted.source) > 3 * len(gold.source) + 5:
        return False
    if gold.head in predicted.source or predicted.head in gold.source:
        return True
    article = gold.article
    word = article.bare_word(gold.head)
    return word == article.bare_word(predicted.head) and not article.is_pronoun(word)


def match(gold: Sequence[QuoteView], predicted: Sequence[QuoteView]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs (gold, predicted), best word overlap first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            shared = len(g.words & p.words)
            if shared:
                candidates.append((shared / len(g.words | p.words), -i, -j))
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for overlap, i, j in sorted(candidates, reverse=True):
        if overlap >= MATCH and -i not in used_gold and -j not in used_predicted:
            used_gold.add(-i)
            used_predicted.add(-j)
            pairs.append((-i, -j))
    return pairs


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 in percent, rounded to one digit."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, right_predicted: int, predicted: int, right_gold: int, gold: int) -> Rates:
        """From counts; a rate over nothing is 0."""
        p = right_predicted / predicted if predicted else 0.0
        r = right_gold / gold if gold else 0.0
        f = 200 * p * r / (p + r) if p + r else 0.0
        return cls(round(100 * p, 1), round(100 * r, 1), round(f, 1))


@dataclass(frozen=True, slots=True)
class KindScore:
    """The figures of one kind of quote; `attribution` is None where nothing was found."""

    gold: int
    predicted: int
    detection: Rates
    attribution: float | None
    joint: Rates


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """All figures. `kinds` has `all`, each kind, and the same of reported speech ("speech …")."""

    articles: int
    articles_missing: int
    gold_quotes: int
    predicted_quotes: int
    content_exact: Rates
    content_exact_words: Rates
    content_overlap: Rates
    kinds: Mapping[str, KindScore]
    gold_items: int
    predicted_items: int
    items_found: float
    items_attributed: float
    items_precision: float


def score_quotes(
    gold: Mapping[Any, ScoredArticle], predicted: Mapping[Any, ScoredArticle]
) -> QuoteScore:
    """Score predictions by article id; an article that is missing counts as having no quotes."""
    n: Counter[str] = Counter()
    for identity, article_gold in gold.items():
        answer = predicted.get(identity)
        n["missing"] += answer is None
        article = Article(article_gold.text)
        g = [QuoteView(article, q) for q in article_gold.quotes]
        p = [QuoteView(article, q) for q in (answer.quotes if answer else ())]
        p = [q for q in p if q.words]
        n["articles"] += 1
        n["gold"] += len(g)
        n["predicted"] += len(p)
        _count_contents(n, g, p)
        _count_matches(n, g, p)
        _count_items(n, g, p)
    return _summary(n)


def _count_contents(n: Counter[str], gold: list[QuoteView], predicted: list[QuoteView]) -> None:
    """Exact and overlapping contents, whatever the sources."""
    for key in ("tokens", "words"):
        g = [getattr(q, key) for q in gold]
        p = [getattr(q, key) for q in predicted]
        in_gold, in_predicted = set(g), set(p)
        n[f"{key} exact predicted"] += sum(x in in_gold for x in p)
        n[f"{key} exact gold"] += sum(x in in_predicted for x in g)
    n["overlap"] += sum(len(p.tokens & g.tokens) for p in predicted for g in gold)
    n["overlap predicted"] += sum(len(p.tokens) for p in predicted)
    n["overlap gold"] += sum(len(g.tokens) for g in gold)


def _keys(kind: QuoteKind, speech: bool) -> Iterator[str]:
    yield from ("all", str(kind))
    if speech:
        yield from ("speech", f"speech {kind}")


def _count_matches(n: Counter[str], gold: list[QuoteView], predicted: list[QuoteView]) -> None:
    """Quotes found, and found with the right source, by kind."""
    pairs = match(gold, predicted)
    by_gold = dict(pairs)
    by_predicted = {j: i for i, j in pairs}
    right = {i for i, j in pairs if same_source(gold[i], predicted[j])}
    for i, g in enumerate(gold):
        for key in _keys(g.kind, g.speech):
            n[f"gold {key}"] += 1
            n[f"found {key}"] += i in by_gold
            n[f"joint {key}"] += i in right
    for j, p in enumerate(predicted):
        matched = by_predicted.get(j)
        # A prediction without any cue cannot be told from speech; one matched follows its gold
        # quote.
        speech = gold[matched].speech if matched is not None else p.speech or not p.spans.cue
        for key in _keys(p.kind, speech):
            n[f"predicted {key}"] += 1
            n[f"predicted found {key}"] += matched is not None
            n[f"predicted joint {key}"] += matched in right


def _count_items(n: Counter[str], gold: list[QuoteView], predicted: list[QuoteView]) -> None:
    """Stretches in quotation marks: half of the words covered by one quote counts as found."""
    for g in gold:
        for item in g.items:
            found = [p for p in predicted if len(p.words & item) * 2 >= len(item)]
            n["items"] += 1
            n["items found"] += bool(found)
            n["items attributed"] += any(same_source(g, p) for p in found)
    for p in predicted:
        for item in p.items:
            n["predicted items"] += 1
            n["predicted items right"] += any(
                len(g.words & item) * 2 >= len(item) and same_source(g, p) for g in gold
            )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _kind_score(n: Counter[str], key: str) -> KindScore:
    gold, predicted = n[f"gold {key}"], n[f"predicted {key}"]
    found, joint = n[f"found {key}"], n[f"joint {key}"]
    return KindScore(
        gold=gold,
        predicted=predicted,
        detection=Rates.of(n[f"predicted found {key}"], predicted, found, gold),
        attribution=_percent(joint, found) if found else None,
        joint=Rates.of(n[f"predicted joint {key}"], predicted, joint, gold),
    )


def _summary(n: Counter[str]) -> QuoteScore:
    gold, predicted = n["gold"], n["predicted"]
    exact = {
        key: Rates.of(n[f"{key} exact predicted"], predicted, n[f"{key} exact gold"], gold)
        for key in ("tokens", "words")
    }
    keys = [*KEYS, "speech", *(f"speech {k}" for k in QuoteKind)]
    return QuoteScore(
        articles=n["articles"],
        articles_missing=n["missing"],
        gold_quotes=gold,
        predicted_quotes=predicted,
        content_exact=exact["tokens"],
        content_exact_words=exact["words"],
        content_overlap=Rates.of(
            n["overlap"], n["overlap predicted"], n["overlap"], n["overlap gold"]
        ),
        kinds={key: _kind_score(n, key) for key in keys},
        gold_items=n["items"],
        predicted_items=n["predicted items"],
        items_found=_percent(n["items found"], n["items"]),
        items_attributed=_percent(n["items attributed"], n["items"]),
        items_precision=_percent(n["predicted items right"], n["predicted items"]),
    )


def _pieces(raw: Any) -> Pieces:
    return tuple((int(start), int(end)) for start, end in raw or ())


def articles_of(rows: Iterable[Mapping[str, Any]]) -> dict[Any, ScoredArticle]:
    """Articles by id, of rows `{"id", "text", "quotes": [{"content", "cue", "source"}]}`.

    A predicted row needs no text: the gold one's is used.
    """
    return {
        row["id"]: ScoredArticle(
            row.get("text", ""),
            tuple(
                QuoteSpans(*(_pieces(q.get(key)) for key in ("content", "cue", "source")))
                for q in row["quotes"]
            ),
        )
        for row in rows
    }


def read_articles(lines: Iterable[str]) -> dict[Any, ScoredArticle]:
    """The articles of the rows that are a file's lines."""
    return articles_of(map(json.loads, lines))
