from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from app.resolution import frequencies
from app.training.frequencies import LEAST_ARTICLES, SETS, main


def test_words_of_several_articles_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SETS:
        file = tmp_path / f"{name}.jsonl"
        file.parent.mkdir(exist_ok=True)
        row = {"text": "Boats and boats sank.", "entities": []}
        rows = [{"id": f"{name}{n}", **row} for n in range(LEAST_ARTICLES)]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with (tmp_path / f"{SETS[0]}.jsonl").open("a") as file:
        file.write(
            json.dumps({"id": "last", "text": "A secret trawler sank.", "entities": []}) + "\n"
        )
    made = tmp_path / "made.json"
    monkeypatch.setattr(frequencies, "FILE", made)
    monkeypatch.setattr(sys, "argv", ["frequencies", str(tmp_path)])
    main()
    total = 2 * LEAST_ARTICLES + 1
    assert json.loads(made.read_text()) == {
        "articles": total,
        "words": {"boat": total - 1, "sank": total},
    }
