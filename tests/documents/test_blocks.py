import pytest

from app.documents.blocks import lines_of, split_blocks, trimmed
from app.domain import Span


def cut(text: str) -> list[str]:
    return [span.of(text) for span in split_blocks(text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u2028", "\x85 \n"])
def test_nothing_has_no_blocks(text: str) -> None:
    assert cut(text) == []


def test_blank_lines_separate() -> None:
    assert cut("\n\n One.\nStill one. \n \t\n\n\nTwo.\n") == ["One.\nStill one.", "Two."]


def test_lines_separate_where_no_line_is_blank() -> None:
    assert cut("One.\nTwo.\n") == ["One.", "Two."]


def test_one_hand_wrapped_paragraph_stays_whole() -> None:
    text = "The mayor opened\nthe bridge and said\nthat it would last\nfor ever."
    assert cut(text) == [text]


def test_lines_and_edges() -> None:
    text = " a \n \n b"
    assert [span.of(text) for span in lines_of(text, Span(0, len(text)))] == ["a", "b"]
    assert trimmed("   ", 0, 3) is None
