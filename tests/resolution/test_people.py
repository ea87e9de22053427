from __future__ import annotations

import pytest

from app.resolution import likeness
from app.resolution.likeness import Likeness
from app.resolution.people import (
    MOST_SURNAMES,
    alike,
    contradict,
    is_same,
    middles_fit,
    parse,
    sought_keys,
    stored_keys,
    surnames_of,
)


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
    assert contradict("Robert Castellano Snr", "Robert Castellano Jr.")
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


def test_a_list_has_the_surname_first() -> None:
    assert parse("Akinwale, James P.") == parse("James P. Akinwale")
    assert parse("Robert Castellano, Jr.").generation == "jr"
    assert parse("Castellano, Robert, Jr.") == parse("Robert Castellano Jr.")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Viktor Marchenhor", "Victor Marchengor", likeness.SAME_SOUND),
        ("Salim al-Qasri", "Saleem Alqasri", likeness.SAME_SOUND),
        ("Efua Boaten", "Efua Boaten-Asare", likeness.DOUBLE_SURNAME),
        ("Kate Haldane", "Catherine Haldane", likeness.NICKNAME),
        ("Anna Roe", "Ann Rae", None),
        ("Abby Smith", "Bob Smyth", None),
        ("Mary Albert", "Mary Barrett", None),
        ("Maria Alvarez", "Maria Alvarez-Castro", likeness.DOUBLE_SURNAME),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str, expected: Likeness | None) -> None:
    assert alike(one, other) == expected
    assert alike(other, one) == expected
    assert set(stored_keys(other)) & set(sought_keys(one)) or expected is None


def test_the_surnames_of_an_article() -> None:
    assert surnames_of(["Peggy Heddle", "Ana Berg-Holm", "Jon Heddle"]) == [
        "heddle", "berg-holm", "berg", "holm",
    ]  # fmt: skip
    assert len(surnames_of(f"Ana Berg{n}" for n in range(99))) == MOST_SURNAMES


def test_a_name_of_very_many_parts_has_few_keys() -> None:
    long = f"Ana {' '.join(f'middle{n}' for n in range(1000))} {'-'.join(['surname'] * 1000)}"
    assert len(list(stored_keys(long))) < 60
    assert len(list(sought_keys(long))) < 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Colin heddle", "Colin J. Heddle", True),
        ("Peggy heddle", "Margaret Heddle", True),
        ("Colin heddle", "Connor Heddle", False),
        ("C heddle", "C Heddle", False),
    ],
)
def test_names_are_one_but_for_middle_names_and_nicknames(one: str, other: str, same: bool) -> None:
    assert is_same(one, other) is same


def test_a_middle_name_in_common() -> None:
    assert middles_fit("Ana B. Berg", "Ana Beata Berg")
    assert not middles_fit("Anna Maria Berg", "Anna Beth Carol Berg")
    assert not middles_fit("Ana B. Berg", "Ana Berg")
