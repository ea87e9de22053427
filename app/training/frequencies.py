"""`python -m app.training.frequencies GOLD_FOLDER`: counts in how many articles each word stands.

Reads the articles of `quotes/polnear_train.jsonl` and `entities/conllpp_train.jsonl`, writes
`app/resolution/frequencies.json`. No text is kept, and of words only those of several articles.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from app.evaluation.gold_rows import read_gold
from app.resolution import frequencies
from app.resolution.words_of import topic_words

SETS = ("quotes/polnear_train", "entities/conllpp_train")
LEAST_ARTICLES = 5


def main() -> None:
    """Count and write."""
    texts = read_texts(Path(sys.argv[1]))
    counts = Counter(word for text in texts for word in set(topic_words(text)))
    some = {word: n for word, n in sorted(counts.items()) if n >= LEAST_ARTICLES}
    made = {"articles": len(texts), "words": some}
    frequencies.FILE.write_text(json.dumps(made, indent=0) + "\n", encoding="utf-8")


def read_texts(folder: Path) -> list[str]:
    """The texts of the articles of `SETS`."""
    return [
        row["text"] for name in SETS for row in read_gold(folder / f"{name}.jsonl").rows.values()
    ]


if __name__ == "__main__":
    main()
