from __future__ import annotations

import pytest

from app.domain import Span
from app.extraction.quotes.references import head_of, is_described


def test_heads() -> None:
    text = "Ivo Brandt, the mayor of Varn's"
    head = head_of(text, Span(0, len(text)))
    assert head is not None
    assert head.of(text) == "Brandt"
    assert head_of("...", Span(0, 3)) is None


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Ivo Brandt", False),
        ("One Democrat", True),
        ("many Republicans", True),
        ("Republicans", True),
        ("31 Latvians", True),
        ("Germans", True),
        ("the mayor", True),
        ("Politics Today", False),
    ],
)
def test_descriptions(text: str, described: bool) -> None:
    source = Span(0, len(text))
    head = head_of(text, source)
    assert head is not None
    assert is_described(text, source, head) is described
