from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.names.joining import Stretch, joined


def stretches(*parts: tuple[str, str]) -> tuple[str, list[Stretch]]:
    """A text of parts with a space between, and a stretch for each part with its label."""
    text, found = "", []
    for surface, label in parts:
        found.append((len(text), len(text) + len(surface), label))
        text += f"{surface} "
    return text, found


@pytest.mark.parametrize(
    "parts",
    [
        (("Viliame", ""), ("Tokoni", "PERSON")),
        (("Varnholt", "GPE"), ("Kovalenko", "PERSON")),
        (("Gwen", "PERSON"), ("Pardoe", "")),
        (("Oleksandr Petrovych", "PERSON"), ("Hladchuk", "")),
        (("Elijah Kiprotich", "PERSON"), ("Lelmet", "PERSON")),
    ],
)
def test_halves_of_a_name_are_one(parts: tuple[tuple[str, str], ...]) -> None:
    text, found = stretches(*parts)
    assert list(joined(text, found)) == [(0, len(text) - 1, "PERSON")]


@pytest.mark.parametrize(
    "parts",
    [
        (("Crooked", ""), ("Varnholt", "PERSON")),
        (("Violinist", ""), ("Mira Kovalenko", "PERSON")),
        (("Mira Kovalenko", "PERSON"), ("Endorses", "")),
        (("London", "GPE"), ("Kovalenko", "PERSON")),
        (("British", "NORP"), ("Kovalenko", "PERSON")),
        (("Kovalenko", "PERSON"), ("Foundation", "")),
        (("Monday", ""), ("Kovalenko", "PERSON")),
        (("HARBOUR", ""), ("Kovalenko", "PERSON")),
        (("Varnholt", "ORG"), ("Kovalenko", "GPE")),
        (("Jan Pieter", "PERSON"), ("Varnholt Kovalenko", "PERSON")),
        (("Varnholt", ""), ("Jan Kovalenko", "PERSON")),
    ],
)
def test_other_neighbours_stay_two(parts: tuple[tuple[str, str], ...]) -> None:
    text, found = stretches(*parts)
    assert list(joined(text, found)) == found


def test_a_place_behind_in_is_one() -> None:
    text = "In Varnholt Kovalenko met them."
    found = [(3, 11, "GPE"), (12, 21, "PERSON")]
    assert list(joined(text, found)) == found


def test_a_blank_stretch_is_no_half() -> None:
    text = "\u3000 Kovalenko"
    found = [(0, 1, ""), (2, 11, "PERSON")]
    assert list(joined(text, found)) == found


def test_only_neighbours_are_joined() -> None:
    text = "Viliame, Tokoni"
    found = [(0, 7, ""), (9, 15, "PERSON")]
    assert list(joined(text, found)) == found


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Viliame", "Tokoni", "Jan", "Harbour", "the", "X", "’"]),
            st.sampled_from(["", "PERSON", "GPE", "DATE"]),
        )
    )
)
def test_nothing_is_lost(parts: list[tuple[str, str]]) -> None:
    text, found = stretches(*parts)
    made = list(joined(text, found))
    assert [s for s, _, _ in made] == sorted({s for s, _, _ in made})
    assert {i for s, e, _ in found for i in range(s, e)} <= {
        i for s, e, _ in made for i in range(s, e)
    }
