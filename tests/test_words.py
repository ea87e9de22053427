from __future__ import annotations

from app.words import listed, without_accents, words


def test_lists_are_running_text() -> None:
    assert listed(" b a\n a ") == ["b", "a", "a"]
    assert words(" b a\n a ") == {"a", "b"}


def test_accents_fall_and_letters_that_have_none_stay() -> None:
    assert without_accents("Peña Łódź") == "Pena Łodz"
    assert without_accents("ﬁ") == "fi"
