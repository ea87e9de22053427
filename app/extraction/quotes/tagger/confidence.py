"""How likely a quote is right, from what the network was sure of.

A logistic regression on the network's own certainties (Platt scaling of more than one score),
fitted on articles that the network was not trained on; right means that content and source are
those of a careful reader (word overlap of at least half; the same source).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from app.domain import QuoteKind
from app.errors import ModelError
from app.extraction.quotes.tagger.decode import Found

WEIGHTS = "confidence.json"
FEATURES = (
    "content",
    "weakest content",
    "edges",
    "cue",
    "source",
    "link",
    "source link",
    "no source",
    "direct",
    "mixed",
    "pieces",
    "length",
)


def features(quote: Found, kind: QuoteKind) -> list[float]:
    """What the regression reads of a quote, in the order of FEATURES.

    Probabilities as their log odds: near certainty is where the differences are.
    """
    content = [piece.certainty for piece in quote.content]
    words = sum(piece.end - piece.start for piece in quote.content)
    return [
        odds(sum(content) / len(content)),
        odds(min(content)),
        odds(min(piece.edge for piece in quote.content)),
        odds(quote.cue.certainty),
        odds(quote.source.certainty) if quote.source else 0.0,
        odds(quote.link),
        odds(quote.source_link),
        float(quote.source is None),
        float(kind is QuoteKind.DIRECT),
        float(kind is QuoteKind.MIXED),
        float(len(content) > 1),
        log(1 + words),
    ]


def odds(probability: float) -> float:
    """The log odds of a probability, kept within ±7."""
    p = min(max(probability, 0.001), 0.999)
    return log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fitted regression; a quote less likely than `least` is better left out."""

    weights: tuple[float, ...]
    bias: float
    least: float

    @classmethod
    def load(cls, folder: Path) -> Confidence:
        """Read it from a model's folder; raises ModelError."""
        try:
            row = json.loads((folder / WEIGHTS).read_text(encoding="utf-8"))
            weights = tuple(float(row["weights"][name]) for name in FEATURES)
            return cls(weights, float(row["bias"]), float(row["least"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{WEIGHTS} of the quote model cannot be read ({error}).") from error

    def of(self, values: Sequence[float]) -> float:
        """The probability that a quote with these features is right."""
        score = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
