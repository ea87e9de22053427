from __future__ import annotations

import pytest

from app.namesakes import NAMESAKE


@pytest.mark.parametrize(
    "text",
    [
        "She has the same name as the minister.",
        "His namesake on the council sent a card.",
        "He shares his name with the mayor.",
        "Ana Berg, no relation, was there.",
        "The two men are not related.",
        "Jon Berg, no kin, read it out.",
        "The baker, not to be confused with the minister, laughed.",
    ],
)
def test_it_is_said_that_somebody_else_has_the_name(text: str) -> None:
    assert NAMESAKE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "The film of the same name won.",
        "It has no relation to the fire.",
        "The deaths are not related to the vaccine.",
        "The two incidents are not related.",
        "The delay was not related to weather.",
        "The film has the same name as the book.",
        "He is not kindly.",
    ],
)
def test_nothing_is_said_of_namesakes(text: str) -> None:
    assert not NAMESAKE.search(text)
