"""The single errors behind the quote figures, each as a line for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain import QuoteKind
from app.evaluation.printable import named, printable
from app.evaluation.quote_text import Article, Pieces
from app.evaluation.quotes import QuoteSpans, QuoteView, ScoredArticle, match, same_source

CONTEXT = 30
# An unmarked or marked stretch longer than this is shown by its ends.
LONGEST_STRETCH = 70


class ErrorSort(StrEnum):
    """What is wrong. Every quote that is not right is in exactly one list of its side."""

    MISSED = "missed"
    """A gold quote that no prediction matches."""
    SPURIOUS = "spurious"
    """A prediction that shares no word with any gold quote."""
    BOUNDARIES = "wrong boundaries"
    """A prediction that matches no gold quote and shares words with one."""
    SOURCE = "wrong source"
    """A matched pair whose sources differ."""


@dataclass(frozen=True, slots=True)
class QuoteError:
    """One error. `kind` is the gold quote's for a missed one and a wrong source, else predicted.

    For a missed quote and for wrong boundaries, the other side is the nearest quote that shares
    words, if any.
    """

    sort: ErrorSort
    article: Any
    kind: QuoteKind
    gold: QuoteSpans | None
    predicted: QuoteSpans | None


def quote_errors(
    gold: Mapping[Any, ScoredArticle], predicted: Mapping[Any, ScoredArticle]
) -> Iterator[QuoteError]:
    """All errors, in the order of the articles and of the quotes in them."""
    for identity, article_gold in gold.items():
        answer = predicted.get(identity)
        article = Article(article_gold.text)
        right = [QuoteView(article, q) for q in article_gold.quotes]
        mine = [QuoteView(article, q) for q in (answer.quotes if answer else ())]
        yield from _of_article(identity, right, [q for q in mine if q.words])


def _of_article(
    identity: Any, gold: Sequence[QuoteView], predicted: Sequence[QuoteView]
) -> Iterator[QuoteError]:
    pairs = match(gold, predicted)
    by_gold, matched = dict(pairs), {j for _, j in pairs}
    for i, g in enumerate(gold):
        j = by_gold.get(i)
        if j is None:
            near = _nearest(g, predicted)
            yield QuoteError(ErrorSort.MISSED, identity, g.kind, g.spans, near)
        elif not same_source(g, predicted[j]):
            wrong = predicted[j].spans
            yield QuoteError(ErrorSort.SOURCE, identity, g.kind, g.spans, wrong)
    for j, p in enumerate(predicted):
        if j not in matched:
            near = _nearest(p, gold)
            sort = ErrorSort.SPURIOUS if near is None else ErrorSort.BOUNDARIES
            yield QuoteError(sort, identity, p.kind, near, p.spans)


def _nearest(quote: QuoteView, others: Sequence[QuoteView]) -> QuoteSpans | None:
    """The quote that shares the largest part of its words with this one."""
    best, spans = 0.0, None
    for other in others:
        overlap = len(quote.words & other.words) / (len(quote.words | other.words) or 1)
        if overlap > best:
            best, spans = overlap, other.spans
    return spans


# --- showing --------------------------------------------------------------------------------------


def described(error: QuoteError, text: str) -> str:
    """One line: article, offsets, kind, and the words, gold in [ ] and predicted in { }."""
    gold, predicted = error.gold, error.predicted
    if error.sort is ErrorSort.SOURCE and gold is not None and predicted is not None:
        gold_source = _quoted(text, gold.source)
        source = _quoted(text, predicted.source)
        where = f"{_offsets(gold.content)}, {error.kind}, source {source} instead of {gold_source}"
        shown = excerpt(text, gold.content, ())
    else:
        sides = ((gold, "gold"), (predicted, "predicted"))
        places = (f"{name} {_offsets(side.content)}" for side, name in sides if side is not None)
        where = f"{', '.join(places)}, {error.kind}"
        shown = excerpt(text, gold.content if gold else (), predicted.content if predicted else ())
    return f"{named(error.article, 80)} {where}: {shown}"


def _offsets(pieces: Pieces) -> str:
    return "+".join(f"{start}-{end}" for start, end in pieces)


def _quoted(text: str, pieces: Pieces) -> str:
    if not pieces:
        return "none"
    words = " … ".join(_shortened(text[start:end]) for start, end in pieces)
    return f'"{printable(words)}" at {_offsets(pieces)}'


def excerpt(text: str, gold: Pieces, predicted: Pieces) -> str:
    """The stretch around the pieces on one line, gold in [ ], predicted in { }, escaped."""
    marks = sorted(
        (at, rank, mark)
        for pieces, opening, closing in (
            (gold, (1, "["), (0, "]")),
            (predicted, (2, "{"), (-1, "}")),
        )
        for start, end in pieces
        if start < end
        for at, (rank, mark) in ((start, opening), (end, closing))
    )
    if not marks:
        return ""
    begin, finish = max(0, marks[0][0] - CONTEXT), min(len(text), marks[-1][0] + CONTEXT)
    shown, here = [], begin
    for at, _, mark in marks:
        shown += [printable(_shortened(text[here:at])), mark]
        here = at
    shown.append(printable(text[here:finish]))
    before, after = "…" if begin else "", "…" if finish < len(text) else ""
    return before + "".join(shown) + after


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_STRETCH:
        return text
    half = LONGEST_STRETCH // 2
    return f"{text[:half]} … {text[-half:]}"
