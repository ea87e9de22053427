"""How common words are in news: what two texts share by chance, and what by being about one thing.

Counted over the 1,786 articles of two public corpora by `python -m app.training.frequencies`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("frequencies.json")


@cache
def shares() -> Mapping[str, float]:
    """The share of all articles that have a word, by word; rarer ones are left out."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    return {word: n / raw["articles"] for word, n in raw["words"].items()}


def share(word: str) -> float:
    """In what share of articles a word stands, in [0, 1]; a topic word as `words_of` folds them."""
    return shares().get(word, 0.0)
