from __future__ import annotations

import pytest

from app.extraction.coreference.person_names import (
    generation_of,
    is_clipped,
    is_short_for,
    name_words,
    same_full_name,
)


def same(one: str, other: str) -> bool:
    return same_full_name(name_words(one), name_words(other))


def test_suffixes_and_titles_are_no_words_of_a_name() -> None:
    assert name_words("Sir Jan Brandt Jr.") == ["jan", "brandt"]
    assert generation_of("Jan Brandt Jr.") == "jr"
    assert generation_of("Jan Brandt") == ""


def test_accents_marks_and_the_arabic_article_are_left_out() -> None:
    assert name_words("Robert “Bob” Peña") == ["robert", "bob", "pena"]
    assert name_words("Karim al-Sahli") == ["karim", "sahli"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan F. Brandt", "Jan Brandt"),
        ("J. Brandt", "Jan Brandt"),
        ("Anthony Brandt", "Tony Brandt"),
        ("William Brandt", "Bill Brandt"),
        ("Peña Nieto", "Enrique Peña Nieto"),
        ("Mary Ann", "Mary Ann Brandt"),
        ("Mira Kovalenko", "Mira Kovalneko"),
        ("Kristin Brandt", "Kristen Brandt"),
        ("Karim al-Sahli", "Karim Sahli"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paul Brandt", "Paula Brandt"),
        ("Jan Brandt", "Mira Brandt"),
        ("Jan W. Brandt", "Jan H. W. Brandt"),
        ("Jan Brandt", "Jan Falk"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not same(one, other)


def test_short_forms_agree_in_gender() -> None:
    assert is_short_for("bob", "robert")
    assert is_short_for("chris", "christopher")
    assert not is_short_for("martin", "martina")
    assert not is_short_for("bill", "robert")


def test_a_clipped_name() -> None:
    assert is_clipped("m-kov", ["mira", "kovalenko"])
    assert not is_clipped("m-falk", ["mira", "kovalenko"])
    assert not is_clipped("mira-kov", ["mira", "kovalenko"])
