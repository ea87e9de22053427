from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain import Span
from app.extraction.quotes.tagger.windows import Window, windows
from app.extraction.quotes.tagger.words import LOWER, NO_LETTERS, OUTSIDE, TITLE, Words


def make(paragraphs: list[list[int]], cases: list[int] | None = None) -> Words:
    """Words with the given numbers of pieces, paragraph by paragraph, a space between any two."""
    lengths = [n for paragraph in paragraphs for n in paragraph]
    breaks, at = [], 0
    for paragraph in paragraphs:
        breaks.append(at)
        at += len(paragraph)
    return Words(
        spans=[Span(2 * i, 2 * i + 1) for i in range(len(lengths))],
        pieces=[[7] * n for n in lengths],
        cases=cases or [LOWER] * len(lengths),
        marks=[OUTSIDE] * len(lengths),
        breaks=breaks,
    )


def test_paragraphs_share_a_window_while_they_fit() -> None:
    words = make([[1] * 4, [1] * 3, [1] * 5])
    assert windows(words, 11) == [Window(0, 7, (4,)), Window(7, 12, ())]


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    cases = [LOWER] * 12
    cases[5], cases[6] = NO_LETTERS, TITLE
    words = make([[1] * 12], cases)
    assert windows(words, 12) == [Window(0, 6, ()), Window(6, 12, ())]


def test_a_paragraph_without_sentences_is_cut_anywhere() -> None:
    words = make([[1] * 25])
    assert [(w.start, w.end) for w in windows(words, 12)] == [(0, 10), (10, 20), (20, 25)]


def test_no_words_no_windows() -> None:
    assert windows(make([])) == []


@given(
    st.lists(st.lists(st.integers(1, 8), min_size=1, max_size=30), max_size=12),
    st.integers(12, 40),
    st.none() | st.integers(4, 40),
)
def test_every_word_is_in_one_window_that_fits(
    paragraphs: list[list[int]], longest: int, first: int | None
) -> None:
    words = make(paragraphs)
    found = windows(words, longest, first)
    assert [i for w in found for i in range(w.start, w.end)] == list(range(len(words)))
    for window in found:
        pieces = sum(len(p) for p in words.pieces[window.start : window.end])
        assert pieces + len(window.breaks) + 2 <= longest
        assert all(window.start < b < window.end and b in words.breaks for b in window.breaks)
