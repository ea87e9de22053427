"""`python -m tests.evaluation.identity_names FILE`: the names of the sets of articles that teach.

Written for `app.training.names`, in the format of the gold data. In these articles a hospital or a
theatre is a body, which `docs/annotation-guide.md` calls a place: names that end so teach nothing.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain import EntityKind
from app.extraction.names.lexicon import LOCATION_HEADS
from app.extraction.rows import LABELS
from tests.identity_set import TAUGHT, Marked, read_set


def rows() -> Iterator[dict[str, Any]]:
    """The articles with their names."""
    return (_row(article) for part in TAUGHT for article in read_set(part))


def _row(article: Marked) -> dict[str, Any]:
    text = article.document.text
    entities, ignore = [], []
    for mention in article.extraction.mentions:
        start, end = mention.span.start, mention.span.end
        last = mention.span.of(text).lower().split()[-1]
        if mention.kind is EntityKind.ORGANISATION and last in LOCATION_HEADS:
            ignore.append([start, end])
        else:
            entities.append({"start": start, "end": end, "label": LABELS[mention.kind]})
    return {"id": article.id, "text": text, "entities": entities, "ignore": ignore}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.identity_names")
    parser.add_argument("file", type=Path)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())
    parser.parse_args().file.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
