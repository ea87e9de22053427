from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.coreference.spelling import blurred, is_slip, slips

WORDS = st.text("ab", min_size=6, max_size=9)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kovalenko", "kovalneko", True),
        ("kovalenko", "kovalenk", False),
        ("kovalenko", "kovaleno", True),
        ("kovalenko", "kovalanko", True),
        ("kovalenko", "kovalenkoo", True),
        ("kovalenko", "sovalenko", False),
        ("kovalenko", "kavalanko", False),
        ("kovalenko", "kovalenko", False),
        ("falk", "fark", False),
        ("district1a", "district2a", False),
    ],
)
def test_slips(one: str, other: str, same: bool) -> None:
    assert is_slip(one, other) is same


@given(WORDS, WORDS)
def test_words_that_slip_share_a_blur(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    if is_slip(one, other):
        assert blurred(one) & blurred(other)


def test_names_that_slip_in_one_word() -> None:
    names = [("mira", "kovalenko"), ("mira", "kovalneko"), ("lena", "kovalenko")]
    assert list(slips(names)) == [(names[0], names[1])]
