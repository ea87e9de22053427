from __future__ import annotations

from app.words import is_acronym, listed, without_accents, words


def test_lists_are_running_text() -> None:
    assert listed(" b a\n a ") == ["b", "a", "a"]
    assert words(" b a\n a ") == {"a", "b"}


def test_accents_fall_and_letters_that_have_none_stay() -> None:
    assert without_accents("Peña Łódź") == "Pena Łodz"
    assert without_accents("ﬁ") == "fi"


def test_initials() -> None:
    assert all(map(is_acronym, ("UNHCR", "U.N.", "W.R.A.")))
    assert not any(map(is_acronym, ("Un", "A", "Wra", "U2", "ABCDEFGH")))
