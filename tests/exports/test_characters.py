from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.characters import for_spreadsheet, for_text, for_xml
from tests.exports.rows import HARMLESS, HOSTILE

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize("text", HOSTILE[:16])
def test_what_a_spreadsheet_might_run_begins_with_an_apostrophe(text: str) -> None:
    assert for_spreadsheet(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert for_spreadsheet(text) == text


@given(ANY_TEXT)
def test_what_stays_as_it_is_begins_with_nothing_that_runs(text: str) -> None:
    safe = for_spreadsheet(text)
    assert safe in (text, "'" + text)
    assert safe[:1] not in set("=+-@\t\r\n＝＋－＠")


@given(ANY_TEXT)
def test_only_forbidden_characters_are_replaced(text: str) -> None:
    assert len(for_xml(text)) == len(for_text(text)) == len(text)
    for before, after in zip(text, for_text(text), strict=True):
        assert after == before or (after == "\ufffd" and (before == "\0" or before >= "\ud800"))
