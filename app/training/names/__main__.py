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

from app.extraction.info import TAGGER_DIGESTS
from app.extraction.names.classifier import FILES, OUTCOMES
from app.extraction.pipeline import build_pipeline
from app.extraction.quotes.tagger.runtime import NETWORK
from app.settings import Settings
from app.training.names.data import Row, read_rows

# Signs that fewer names have are left out.
FEWEST = 8
# Inverse of the strength of the L2 penalty, by whether the network has read the texts.
PENALTY = {False: 0.3, True: 0.1}
# How much a state of unit variance weighs beside a sign.
STATE_SCALE = 0.1
DIGITS = 3


def main() -> None:
    """Read the command line, train and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m app.training.names", description=__doc__)
    parser.add_argument("train", type=Path, nargs="+", help="JSON Lines of articles with names")
    parser.add_argument("--out", type=Path, default=FILES[True].parent, help="folder")
    options = parser.parse_args()
    nlp = build_pipeline(Settings().spacy_model, "rules")
    rows = [row for file in options.train for row in read_rows(file, nlp)]
    options.out.mkdir(parents=True, exist_ok=True)
    for has_read, file in FILES.items():
        weights = fitted(rows, has_read)
        if has_read:
            # The states are those of one network; another one's mean something else.
            weights["network"] = json.loads(TAGGER_DIGESTS.read_text(encoding="utf-8"))[NETWORK]
        made = json.dumps(weights) + "\n"
        (options.out / file.name).write_text(made, encoding="utf-8")
    print(f"{len(rows)} names -> {options.out}")


def fitted(rows: Sequence[Row], has_read: bool) -> dict[str, Any]:
    """The weights, by sign, of the vectors, the states and the bias, in the order of `OUTCOMES`.

    Without what the network `has_read` there are none of the states.
    """
    counts = Counter(sign for row in rows for sign in row.signs)
    kept = {sign for sign, count in counts.items() if count >= FEWEST}
    reader = DictVectorizer()
    signs = reader.fit_transform(
        [{sign: value for sign, value in row.signs.items() if sign in kept} for row in rows]
    )
    vectors = np.array([row.vectors for row in rows])
    states = np.array([row.states for row in rows], dtype=np.float64)[:, : None if has_read else 0]
    centre, scale = states.mean(0), STATE_SCALE / (states.std(0) + 1e-5)
    model = LogisticRegression(C=PENALTY[has_read], max_iter=300, tol=1e-3)
    model.fit(
        hstack([signs, csr_matrix(vectors), csr_matrix((states - centre) * scale)]).tocsr(),
        [OUTCOMES.index(row.outcome) for row in rows],
        sample_weight=[row.weight for row in rows],
    )
    weights = model.coef_.T
    named = reader.get_feature_names_out()
    vectored = len(named) + vectors.shape[1]
    of_states = weights[vectored:] * scale[:, None]
    return {
        "signs": dict(zip(named, weights[: len(named)].round(DIGITS).tolist(), strict=True)),
        "vectors": weights[len(named) : vectored].round(DIGITS).tolist(),
        "states": of_states.round(DIGITS + 1).tolist(),
        "bias": (model.intercept_ - centre @ of_states).round(DIGITS).tolist(),
    }


if __name__ == "__main__":
    main()
