import pytest

from app.documents.bylines import read_byline
from app.domain import Span, ZoneKind


def read(line: str, first: bool = False) -> tuple[list[str | None], list[str | None]]:
    zones = read_byline(line, Span(0, len(line)), first)
    assert all(zone.value == zone.span.of(line) for zone in zones)
    authors = [zone.value for zone in zones if zone.kind is ZoneKind.AUTHOR]
    return authors, [zone.value for zone in zones if zone.kind is ZoneKind.AGENCY]


@pytest.mark.parametrize(
    "line",
    [
        "By",
        "By the time the mayor arrived",
        "By Ada Quill, a baker from Oldtown, the bridge was",
        "By Monday Morning",
        "By Ada",
        "Ada Quill",
        "From Ada Quill",
        "The mayor of Reuters",
        "The mayor told Reuters",
        "Ada Quill spoke to the Associated Press",
        "By Ada Quill " + "and Bo Vane " * 20,
        "AP 12",
        "Reuters reporters were there",
        "Staff at Reuters",
        "Associated Press writer Bo Vane in Newtown contributed to this report.",
        "By Ada Quill, the editor who left the paper in spring",
        "By Ada Quill.",
        "ap",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert read(line) == ([], [])


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("Ada QUILL Agence France-Presse", ["Ada QUILL"], ["Agence France-Presse"]),
        ("By Ada Quill", ["Ada Quill"], []),
        ("BY ADA QUILL", ["ADA QUILL"], []),
        (
            "By ADA QUILL and Bo Vane, Associated Press",
            ["ADA QUILL", "Bo Vane"],
            ["Associated Press"],
        ),
        ("Ada Quill / Reuters", ["Ada Quill"], ["Reuters"]),
        ("Ada Quill (AP)", ["Ada Quill"], ["AP"]),
        ("By Ada Quill, Press Trust of India", ["Ada Quill"], ["Press Trust of India"]),
        ("By Ada van der Quill, Chief Correspondent", ["Ada van der Quill"], []),
        ("By Ada Quill in Oldtown for the Oldtown Courier", ["Ada Quill"], []),
        ("By Ada Quill, Associated Press writer", ["Ada Quill"], ["Associated Press"]),
        ("(Reporting by Ada Quill; Editing by Bo Vane)", ["Ada Quill"], []),
        ("By Ada al-Quill | @adaquill", ["Ada al-Quill"], []),
        ("AFP", [], ["AFP"]),
        ("Author: Ada Quill Jr.", ["Ada Quill Jr."], []),
        ("AFP/Reuters", [], ["AFP", "Reuters"]),
        ("Source: The Associated Press", [], ["The Associated Press"]),
    ],
)
def test_bylines(line: str, authors: list[str], agencies: list[str]) -> None:
    assert read(line) == (authors, agencies)


def test_a_headline_that_ends_in_an_agency_is_no_byline() -> None:
    assert read("Judge Rebukes Reuters", first=True) == ([], [])
    assert read("Ada QUILL Reuters", first=True) == (["Ada QUILL"], ["Reuters"])
