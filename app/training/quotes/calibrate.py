"""Fit the confidence of quotes on articles that the network was not trained on.

Reliability is measured across folds of whole articles: each quote's confidence comes from a
regression that has not seen its article.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from app.extraction.quotes.tagger.confidence import FEATURES, WEIGHTS
from app.extraction.quotes.tagger.reading import Scorer
from app.training.quotes.data import GoldArticle
from app.training.quotes.judge import Flags, Floats, Samples, joint_f1, samples

FOLDS = 10
BINS = 10
# Stronger regularisation than the default: a dozen features, some of them nearly the same.
STRENGTH = 0.3
SURE = 0.9
# How much joint F1 may be given up for leaving fewer quotes out.
TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far confidence may be believed.

    `bins` are (mean confidence, share right, quotes) by tenths; `error` is their mean distance
    weighted by quotes (the expected calibration error of Naeini, Cooper and Hauskrecht 2015).
    """

    bins: list[tuple[float, float, int]]
    error: float
    direct_sure: float
    direct_sure_right: float


def fit(features: Floats, right: Flags) -> LogisticRegression:
    """The regression for some quotes."""
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(features, right)


def out_of_fold(found: Samples) -> Floats:
    """Each quote's confidence by a regression that has not seen its article."""
    confidence = np.zeros(len(found.right))
    for fold in range(FOLDS):
        held = found.article % FOLDS == fold
        if held.any():
            model = fit(found.features[~held], found.right[~held])
            confidence[held] = model.predict_proba(found.features[held])[:, 1]
    return confidence


def reliability(confidence: Floats, right: Flags, direct: Flags) -> Reliability:
    """Confidence against truth."""
    tenth = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins = [
        (float(confidence[tenth == b].mean()), float(right[tenth == b].mean()), int(size))
        for b in range(BINS)
        if (size := (tenth == b).sum())
    ]
    error = sum(abs(said - true) * size for said, true, size in bins) / max(1, len(right))
    sure = direct & (confidence >= SURE)
    return Reliability(
        bins,
        error,
        float(sure.sum() / max(1, direct.sum())),
        float(right[sure].mean()) if sure.any() else 0.0,
    )


def best_threshold(confidence: Floats, found: Samples) -> float:
    """The confidence below which quotes are better left out: the lowest that costs no joint F1."""
    options = [round(0.025 * k, 3) for k in range(25)]
    reached = [joint_f1(found, confidence >= least) for least in options]
    return next(
        least for least, f1 in zip(options, reached, strict=True) if f1 >= max(reached) - TOLERANCE
    )


def calibrate(articles: Sequence[GoldArticle], network: Scorer, folder: Path) -> str:
    """Fit on all articles, write the weights to `folder`, and report what the folds say."""
    found = samples(articles, network)
    if len(set(found.right.tolist())) < 2:
        raise SystemExit("Nothing to calibrate on: train on more articles, or for more epochs.")
    held_out = out_of_fold(found)
    least = best_threshold(held_out, found)
    model = fit(found.features, found.right)
    row = {
        "weights": {
            name: round(float(weight), 5)
            for name, weight in zip(FEATURES, model.coef_[0], strict=True)
        },
        "bias": round(float(model.intercept_[0]), 5),
        "least": least,
    }
    (folder / WEIGHTS).write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
    kept = held_out >= least
    told = reliability(held_out[kept], found.right[kept], found.direct[kept])
    before, after = joint_f1(found), joint_f1(found, kept)
    lines = [f"left out below {least:.3f}: joint F1 {100 * before:.1f} -> {100 * after:.1f}"]
    lines += [f"{said:.2f} {true:.2f} {size}" for said, true, size in told.bins]
    lines.append(f"expected calibration error {told.error:.3f}")
    lines.append(
        f"direct quotes at {SURE} and more: {100 * told.direct_sure:.0f} %, "
        f"{100 * told.direct_sure_right:.0f} % of them right"
    )
    return "\n".join(lines)
