"""`make train-names`: from articles with annotated names to the weights of the learned voter."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from app.extraction.names.classifier import FILE, OUTCOMES
from app.extraction.pipeline import build_pipeline
from app.settings import Settings
from app.training.names.data import Row, read_rows

# Signs that fewer names have are left out.
FEWEST = 8
# Inverse of the strength of the L2 penalty.
PENALTY = 0.3
DIGITS = 3


def main() -> None:
    """Read the command line, train and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m app.training.names", description=__doc__)
    parser.add_argument("train", type=Path, help="JSON Lines of articles with names")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    nlp = build_pipeline(Settings().spacy_model, "rules")
    rows = list(read_rows(options.train, nlp))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(fitted(rows)) + "\n", encoding="utf-8")
    print(f"{len(rows)} names -> {options.out}")


def fitted(rows: Sequence[Row]) -> dict[str, Any]:
    """The weights, by sign, of the vectors and the bias, in the order of `OUTCOMES`."""
    counts = Counter(sign for row in rows for sign in row.signs)
    kept = {sign for sign, count in counts.items() if count >= FEWEST}
    reader = DictVectorizer()
    signs = reader.fit_transform(
        [{sign: value for sign, value in row.signs.items() if sign in kept} for row in rows]
    )
    vectors = np.array([row.vectors for row in rows])
    model = LogisticRegression(C=PENALTY, max_iter=150, tol=1e-3)
    model.fit(
        hstack([signs, csr_matrix(vectors)]).tocsr(),
        [OUTCOMES.index(row.outcome) for row in rows],
        sample_weight=[row.weight for row in rows],
    )
    weights = model.coef_.T.round(DIGITS)
    named = reader.get_feature_names_out()
    return {
        "signs": dict(zip(named, weights[: len(named)].tolist(), strict=True)),
        "vectors": weights[len(named) :].tolist(),
        "bias": model.intercept_.round(DIGITS).tolist(),
    }


if __name__ == "__main__":
    main()
