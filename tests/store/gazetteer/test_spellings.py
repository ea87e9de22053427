from __future__ import annotations

import pytest

from app.store.gazetteer import lists
from app.store.gazetteer.spellings import (
    airport_names,
    county_names,
    division_names,
    is_latin_name,
    paired,
    people,
    plain,
)


def division(name: str, local: str | None = None) -> dict[str, object]:
    return {"name": name, "localOtherName": local}


def test_accents_are_taken_off() -> None:
    assert plain("Île-de-France") == "Ile-de-France"


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Lisbon", True), ("Lisboa e Sintra", True), ("LIS", False), ("LISBON", False),
     ("Лиссабон", False), ("x" * 101, False), ("", False)],
)  # fmt: skip
def test_names_that_an_english_text_may_have(name: str, latin: bool) -> None:
    assert is_latin_name(name) is latin


@pytest.mark.parametrize(
    ("name", "names"),
    [("German", ("German", "Germans")), ("Swiss", ("Swiss",)), ("Calif.", ("Calif.",)),
     ("UK", ("UK",)), ("Chinese", ("Chinese",)), ("Sri Lankan", ("Sri Lankan", "Sri Lankans"))],
)  # fmt: skip
def test_peoples_have_plurals_and_abbreviations_none(name: str, names: tuple[str, ...]) -> None:
    assert people(name) == names


def test_a_division_is_shown_under_the_name_that_english_texts_use() -> None:
    raw = division("Moravskoslezský kraj", "Moravian-Silesian (eng)")
    assert division_names(raw, False)[0] == "Moravian-Silesian"
    assert division_names(division("Clare", "The Banner County (eng)"), False)[0] == "Clare"
    assert division_names(division("Hessen", "Hesse (eng)"), True, "Hesse")[0] == "Hesse"
    assert "Hessen" in division_names(division("Hessen"), True, "Hesse")


def test_county_names() -> None:
    assert county_names("Lake County") == ("Lake Co.", "Lake")
    assert county_names("Acadia Parish") == ("Acadia",)
    assert county_names("District of Columbia") == ()


def test_airports_go_by_parts_of_their_names_where_they_are_known() -> None:
    names = airport_names("London Heathrow Airport", "London", known=True)
    assert {"Heathrow", "Heathrow Airport", "London Heathrow Airport"} <= set(names)
    assert airport_names("Smith Airport", "Oldtown", known=False) == ("Smith Airport",)
    assert airport_names("Smith Farm", "Oldtown", known=True) == ()
    assert "Dover Air Force Base" in airport_names("Dover Afb Airport", "Dover", known=True)


def test_divisions_of_two_codings_are_paired_by_where_their_towns_lie() -> None:
    towns = [
        {"latitude": lat, "longitude": lon, "admin1code": code}
        for code, lat, lon in [("01", 50.0, 10.0), ("01", 50.2, 10.1), ("02", 52.0, 8.0)]
    ]
    divisions = {"XX-A": {"latLng": [51.9, 8.1]}, "XX-B": {"latLng": [50.1, 10.0]}}
    assert paired(divisions, towns) == {"01": "XX-B", "02": "XX-A"}


def test_lists_are_well_formed() -> None:
    assert all(len(code) == 2 for code in {**lists.COUNTRY_NAMES, **lists.PEOPLES})
    assert all("-" in code for code in {**lists.DIVISION_NAMES, **lists.DIVISION_IDS})
    tables = (lists.COUNTRY_NAMES, lists.PEOPLES, lists.DIVISION_NAMES)
    assert all(name for table in tables for names in table.values() for name in names)
    assert all(abs(a.lat) <= 90 and abs(a.lon) <= 180 and a.names for a in lists.AREAS)
