from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.words import (
    CLOSING,
    INSIDE,
    LONGEST,
    LOWER,
    MIXED,
    NO_LETTERS,
    OPENING,
    OUTSIDE,
    TITLE,
    UPPER,
    WordPieces,
    case_of,
    read_words,
)

VOCABULARY = WordPieces(FOLDER / "tokenizer.json")


def test_words_are_runs_and_single_signs(vocabulary: WordPieces) -> None:
    text = "She didn't say ''no''."
    words = read_words(text, quoted_regions(text), vocabulary)
    surface = [span.of(text) for span in words.spans]
    assert surface == ["She", "didn", "'", "t", "say", "''", "no", "''", "."]


def test_marks_tell_where_a_quotation_opens_and_closes(vocabulary: WordPieces) -> None:
    text = "He said “no way” twice."
    words = read_words(text, quoted_regions(text), vocabulary)
    assert words.marks == [
        OUTSIDE,
        OUTSIDE,
        OPENING,
        INSIDE,
        INSIDE,
        CLOSING,
        OUTSIDE,
        OUTSIDE,
    ]


@pytest.mark.parametrize("style", [('"', '"'), ("''", "''"), ("«", "»"), ("‘", "’"), ("'", "'")])
def test_all_quotation_marks_read_the_same(style: tuple[str, str], vocabulary: WordPieces) -> None:
    def read(opening: str, closing: str) -> tuple[list[list[int]], list[int]]:
        text = f"{opening}The dam will hold,{closing} she said."
        words = read_words(text, quoted_regions(text), vocabulary)
        return words.pieces, words.marks

    assert read(*style) == read("“", "”")


def test_an_apostrophe_is_not_a_quotation_mark(vocabulary: WordPieces) -> None:
    text = "The mayor's plan"
    words = read_words(text, quoted_regions(text), vocabulary)
    mark = vocabulary.pieces(['"'])[0]
    assert mark not in words.pieces


def test_paragraphs_break_before_their_first_word(vocabulary: WordPieces) -> None:
    text = "\nOne two.\n\n \nThree.\nFour"
    words = read_words(text, (), vocabulary)
    assert [words.spans[i].of(text) for i in words.breaks] == ["One", "Three", "Four"]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("said", LOWER),
        ("Lisbon", TITLE),
        ("A", TITLE),
        ("NATO", UPPER),
        ("McBride", MIXED),
        ("2016", NO_LETTERS),
        (",", NO_LETTERS),
    ],
)
def test_case(word: str, case: int) -> None:
    assert case_of(word) == case


def test_a_word_has_one_to_eight_pieces(vocabulary: WordPieces) -> None:
    pieces = vocabulary.pieces(["harbour", "\u200b", "x" * 5000, "ab" * 40])
    assert all(1 <= len(p) <= LONGEST for p in pieces)
    assert pieces[1] == pieces[2] == [vocabulary.unknown]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_in_step(text: str) -> None:
    words = read_words(text, quoted_regions(text), VOCABULARY)
    count = len(words)
    assert len(words.pieces) == len(words.cases) == len(words.marks) == count
    assert all(0 <= s.start < s.end <= len(text) for s in words.spans)
    assert all(a.end <= b.start for a, b in zip(words.spans, words.spans[1:], strict=False))
    assert words.breaks == sorted(set(words.breaks))
    assert all(0 <= i < count for i in words.breaks)
