"""What a network finds in articles, judged against their gold quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain import QuoteKind
from app.evaluation.quote_text import Article
from app.evaluation.quotes import QuoteSpans, QuoteView, match, same_source
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.confidence import FEATURES
from app.extraction.quotes.tagger.reading import Scorer, scored
from app.training.quotes.data import GoldArticle, GoldQuote

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """Quotes found: features (n, len(FEATURES)), whether right and direct, the article's index.

    `gold` is how many quotes the articles have.
    """

    features: Floats
    right: Flags
    direct: Flags
    article: NDArray[np.int64]
    gold: int


def samples(articles: Sequence[GoldArticle], network: Scorer) -> Samples:
    """What the network finds in the articles, judged as `app.evaluation.quotes` does."""
    rows = [row for i, article in enumerate(articles) for row in _judged(i, article, network)]
    return Samples(
        features=np.array([features for features, _, _, _ in rows]).reshape(-1, len(FEATURES)),
        right=np.array([right for _, right, _, _ in rows], dtype=bool),
        direct=np.array([direct for _, _, direct, _ in rows], dtype=bool),
        article=np.array([i for _, _, _, i in rows], dtype=np.int64),
        gold=sum(len(article.quotes) for article in articles),
    )


def _judged(
    index: int, article: GoldArticle, network: Scorer
) -> Iterator[tuple[list[float], bool, bool, int]]:
    text = Article(article.text)
    gold = [_view(text, quote) for quote in article.quotes]
    found = list(scored(article.text, Regions(quoted_regions(article.text)), network))
    views = [_view(text, attribution) for attribution, _ in found]
    right = {j for i, j in match(gold, views) if same_source(gold[i], views[j])}
    for j, (_, values) in enumerate(found):
        yield values, j in right, views[j].kind is QuoteKind.DIRECT, index


def _view(article: Article, quote: GoldQuote | Attribution) -> QuoteView:
    """A quote as the scorer sees it."""
    pairs = (
        tuple((span.start, span.end) for span in spans)
        for spans in (quote.content, quote.cue, quote.source)
    )
    return QuoteView(article, QuoteSpans(*pairs))


def joint_f1(found: Samples, kept: Flags | None = None) -> float:
    """F1 (0 to 1) of quotes with content and source right, of all found or those `kept`."""
    flags = np.ones(len(found.right), dtype=bool) if kept is None else kept
    return 2 * int(found.right[flags].sum()) / max(1, int(flags.sum()) + found.gold)
