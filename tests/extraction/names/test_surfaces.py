from __future__ import annotations

from app.extraction.names.gazette import country_of, is_people
from app.extraction.names.given import gender_of
from app.extraction.names.surfaces import initials, name_key, without_legal_form
from app.words import is_acronym


def test_keys_ignore_case_articles_and_stops() -> None:
    assert name_key("The  U.N.") == name_key("UN")


def test_initials_with_and_without_small_words() -> None:
    assert "AFP" in initials("Agence France-Presse")
    assert initials("Bank of Lindhaven") == {"BOL", "BL"}
    assert initials("Lindhaven") == set()


def test_acronyms() -> None:
    assert is_acronym("UNHCR")
    assert is_acronym("U.N.")
    assert not is_acronym("Un")
    assert not is_acronym("A")


def test_legal_forms_come_off() -> None:
    assert without_legal_form("acme corp") == "acme"
    assert without_legal_form("group") == "group"


def test_peoples_are_told_from_places() -> None:
    assert is_people("Afghans")
    assert is_people("German")
    assert not is_people("Taliban")
    assert not is_people("Yemen")
    assert country_of("German") == country_of("Germany") == "germany"
    assert country_of("U.S.") == "united states"


def test_gender_is_known_only_where_it_is_clear() -> None:
    assert gender_of("Igor") == "m"
    assert gender_of("Miriam") == "f"
    assert gender_of("Alex") is None
    assert gender_of("Qwerty") is None
