from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import EntityKind
from app.extraction.names.boundaries import capitalised, lines, name_span, strip, title_end


@pytest.mark.parametrize(
    ("found", "rest", "more"),
    [
        ("Court of Appeals", " for the Ninth Circuit ruled", " for the Ninth Circuit"),
        ("District Court", " of the District of Varn ruled", ""),
        ("Varn Court", " for the Northern District of Varn", " for the Northern District of Varn"),
        ("Harbour Court", " for the first time ruled", ""),
        ("Harbour Council", " for the Ninth Circuit", ""),
    ],
)
def test_a_court_keeps_what_it_is_the_court_of(found: str, rest: str, more: str) -> None:
    span = name_span(found + rest, 0, len(found), None)
    assert span is not None
    assert span.of(found + rest) == found + more


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("They live in Oldmoor, Ont. and fish.", "Ont", "Ont."),
        ("In Churchill, Man. her parents wait.", "Man", "Man."),
        ("They met a Man. He left.", "Man", "Man"),
        ("They live in Oldmoor, Ontario.", "Ontario", "Ontario"),
        ("the A406 North Harbour Road", "A406 North Harbour Road", "North Harbour Road"),
        ("along the A406", "A406", "A406"),
    ],
)
def test_shortened_states_and_numbered_roads(text: str, found: str, name: str) -> None:
    start = text.index(found)
    span = name_span(text, start, start + len(found), None)
    assert span is not None
    assert span.of(text) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("the Harbour Council", "Harbour Council"),
        ("Kovalenko's", "Kovalenko"),
        ("Kovalenko’s", "Kovalenko"),
        ("Lower Marren 💙🐟", "Lower Marren"),
        ("👩‍✈️ Kovalenko", "Kovalenko"),
        ("“Kovalenko", "Kovalenko"),
        ("(Lindhaven)", "Lindhaven"),
        ("Acme Corp.", "Acme Corp."),
        ("U.N.", "U.N."),
        ("Ky.", "Ky."),
        ("Kovalenko.", "Kovalenko"),
        ("Institute (North)", "Institute (North)"),
        ("Lindhaven and", "Lindhaven"),
        ("Ministry of the", "Ministry"),
        ("and", "and"),
    ],
)
def test_marks_articles_and_possessives_come_off(printed: str, name: str) -> None:
    start, end = strip(printed, 0, len(printed))
    assert printed[start:end] == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Mr. Kovalenko", "Kovalenko"),
        ("President Mira Kovalenko", "Mira Kovalenko"),
        ("US Secretary of State Mira Kovalenko", "Mira Kovalenko"),
        ("Foreign Minister Jan Brandt", "Jan Brandt"),
        ("Prince Oleg", "Prince Oleg"),
        ("Mira Judge", "Mira Judge"),
        ("Mira Kovalenko", "Mira Kovalenko"),
        ("Minister", "Minister"),
    ],
)
def test_titles_come_off_persons(printed: str, name: str) -> None:
    assert printed[title_end(printed, 0, len(printed)) :] == name


def test_a_body_ends_before_the_office_of_someone_in_it() -> None:
    text = "Harbour Council spokesman"
    span = name_span(text, 0, len(text), EntityKind.ORGANISATION)
    assert span is not None
    assert span.of(text) == "Harbour Council"


def test_nothing_is_left_of_marks_alone() -> None:
    assert name_span("“—”", 0, 3, None) is None


def test_a_line_break_parts_a_stretch() -> None:
    text = "Mira Kovalenko\n\nJan"
    assert [text[a:b] for a, b in lines(text, 0, len(text))] == ["Mira Kovalenko", "Jan"]


