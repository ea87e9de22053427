from __future__ import annotations

import numpy as np
import pytest

from app.domain import Span
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.reading import Reading, read, scored
from app.extraction.quotes.tagger.runtime import loaded

TEXT = "Mira Kovalenko left Harbour Bank.\n\n“No boat sails,” said Jan Brandt of Oldmoor."
HEAD = np.eye(384, 3, dtype=np.float32)


def reading_of(text: str) -> Reading:
    return read(text, Regions(quoted_regions(text)), loaded(FOLDER), HEAD)


def test_what_is_found_is_what_the_network_finds_alone() -> None:
    reading = reading_of(TEXT)
    assert reading.found == list(scored(TEXT, Regions(quoted_regions(TEXT)), loaded(FOLDER)))
    assert len(reading.found) == 1


def test_a_span_has_the_mean_of_its_words() -> None:
    reading = reading_of(TEXT)
    start = TEXT.index("Harbour")
    first, second = (reading.of(Span(start + a, start + b)) for a, b in ((0, 7), (8, 12)))
    assert reading.of(Span(start, start + 12)) == pytest.approx((first + second) / 2)
    assert not np.allclose(first, second)
    # Part of a word is the word.
    assert reading.of(Span(start + 2, start + 5)) == pytest.approx(first)


def test_an_empty_text_has_no_words() -> None:
    reading = reading_of(" \n")
    assert reading.found == []
    assert reading.told.shape == (0, 3)
