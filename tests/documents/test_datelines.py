import pytest

from app.documents.datelines import read_dateline
from app.domain import Span, ZoneKind


def read(text: str) -> tuple[str | None, str | None, list[str | None]]:
    """The dateline's characters, its place, and the agencies."""
    zones = read_dateline(text, Span(0, len(text)))
    line = next((zone for zone in zones if zone.kind is ZoneKind.DATELINE), None)
    agencies = [zone.value for zone in zones if zone.kind is ZoneKind.AGENCY]
    return (line.span.of(text), line.value, agencies) if line else (None, None, agencies)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor spoke.",
        "(Updated) The mayor spoke.",
        "(2021) The mayor spoke.",
        "(the mayor) The rest.",
        "UPDATE — The mayor spoke.",
        "NASA — the agency — said so.",
        "Mr Vane – The man who spoke.",
        "OLDTOWN: The mayor spoke.",
        "The mayor (Reuters) spoke.",
        "Oldtown (population 300) The mayor spoke.",
        "()",
        "- ",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert read(text) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "line", "place", "agencies"),
    [
        ("(Lindhaven) The", "(Lindhaven)", "Lindhaven", []),
        ("(New York, 8 Sept) The", "(New York, 8 Sept)", "New York", []),
        ("LIMA (Reuters) - The", "LIMA (Reuters) -", "LIMA", ["Reuters"]),
        ("LIMA, Peru — “The", "LIMA, Peru —", "LIMA, Peru", []),
        ("PARIS, Sept 8 (AFP) - He", "PARIS, Sept 8 (AFP) -", "PARIS", ["AFP"]),
        ("Rio de Janeiro (AP) -- The", "Rio de Janeiro (AP) --", "Rio de Janeiro", ["AP"]),
        ("ST. LOUIS (AP) — The", "ST. LOUIS (AP) —", "ST. LOUIS", ["AP"]),
        ("Paris, Sept 8 — The", "Paris, Sept 8 —", "Paris", []),
        (
            "LONDON/PARIS, Sept 8 (AFP/Reuters) - The",
            "LONDON/PARIS, Sept 8 (AFP/Reuters) -",
            "LONDON/PARIS",
            ["AFP", "Reuters"],
        ),
        ("Oldtown, Sep 8 (EFE).- The", "Oldtown, Sep 8 (EFE).-", "Oldtown", ["EFE"]),
        ("OLDTOWN—The", "OLDTOWN—", "OLDTOWN", []),
    ],
)
def test_datelines(text: str, line: str, place: str, agencies: list[str]) -> None:
    assert read(text + " mayor spoke.") == (line, place, agencies)


def test_an_agency_alone_is_no_place() -> None:
    assert read("(AFP) - The mayor spoke.") == (None, None, ["AFP"])
