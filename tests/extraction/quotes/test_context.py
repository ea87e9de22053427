from __future__ import annotations

import pytest

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.context import Translations, parents, pull_quote_origins
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions


def test_parents_are_the_innermost() -> None:
    outer = Attribution((Span(0, 100),))
    middle = Attribution((Span(10, 60),), cue=(Span(5, 9),))
    inner = Attribution((Span(20, 30),), source=(Span(12, 15),))
    beside = Attribution((Span(61, 70),), cue=(Span(101, 105),))
    assert parents([outer, middle, inner, beside]) == [None, 0, 1, None]


def test_a_quote_around_a_gap_is_no_parent_of_what_stands_in_the_gap() -> None:
    assert parents([Attribution((Span(0, 10), Span(20, 30))), Attribution((Span(12, 18),))]) == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("“We go,” she said through an interpreter.", True),
        ("“We go,” she said in Ukrainian.", True),
        ("“We go,” she said in Kyiv.", False),
        ("“He said it in French,” she said.", False),
        ("Translated from Dutch.\n“We go,” she said.", False),
    ],
)
def test_signs_of_translation(text: str, translated: bool) -> None:
    found = Translations(text, Regions(quoted_regions(text)))
    at = text.rindex("“")
    assert found.near([Span(at, at + 3)]) is translated


def test_pull_quotes() -> None:
    text = "“I look forward to seeing you”\nShe said we all look forward to seeing you soon."
    quote = Attribution((Span(text.index("we all"), len(text)),))
    assert pull_quote_origins(text, [Span(0, 30)], [quote]) == [0]
    assert pull_quote_origins(text, [Span(0, 10)], [quote]) == [None]
