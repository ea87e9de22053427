"""People who are often in the news are one entity each: on real articles, with our own extraction.

Two of one full name are rare among those whom many articles of a corpus name: a name in many
articles stands for one person.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime
from itertools import islice

from app.domain import Document, EntityKind, Precision, PrintedTime
from app.extraction.pipeline import Extractor
from app.resolution.linking import resolve
from app.settings import read_settings
from tests.evaluation.reference import EVAL, needs
from tests.resolution.record import MemoryRecord

FILE = EVAL / "quotes" / "polnear_train.jsonl"
ARTICLES = 200
# Names of so many articles; articles that name them in the largest entity of the name, at least.
OFTEN, LEAST_SHARE = 5, 0.95


@needs(FILE)
def test_a_person_of_many_articles_is_one_entity() -> None:
    with FILE.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, ARTICLES)]
    documents = [
        Document(
            row["text"], row["id"], publisher=row["publisher"], language="en",
            published=PrintedTime(datetime.fromisoformat(row["date"]), Precision.DAY, row["date"]),
        )
        for row in sorted(rows, key=lambda row: (row["date"], row["id"]))
    ]  # fmt: skip
    extractor = Extractor(read_settings().spacy_model, "rules")
    record = MemoryRecord()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for document, extraction in zip(documents, extractor.extract(documents), strict=True):
        resolved = resolve(document.origin, extraction, record, document)
        record.remember(resolved)
        for one in resolved:
            if one.entity.kind is EntityKind.PERSON and " " in one.entity.name:
                found[one.entity.name][one.uid] += 1
    often = [uids for uids in found.values() if uids.total() >= OFTEN]
    assert len(often) >= 20
    largest = sum(max(uids.values()) for uids in often)
    assert largest >= LEAST_SHARE * sum(uids.total() for uids in often)
