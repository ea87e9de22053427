from __future__ import annotations

import pytest

from app.resolution import likeness
from app.resolution.likeness import Likeness
from app.resolution.people import alike, contradict, parse, sought_keys, stored_keys


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("William Tarrant", "Bill Tarrant", likeness.NICKNAME),
        ("Desmond Hartigan", "Des Hartigan", likeness.NICKNAME),
        ("William Tarrant", "William J. Tarrant", likeness.FULLER),
        ("J. P. Akinwale", "James P. Akinwale", likeness.INITIALS),
        ("José Muñoz", "Jose Munoz", likeness.FOLDED),
        ("Park Min-seo", "Min-seo Park", likeness.FOLDED),
        ("José Muñoz", "José Muñoz Arriaga", likeness.DOUBLE_SURNAME),
        ("Oleksandr Dubchak", "Alexander Dubchak", likeness.TRANSLITERATED),
        ("Yevhenia Marchenko", "Evgenia Marchenko", likeness.TRANSLITERATED),
        ("Tarrant", "William Tarrant", likeness.SURNAME_ONLY),
        ("Robert Castellano", "Robert Castellano Jr.", likeness.GENERATION),
        ("William Tarrant", "Moira Tarrant", None),
        ("Maria Santos", "Mario Santos", None),
        ("Tarrant", "Tarrant", None),
    ],
)
def test_names_are_alike_in_known_ways(one: str, other: str, expected: Likeness | None) -> None:
    assert alike(one, other) == expected
    assert alike(other, one) == expected


def test_father_and_son_are_never_one() -> None:
    assert contradict("Robert Castellano Sr.", "Robert Castellano Jr.")
    assert alike("Robert Castellano Sr.", "Robert Castellano Jr.") is None


def test_other_middle_names_are_other_people() -> None:
    assert contradict("John A. Morrow", "John B. Morrow")
    assert not contradict("John A. Morrow", "John Allan Morrow")


@pytest.mark.parametrize(
    ("standing", "sought"),
    [
        ("William Tarrant", "Bill Tarrant"),
        ("Bill Tarrant", "William Tarrant"),
        ("Elizabeth Farnham", "Beth Farnham"),
        ("José Muñoz Arriaga", "Jose Munoz"),
        ("Oleksandr Dubchak", "Alexander Dubchak"),
        ("Min-seo Park", "Park Min-seo"),
        ("William Tarrant", "Tarrant"),
    ],
)
def test_what_is_alike_shares_a_key(standing: str, sought: str) -> None:
    assert set(stored_keys(standing)) & set(sought_keys(sought))


def test_a_name_of_marks_alone_is_still_a_name() -> None:
    assert parse("--").tokens
    assert list(stored_keys("")) == []
