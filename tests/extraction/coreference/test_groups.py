from __future__ import annotations

from collections.abc import Sequence

from app.domain import EntityKind
from app.extraction.coreference.groups import Name, best_name, group_names

ORGANISATION, LOCATION = EntityKind.ORGANISATION, EntityKind.LOCATION


def owners(
    surfaces: Sequence[str],
    kind: EntityKind = ORGANISATION,
    defined: Sequence[tuple[int, int]] = (),
) -> list[int]:
    return group_names([Name(surface, kind) for surface in surfaces], defined).owners


def test_initials_join_their_name() -> None:
    assert owners(["Harbour Workers Union", "HWU", "H.W.U."]) == [0, 0, 0]


def test_initials_that_fit_two_names_join_neither() -> None:
    assert owners(["Harbour Workers Union", "Hill Walkers Union", "HWU"]) == [0, 1, 2]


def test_initials_leave_out_the_state() -> None:
    assert owners(["U.S. Harbour and Seafood Agency", "HSA"]) == [0, 0]


def test_initials_are_not_made_of_initials() -> None:
    assert owners(["KTV News", "KN"]) == [0, 1]


def test_the_first_words_may_be_initials() -> None:
    names = ["University of South Falkland at Lindholm", "USF Lindholm"]
    assert owners(names) == [0, 0]
    assert owners(["Lindholm-Falk-Ostrow pipeline", "LFO pipeline"]) == [0, 0]


def test_initials_of_another_kind_take_the_kind_of_their_name() -> None:
    names = [Name("Falk Space Center", LOCATION), Name("FSC", ORGANISATION)]
    found = group_names(names)
    assert found.owners == [0, 0]
    assert found.kinds == [LOCATION]


def test_two_letters_are_too_few_to_cross_kinds() -> None:
    names = [Name("Falk Center", LOCATION), Name("FC", ORGANISATION)]
    assert group_names(names).owners == [0, 1]


def test_brackets_define_initials_in_any_order() -> None:
    names = ["Union of Harbour Workers", "WHU"]
    assert owners(names) == [0, 1]
    assert owners(names, defined=[(0, 1)]) == [0, 0]
    assert owners(["Harbour Workers Union", "ABC"], defined=[(0, 1)]) == [0, 1]


def test_a_company_without_its_legal_form() -> None:
    assert owners(["Acme Corp.", "Acme"]) == [0, 0]


def test_a_first_word_stands_for_its_one_longer_name() -> None:
    assert owners(["Brandt Shipping Lines", "Brandt"]) == [0, 0]
    assert owners(["Brandt Shipping Lines", "Brandt Insurance Fund", "Brandt"]) == [0, 1, 2]


def test_a_firm_that_everyone_knows_is_not_what_it_gives_its_name_to() -> None:
    assert owners(["Google Harbour Prize", "Google"]) == [0, 1]


def test_last_words_stand_for_their_one_longer_name() -> None:
    assert owners(["Lindholm Rovers", "Rovers"]) == [0, 0]
    assert owners(["Lindholm Rovers", "Falk Rovers", "Rovers"]) == [0, 1, 1]
    assert owners(["Lindholm Harbour Fund", "Harbour Fund"]) == [0, 0]


def test_a_bare_head_means_who_was_last_named_with_it() -> None:
    names = ["Harbour Court", "Court", "Court of Ostrow", "Court"]
    assert owners(names) == [0, 0, 1, 1]
    assert owners(["Court", "Falk Society", "Court"]) == [0, 1, 0]


def test_a_state_in_front_or_a_tail_behind_may_be_left_out() -> None:
    assert owners(["US Harbour Department", "Harbour Department"]) == [0, 0]
    assert owners(["Italian Harbour Court of Appeal", "Harbour Court"]) == [0, 0]
    assert owners(["University of Ostrow", "University of Ostrow at Falk"]) == [0, 1]


def test_a_state_is_not_short_for_a_body_named_after_it() -> None:
    assert owners(["Germany Trade Fund", "Germany"]) == [0, 1]
    assert owners(["White House", "House"]) == [0, 1]


def test_states_go_by_several_names() -> None:
    names = ["US", "United States", "U.S.", "America", "Britain", "UK", "North Korea", "DPRK"]
    assert owners(names, LOCATION) == [0, 0, 0, 0, 1, 1, 2, 2]
    assert owners(["State of Texas", "Texas"], LOCATION) == [0, 0]
    assert best_name(["US", "US"], LOCATION) == "United States"
    assert best_name(["America", "US"], LOCATION) == "United States"
    assert best_name(["America"], LOCATION) == "America"
    assert best_name(["UN", "United Nations"], ORGANISATION) == "United Nations"


def test_half_a_country_is_the_only_one_named() -> None:
    assert owners(["South Korea", "Korea", "South"], LOCATION) == [0, 0, 0]
    assert owners(["South Korea", "North Korea", "Korea", "North"], LOCATION) == [0, 1, 2, 1]
    names = [Name("South Korea", LOCATION), Name("South", ORGANISATION)]
    assert group_names(names).kinds == [LOCATION]


def test_an_acronym_of_a_state_is_the_state_whatever_its_kind() -> None:
    found = group_names([Name("North Korea", LOCATION), Name("DPRK", ORGANISATION)])
    assert (found.owners, found.kinds) == ([0, 0], [LOCATION])
    found = group_names([Name("United States", LOCATION), Name("United States", ORGANISATION)])
    assert found.owners == [0, 1]


def test_a_short_form_means_the_name_that_stands_far_more_often() -> None:
    assert owners(["Lindholm Rovers"] * 4 + ["Falk Rovers", "Rovers"]) == [0, 0, 0, 0, 1, 0]


def test_places_are_not_joined_by_a_word() -> None:
    assert owners(["Lake Falk", "Falk", "West Falk"], LOCATION) == [0, 1, 2]


def test_a_slip_of_the_pen_is_the_same_name() -> None:
    assert owners(["Harbour Workers Untied", "Harbour Workers United"]) == [0, 0]
    assert owners(["Austria", "Australia", "Iran", "Iraq"], LOCATION) == [0, 1, 2, 3]


def test_the_best_name_is_full_and_not_shouted() -> None:
    assert best_name(["HWU", "Harbour Workers Union"], ORGANISATION) == "Harbour Workers Union"
    assert best_name(["MIRA KOVALENKO", "Mira Kovalenko"], EntityKind.PERSON) == "Mira Kovalenko"
    assert best_name(["Kovalenkowitsch", "Mira Ko"], EntityKind.PERSON) == "Mira Ko"


def test_the_best_name_of_a_person_is_none_that_runs_on() -> None:
    surfaces = ["Mira Kovalenko", "Mira Kovalenko", "Mira Kovalenko Photo"]
    assert best_name(surfaces, EntityKind.PERSON) == "Mira Kovalenko"


def test_many_names_with_one_word_cost_no_square() -> None:
    surfaces = [f"Given{i} Union" for i in range(5_000)] + ["Union"] * 5_000
    assert len(set(owners(surfaces))) == 5_000


def test_a_name_with_its_legal_form_is_short_for_no_other() -> None:
    assert owners(["Veldora Nordic AB", "Veldora AG"]) == [0, 1]
    assert owners(["Veldora Nordic AB", "Veldora"]) == [0, 0]
    assert owners(["Veldora AG", "Veldora"]) == [0, 0]
