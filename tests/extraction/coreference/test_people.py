from __future__ import annotations

from dataclasses import replace

from app.extraction.coreference.people import Grouped, PersonName, group_people
from app.extraction.coreference.rivals import open_between


def grouped(*surfaces: str) -> Grouped:
    """Names a hundred characters apart; "Mr Smith" states a title."""
    names = []
    for i, surface in enumerate(surfaces):
        first, _, rest = surface.partition(" ")
        titled = first in ("Mr", "Mrs", "Ms") and bool(rest)
        names.append(
            PersonName(i * 100, rest if titled else surface, first.lower() if titled else "")
        )
    return group_people(names)


def owners(*surfaces: str) -> list[int]:
    """Groups by number."""
    return grouped(*surfaces).owners


def test_full_name_surname_and_given_name_are_one() -> None:
    assert owners("Mira Kovalenko", "Kovalenko", "Mira", "Ms Kovalenko") == [0, 0, 0, 0]


def test_a_headline_surname_is_tied_to_the_name_that_follows() -> None:
    assert owners("Kovalenko", "Mira Kovalenko") == [0, 0]


def test_two_bearers_of_a_surname_stay_two() -> None:
    assert owners("John Smith", "Mary Smith", "Smith") == [0, 1, 1]
    assert owners("John Smith", "Mary Smith", "John Smith", "Smith") == [0, 1, 0, 0]


def test_a_surname_of_two_is_open_and_its_rivals_are_kept() -> None:
    ranked = grouped("John Smith", "Mary Smith", "Smith").shares[2]
    assert {person for person, _ in ranked} == {0, 1}
    assert open_between(ranked)


def test_a_surname_means_whom_it_has_meant_so_far() -> None:
    surfaces = ["John Smith", "Smith", "Smith", "Smith", "Mary Smith", "Smith"]
    found = grouped(*surfaces)
    assert found.owners == [0, 0, 0, 0, 1, 0]
    assert not open_between(found.shares[-1])
    assert found.shares[-1][1][0] == 1


def test_a_namesake_named_later_is_no_rival_yet() -> None:
    assert grouped("John Smith", "Smith", "Mary Smith").shares[1] == ((0, 1.0),)


def test_a_guess_does_not_feed_the_next() -> None:
    assert open_between(grouped("John Smith", "Mary Smith", *["Smith"] * 5).shares[-1])


def test_forms_of_address_decide_between_them() -> None:
    assert owners("John Smith", "Mary Smith", "Mr Smith", "Mrs Smith") == [0, 1, 0, 1]


def test_a_nickname_alone_goes_to_the_only_bearer() -> None:
    assert owners("Robert Brandt", "Bob") == [0, 0]
    assert owners("Robert Brandt", "Robert Falk", "Bob") == [0, 1, 2]


def test_a_clipped_name_goes_to_the_only_bearer() -> None:
    assert owners("Kevin Falkenberg", "K-Falk") == [0, 0]
    assert owners("Kevin Falkenberg", "Karl Falkenberg", "K-Falk") == [0, 1, 2]


def test_a_misspelt_surname_goes_to_the_only_bearer() -> None:
    assert owners("Mira Kovalenko", "Kovalneko") == [0, 0]
    assert owners("Mira Kovalenko", "Jan Kovalanko", "Kovalonko") == [0, 1, 2]


def test_father_and_son_are_two() -> None:
    assert owners("Jan Brandt Sr.", "Jan Brandt Jr.") == [0, 1]
    assert owners("Jan Brandt Jr.", "Jan Brandt") == [0, 0]


def test_half_of_a_double_surname() -> None:
    assert owners("Mira Falk-Ostrow", "Ostrow") == [0, 0]


def test_a_name_that_runs_on_keeps_its_surname() -> None:
    assert owners("Mira Kovalenko", "Mira Kovalenko Photo", "Kovalenko") == [0, 0, 0]


def test_many_names_a_slip_apart_cost_no_square() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    surfaces = [f"Mira Kov{a}l{b}nk{c}o" for a in letters for b in letters for c in letters[:5]]
    assert len(owners(*surfaces)) == len(surfaces)


def test_many_bearers_of_one_name_cost_no_square() -> None:
    surfaces = [f"Given{i} Brandt" for i in range(3000)] + ["Brandt"] * 3000
    assert len(set(owners(*surfaces))) == 3000


def test_where_a_text_speaks_of_namesakes_other_full_names_are_other_people() -> None:
    names = [
        PersonName(i * 100, name)
        for i, name in enumerate(["Gareth Prose", "Gareth Wyn Prose", "Gareth Prose", "Gary Prose"])
    ]
    assert group_people(names).owners == [0, 0, 0, 0]
    assert group_people(names, namesakes={"prose"}).owners == [0, 1, 0, 2]
    assert group_people(names, namesakes={"verse"}).owners == [0, 0, 0, 0]


def test_a_father_is_not_the_son_that_is_called_junior() -> None:
    son, father = PersonName(0, "Robert Hale Jr."), PersonName(100, "Robert Hale")
    assert group_people([son, father]).owners == [0, 0]
    assert group_people([son, replace(father, is_kin=True)]).owners == [0, 1]
    other = PersonName(200, "Ben Baker", is_kin=True)
    assert group_people([son, father, other]).owners == [0, 0, 1]


def test_who_is_introduced_twice_under_two_forms_is_two() -> None:
    lawyer = PersonName(0, "John R. Varn", role="lawyer")
    assert group_people([lawyer, PersonName(50, "Jack Varn", role="captain")]).owners == [0, 1]
    assert group_people([lawyer, PersonName(50, "Jack Varn", role="lawyer")]).owners == [0, 0]
    assert group_people([lawyer, PersonName(50, "Jack Varn")]).owners == [0, 0]
    # Under one form they are one: "President Jan Varn", "the candidate, Jan Varn".
    assert group_people([lawyer, PersonName(50, "John Varn", role="captain")]).owners == [0, 0]
