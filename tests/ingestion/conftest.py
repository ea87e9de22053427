"""An extractor that finds nothing, quickly, in place of the model; a progress that remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from app.domain import ArticleEntity, Document, EntityKind, Extraction
from app.errors import DocumentError
from app.ingestion import workers
from app.store.write import Outcome

SETTINGS = workers.ExtractorSettings("fake", "rules", "auto", 3)


class FakeExtractor:
    """Names each article after its first word; fails on texts that hold `poison`."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        batch = list(documents)
        self.batches.append(len(batch))
        for document in batch:
            if "poison" in document.text:
                raise ValueError("this text is poison")
            word = document.text.split()[0]
            yield Extraction(entities=(ArticleEntity(EntityKind.ORGANISATION, word),))


class Told:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def article(self, document: Document, outcome: Outcome) -> None:
        self.said.append(f"{Path(document.origin).name} {outcome}")

    def failure(self, error: DocumentError) -> None:
        self.said.append(f"{Path(error.origin).name} failed")


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> FakeExtractor:
    fake = FakeExtractor()
    monkeypatch.setattr(workers, "build", lambda settings: fake)
    return fake
