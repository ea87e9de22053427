from __future__ import annotations

import pytest

from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.words import WordPieces


@pytest.fixture(scope="session")
def vocabulary() -> WordPieces:
    return WordPieces(FOLDER / "tokenizer.json")
