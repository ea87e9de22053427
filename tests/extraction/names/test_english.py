from __future__ import annotations

import pytest

from app.extraction.names import english
from app.extraction.names.english import is_plural, is_word


@pytest.mark.parametrize("word", ["turbines", "growers", "dairies", "seafoods", "ferries"])
def test_plurals(word: str) -> None:
    assert is_plural(word)


@pytest.mark.parametrize("word", ["turbine", "kovalenko", "haulage", "ross", "andrews", "roberts"])
def test_no_plurals(word: str) -> None:
    assert not is_plural(word)


@pytest.mark.parametrize("word", ["crooked", "endorses", "harbour", "slowly", "boats"])
def test_words_in_any_form(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["kovalenko", "viliame", "lelmet"])
def test_names_are_none(word: str) -> None:
    assert not is_word(word)


def test_without_the_tables_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "_PACKAGE", "no_such_package")
    english._tables.cache_clear()
    try:
        assert not is_plural("turbines")
        assert not is_word("harbour")
    finally:
        english._tables.cache_clear()
