from __future__ import annotations

from app.domain import EntityKind
from app.extraction.coreference.groups import best_name, group_names

ORGANISATION, LOCATION = EntityKind.ORGANISATION, EntityKind.LOCATION


def test_initials_join_their_name() -> None:
    assert group_names(["Harbour Workers Union", "HWU", "H.W.U."], ORGANISATION) == [0, 0, 0]


def test_initials_that_fit_two_names_join_neither() -> None:
    names = ["Harbour Workers Union", "Hill Walkers Union", "HWU"]
    assert group_names(names, ORGANISATION) == [0, 1, 2]


def test_a_company_without_its_legal_form() -> None:
    assert group_names(["Acme Corp.", "Acme"], ORGANISATION) == [0, 0]


def test_a_first_word_stands_for_its_one_longer_name() -> None:
    assert group_names(["Brandt Shipping Lines", "Brandt"], ORGANISATION) == [0, 0]
    names = ["Brandt Shipping Lines", "Brandt Insurance Fund", "Brandt"]
    assert group_names(names, ORGANISATION) == [0, 1, 2]


def test_a_state_is_not_short_for_a_body_named_after_it() -> None:
    assert group_names(["Germany Trade Fund", "Germany"], ORGANISATION) == [0, 1]


def test_known_short_forms_have_their_full_name() -> None:
    assert group_names(["US", "United States", "U.S."], LOCATION) == [0, 0, 0]
    assert best_name(["US", "US"], LOCATION) == "United States"
    assert best_name(["UN", "United Nations"], ORGANISATION) == "United Nations"


def test_the_best_name_is_full_and_not_shouted() -> None:
    assert best_name(["HWU", "Harbour Workers Union"], ORGANISATION) == "Harbour Workers Union"
    assert best_name(["MIRA KOVALENKO", "Mira Kovalenko"], EntityKind.PERSON) == "Mira Kovalenko"
    assert best_name(["Kovalenkowitsch", "Mira Ko"], EntityKind.PERSON) == "Mira Ko"
