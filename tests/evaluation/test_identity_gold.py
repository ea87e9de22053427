"""Identity across the articles of the gold data, where it is there: no worse than exact names.

Gold entities with their own mentions stand for a perfect extraction; who is who is gold's Wikidata
id or Wikipedia title. Entities without either are read, as any other, and not scored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Mention,
    MentionType,
    Span,
)
from app.evaluation.identity import Occurrence, b_cubed, pair_score
from app.identity import name_norm
from app.resolution.linking import resolve
from tests.conftest import ROOT
from tests.resolution.record import MemoryRecord

FOLDER = Path(os.environ.get("ONRECORD_EVAL_DIR", ROOT.parent / "shared" / "eval")) / "entities"
LABELS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "LOCATION": EntityKind.LOCATION,
}

Row = tuple[Document, Extraction, list[str | None]]


def gold(path: Path) -> Iterator[Row]:
    """Each article with its entities and who they are."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        clusters: dict[tuple[str, str], list[dict[str, object]]] = {}
        for name in row["entities"]:
            if name["label"] in LABELS:
                clusters.setdefault((str(name["cluster"]), name["label"]), []).append(name)
        entities, mentions, known = [], [], []
        for index, ((_, label), names) in enumerate(clusters.items()):
            spans = [Span(int(str(n["start"])), int(str(n["end"]))) for n in names]
            forms = sorted({s.of(row["text"]): None for s in spans}, key=len, reverse=True)
            entities.append(ArticleEntity(LABELS[label], forms[0], tuple(forms[1:])))
            mentions += [Mention(s, MentionType.NAME, LABELS[label], index) for s in spans]
            ids = (n.get("wikidata") or n.get("wikipedia") for n in names)
            known.append(next((str(i) for i in ids if i), None))
        mentions.sort(key=lambda m: m.span)
        extraction = Extraction(tuple(mentions), tuple(entities))
        yield Document(row["text"], str(row["id"])), extraction, known


@pytest.mark.parametrize("names", ["newsfair2", "gum_news", "newsfair2 gum_news"])
def test_no_worse_than_exact_names(names: str) -> None:
    paths = [FOLDER / f"{name}.jsonl" for name in names.split()]
    if not all(path.is_file() for path in paths):
        pytest.skip(f"there is no gold data at {FOLDER}")
    record = MemoryRecord()
    ours: list[Occurrence] = []
    exact: list[Occurrence] = []
    for document, extraction, known in chain.from_iterable(map(gold, paths)):
        found = resolve(document.origin, extraction, record, document)
        record.remember(found)
        for who, entity, one in zip(known, extraction.entities, found, strict=True):
            if who is not None:
                ours.append((who, one.uid))
                exact.append((who, (entity.kind, name_norm(entity.name))))
    assert b_cubed(ours) >= b_cubed(exact)
    assert pair_score(ours).f1 >= pair_score(exact).f1
