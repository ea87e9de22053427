from __future__ import annotations

import pytest

from app.resolution import likeness
from app.resolution.bodies import (
    alike,
    base,
    contradict,
    initials,
    is_local,
    is_of_a_town,
    sought_keys,
    stored_keys,
)
from app.resolution.likeness import Likeness


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Veldora AG", "veldora"),
        ("Kestrel Mining Corp.", "kestrel mining"),
        ("Corvex Pharmaceuticals, Inc.", "corvex pharmaceuticals"),
        ("AG", "ag"),
        ("The", "the"),
    ],
)
def test_legal_forms_do_not_count(name: str, expected: str) -> None:
    assert base(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Veldora", "Veldora AG", likeness.SAME_BASE),
        ("WRA", "Wetlands Research Alliance", likeness.ACRONYM),
        ("Kestrel", "Kestrel Aviation Ltd", likeness.SHORT_FORM),
        ("Veldora Nordic AB", "Veldora AG", likeness.SHORT_FORM),
        ("Hartigan Foods", "Hartigan Logistics", None),
        ("Kestrel Aviation", "Kestrel Mining", None),
    ],
)
def test_names_are_alike_in_known_ways(one: str, other: str, expected: Likeness | None) -> None:
    assert alike(one, other) == expected
    assert alike(other, one) == expected


def test_a_town_s_body_is_known_by_its_name() -> None:
    assert is_local("Portland City Council")
    assert is_local("Supreme Court")
    assert not is_local("Wetlands Research Alliance")


def test_acronyms_are_made_and_known() -> None:
    assert initials("Waterfront Residents' Association") == "wra"
    assert initials("Veldora") is None


@pytest.mark.parametrize(
    ("standing", "sought"),
    [
        ("Veldora AG", "Veldora"),
        ("Wetlands Research Alliance", "WRA"),
        ("WRA", "Wetlands Research Alliance"),
        ("Kestrel Aviation Ltd", "Kestrel"),
        ("Kestrel", "Kestrel Aviation Ltd"),
    ],
)
def test_what_is_alike_shares_a_key(standing: str, sought: str) -> None:
    assert set(stored_keys(standing)) & set(sought_keys(sought))


@pytest.mark.parametrize("name", ["' '", "' x", "the", "'", "The AG"])
def test_odd_names_have_keys(name: str) -> None:
    assert all("  " not in key for key in (*stored_keys(name), *sought_keys(name)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kestrel Agro", "Kestrel Agro Industries", likeness.FIRST_WORDS),
        ("Harbour Trust", "Otago Harbour Trust", likeness.LAST_WORDS),
        ("Freight & Energy Union", "Freight and Energy Union", likeness.SAME_BASE),
        ("Kestrel", "Otago Kestrel", None),
    ],
)
def test_names_are_cut_to_their_first_words_or_their_last(
    one: str, other: str, expected: Likeness | None
) -> None:
    assert alike(one, other) == alike(other, one) == expected
    if expected is not None:
        assert set(stored_keys(other)) & set(sought_keys(one))
        assert set(stored_keys(one)) & set(sought_keys(other))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lantern Theatre", True),
        ("Port Authority", True),
        ("Hospital Action Group", True),
        ("Kestrel Mining", False),
        ("Hospital", False),
    ],
)
def test_what_several_towns_may_have(name: str, expected: bool) -> None:
    assert is_of_a_town(name) is expected


def test_councils_of_two_towns_contradict_and_one_without_a_town_does_not() -> None:
    assert contradict("Aster City Council", "Lindholm City Council")
    assert not contradict("Aster City Council", "City Council")
    assert not contradict("Aster Police", "Greater Aster Police")
    assert not contradict("St. Olaf City Council", "Saint Olaf City Council")
    assert not contradict("Kestrel Mining", "Veldora Mining")
