from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.quotes.marks import double_regions, quoted_regions
from tests.work import lines_run


def quoted(text: str) -> list[str]:
    return [text[r.start : r.end] for r in quoted_regions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said, “We will go.”", ["“We will go.”"]),
        ('"We will go," she said. "Soon."', ['"We will go,"', '"Soon."']),
        ("''We will go,'' she said.", ["''We will go,''"]),
        ("``We will go,'' she said.", ["``We will go,''"]),
        ("«We will go», she said.", ["«We will go»"]),
        ("„We will go”, she said.", ["„We will go”"]),
        # the closing mark is glued to the next word
        ("“It will be hard work, ”she warned.", ["“It will be hard work, ”"]),
        # an opening mark closes
        ("He spoke of “peace and order […] “.", ["“peace and order […] “"]),
        # the closing mark is missing: the region ends with its paragraph
        ("“We will go\nThen they left.", ["“We will go"]),
        # a forgotten closing mark before the next sentence's opening one
        ('"We go. He left. "Now."', ['"Now."']),
        # nested marks stay in their region
        ("“He told me “no” and left,” she said.", ["“He told me “no” and left,”"]),
        # inches and feet do not open
        ('The 6" pipe broke.', []),
        ("No marks at all.", []),
    ],
)
def test_regions(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_early_closer_does_not_cut_what_a_late_one_closes() -> None:
    text = "He asked “how to ensure that.” Nobody is harmed; all may leave “."
    assert quoted(text) == [text[text.index("“") : -1]]


def test_speech_of_several_paragraphs_opens_in_each() -> None:
    assert quoted("“First part.\n“Second part,” she said.") == ["“First part.", "“Second part,”"]


def test_single_marks_count_where_there_are_no_double_ones() -> None:
    text = "‘We can’t go,’ she said. The boys’ club agreed."
    assert quoted(text) == ["‘We can’t go,’"]
    assert quoted("She doesn't know the boys' club.") == []
    assert quoted("“It’s ‘fine’,” she said.") == ["“It’s ‘fine’,”"]


MARKS = st.text(alphabet="“”„«»\"'‘’` ab.,\n!—(")


@given(MARKS)
def test_regions_are_sound(text: str) -> None:
    end = 0
    for region in quoted_regions(text):
        assert end <= region.start < region.end <= len(text)
        assert "\n" not in text[region.start : region.end]
        end = region.end


def cost(text: str) -> int:
    """Lines of Python run for all regions of a text."""
    return lines_run(lambda: (double_regions(text), quoted_regions(text)))


@pytest.mark.parametrize("piece", ["“", "” ", '"', "“a” ", "a“ ", "''", "‘a "])
def test_work_is_linear_in_the_marks(piece: str) -> None:
    """Ten times the marks cost ten times as much; a quadratic method would take a hundred times."""
    assert cost(piece * 5_000) < 15 * cost(piece * 500)
