from __future__ import annotations

import pytest

from app.domain import Document, Span
from app.resolution.places.hints import hints_of
from app.resolution.places.spans import extraction_of
from app.resolution.places.toponyms import toponyms_of


def within(text: str, surface: str) -> tuple[tuple[str, ...], ...]:
    start = text.index(surface)
    extraction = extraction_of(text, [Span(start, start + len(surface))])
    (toponym,) = toponyms_of(Document(text, ""), extraction).values()
    return toponym.within


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Elkford, Ky., burns", ("ky",)),
        ("Elkford, West Virginia", ("west virginia", "west")),
        ("Elkford (Ohio)", ("ohio",)),
        ("Elkford in northern Germany", ("germany",)),
        ("Elkford in the U.S.", ("us",)),
    ],
)
def test_what_stands_behind_a_name_may_hold_it(text: str, names: tuple[str, ...]) -> None:
    assert within(text, "Elkford") == (names,)


@pytest.mark.parametrize("text", ["Elkford burns", "Elkford, he said", "Elkford.\nOhio voted"])
def test_other_words_do_not(text: str) -> None:
    assert within(text, "Elkford") == ()


def test_a_list_of_counties_makes_each_a_county() -> None:
    text = "Floods in Alder, Birch and Cedar counties"
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in ("Alder", "Birch", "Cedar")]
    toponyms = toponyms_of(Document(text, ""), extraction_of(text, spans)).values()
    assert [list(t.names)[1] for t in toponyms] == ["alder county", "birch county", "cedar county"]


def test_telephone_numbers_and_the_publisher_hint() -> None:
    document = Document("Call (318) 555-0133.", "", publisher="Lexham Ledger")
    hints = hints_of(document, extraction_of("", []), [])
    assert hints["area code 318"].weight == 1.0
    assert hints["lexham"].of_town
    assert hints["lexham ledger"].of_town
    assert "ledger" not in hints
    assert not hints["call"].of_town