@given(st.text(max_size=40), st.sampled_from([None, *EntityKind]))
def test_what_is_left_lies_inside(text: str, kind: EntityKind | None) -> None:
    span = name_span(text, 0, len(text), kind)
    if span is not None:
        assert 0 <= span.start < span.end <= len(text)
        assert not span.of(text)[0].isspace()
        assert not span.of(text)[-1].isspace()


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        (
            "the Varn Department of Health and Welfare said",
            "Varn Department",
            "Varn Department of Health and Welfare",
        ),
        ("the Department of the year", "Department", "Department"),
        ("served with the 20th Armoured Brigade, and", "Armoured Brigade", "20th Armoured Brigade"),
        ("the Armoured Brigade", "Armoured Brigade", "Armoured Brigade"),
        ("in Washington, D.C. on Monday", "Washington", "Washington, D.C."),
        ("in Washington, DC, on", "Washington", "Washington, DC"),
        ("in Washington, Dorn said", "Washington", "Washington"),
        ("beat Lindhaven 2 – 1 on", "Lindhaven 2", "Lindhaven"),
        ("Varn 2 Holdings", "Varn 2", "Varn 2"),
        ("Mira Kovalenko Image: Jan Brandt", "Mira Kovalenko Image", "Mira Kovalenko"),
        ("the Lindhaven-based Harbour Bank", "Lindhaven-based Harbour Bank", "Harbour Bank"),
    ],
)
def test_a_name_is_as_long_as_it_is_printed(text: str, found: str, name: str) -> None:
    start = text.index(found)
    span = name_span(text, start, start + len(found), None)
    assert span is not None
    assert span.of(text) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Harbour saw Brandt", ["Harbour ", " Brandt"]),
        ("Labour party", ["Labour "]),
        ("Ludwig van Dorn", ["Ludwig van Dorn"]),
        ("Bank of Varn", ["Bank of Varn"]),
        ("eBay", ["eBay"]),
        ("Jan Brandt-led", ["Jan Brandt-led"]),
        ("the council", ["the "]),
        ("", []),
    ],
)
def test_a_word_in_lower_case_ends_a_name(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in capitalised(text, 0, len(text))] == parts


@given(st.text(max_size=60))
def test_parts_lie_in_order_inside_the_stretch(text: str) -> None:
    at = 0
    for start, end in capitalised(text, 0, len(text)):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("St Mark’s opened.", "St Mark’s", "St Mark’s"),
        ("St. Mark's opened.", "St. Mark's", "St. Mark's"),
        ("Mark's boat", "Mark's", "Mark"),
        ("the Oldmoor Teachers’ Union said", "Oldmoor Teachers", "Oldmoor Teachers’ Union"),
        ("Oldmoor Magistrates' Court sat", "Oldmoor Magistrates", "Oldmoor Magistrates' Court"),
        ("the Oldmoor Teachers’ Boat sank", "Oldmoor Teachers", "Oldmoor Teachers"),
        ("the Oldmoor Teachers said", "Oldmoor Teachers", "Oldmoor Teachers"),
        ("Teachers’ Union President Mira Varn", "Teachers", "Teachers’ Union"),
        ("Los Angeles’ City Council", "Los Angeles", "Los Angeles"),
        ("Wales' Parliament", "Wales", "Wales"),
        ("“I love ‘the Rangers’ Club nights", "Rangers", "Rangers"),
        ("St Petersburg's governor", "St Petersburg's", "St Petersburg"),
        ("St Lucia’s minister", "St Lucia’s", "St Lucia"),
    ],
)
def test_what_belongs_to_saints_and_to_many(text: str, found: str, name: str) -> None:
    start = text.index(found)
    span = name_span(text, start, start + len(found), EntityKind.ORGANISATION)
    assert span is not None
    assert span.of(text) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Rower Mira Kovalenko", "Mira Kovalenko"),
        ("Architect Viliame Tokoni", "Viliame Tokoni"),
        ("Baker Varnholt", "Baker Varnholt"),
        ("Cr Mira Kovalenko", "Mira Kovalenko"),
        ("Hunter S. Varn", "Hunter S. Varn"),
        ("Architect Kovalenko Jr.", "Architect Kovalenko Jr."),
        ("Hon Hai Varn", "Hon Hai Varn"),
    ],
)
def test_a_trade_before_a_full_name_is_none_of_it(printed: str, name: str) -> None:
    span = name_span(printed, 0, len(printed), EntityKind.PERSON)
    assert span is not None
    assert span.of(printed) == name
