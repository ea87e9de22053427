from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import Limits, document_from_text, read_path
from app.documents.encoding import normalise_line_ends
from app.documents.zones import read_zones
from app.domain import Document, Precision, Span, ZoneKind

SEED = Path(__file__).parents[2] / "seeds" / "000_79f0f28387a61ee3.txt"
PROSE = "The mayor of Oldtown opened the bridge on Wednesday and said that it would last."


def of_kind(text: str, kind: ZoneKind) -> list[str]:
    return [zone.span.of(text) for zone in read_zones(text).zones if zone.kind is kind]


def headings(text: str) -> list[str]:
    return of_kind(text, ZoneKind.HEADING)


@pytest.fixture(scope="module")
def seed() -> Document:
    (document,) = read_path(SEED, Limits())
    assert isinstance(document, Document)
    return document


def test_seed_keeps_its_characters(seed: Document) -> None:
    assert seed.text.encode() == SEED.read_bytes()


def test_seed_metadata(seed: Document) -> None:
    assert seed.title is None
    assert seed.dateline == "Ramstein"
    assert seed.authors == ("Shaun TANDON",)
    assert seed.agency == "Agence France-Presse"
    assert seed.language == "en"
    assert seed.published is not None
    assert seed.updated is not None
    assert seed.published.local.isoformat() == "2021-09-08T07:12:00"
    assert seed.updated.local.isoformat() == "2021-09-08T13:56:00"
    assert {seed.published.precision, seed.updated.precision} == {Precision.MINUTE}
    assert seed.published.instant is seed.updated.instant is None


def test_seed_zones(seed: Document) -> None:
    def texts(kind: ZoneKind) -> list[str]:
        return [span.of(seed.text) for span in seed.spans(kind)]

    assert texts(ZoneKind.DATELINE) == ["(Ramstein)"]
    assert texts(ZoneKind.PUBLISHED) == ["Sep 8, 2021 at 7:12 am"]
    assert texts(ZoneKind.UPDATED) == ["1:56 pm"]
    (heading,) = seed.spans(ZoneKind.HEADING)
    assert (heading.start, heading.end) == (1427, 1466)
    paragraphs = texts(ZoneKind.PARAGRAPH)
    assert len(paragraphs) == 17
    assert paragraphs[0].startswith("(Ramstein) US Secretary")
    assert paragraphs[-3].endswith("on UN sanctions lists")


def test_prose_is_never_metadata() -> None:
    texts = [
        "By Ada Quill the bridge was opened, and on September 8, 2021 it fell.",
        "Ada Quill told Reuters on Mar 4, 2019 at 6:05 am that it fell.",
    ]
    for text in texts:
        assert {zone.kind for zone in read_zones(text).zones} == {ZoneKind.PARAGRAPH}


def test_metadata_in_the_middle_is_not_looked_for() -> None:
    text = "\n\n".join([*[PROSE] * 8, "Updated on Sep 8, 2021", PROSE])
    assert of_kind(text, ZoneKind.UPDATED) == []


def test_metadata_in_the_last_block() -> None:
    text = "\n\n".join([*[PROSE] * 8, "By Ada Quill | Updated on Sep 8, 2021"])
    reading = read_zones(text)
    assert reading.authors == ("Ada Quill",)
    assert reading.updated is not None
    assert reading.published is None


def test_head_without_blank_lines() -> None:
    text = f"Mayor opens bridge\nBy Ada Quill\nSept 8, 2021\n\nOLDTOWN (AP) — {PROSE}\n\n{PROSE}"
    reading = read_zones(text)
    assert (reading.title, reading.authors) == ("Mayor opens bridge", ("Ada Quill",))
    assert (reading.dateline, reading.agency) == ("OLDTOWN", "AP")
    assert reading.published is not None
    assert headings(text) == ["Mayor opens bridge"]


def test_an_update_in_a_later_block_is_of_the_day_of_publication() -> None:
    reading = read_zones(f"Sept 8, 2021 7:12 am\n\nUpdated at 1:56 pm\n\n{PROSE}")
    assert reading.updated is not None
    assert reading.updated.local.isoformat() == "2021-09-08T13:56:00"


@pytest.mark.parametrize(
    "block",
    [
        "It fell.",
        "“It fell,” he said",
        "“It fell, ”he said",
        "and then it fell",
        "- the bridge",
        "Two\nlines",
        "***",
        "The bridge:",
    ],
)
def test_what_is_no_heading(block: str) -> None:
    assert headings(f"{PROSE}\n\n{block}\n\n{PROSE}") == []


@pytest.mark.parametrize(
    "block", ["A long way", "“A long way”", "“A long way” for Oldtown", "Why now?"]
)
def test_headings_stand_before_a_paragraph(block: str) -> None:
    assert headings(f"{PROSE}\n\n{block}\n\n{PROSE}") == [block]
    assert headings(f"{PROSE}\n\n{PROSE}\n\n{block}") == []


def test_a_list_is_no_row_of_headings() -> None:
    assert headings(f"{PROSE}\n\nFlour\n\nButter\n\nEggs\n\n{PROSE}") == []


@pytest.mark.parametrize(
    "first",
    [
        PROSE,
        "(Oldtown) A bridge",
        "“A bridge,” he said",
        "By Ada Quill",
        "Sept 8, 2021",
        "bridge",
        "September 8, 2021 / 7:12 AM / Oldtown Radio",
    ],
)
def test_no_title_is_invented(first: str) -> None:
    assert read_zones(f"{first}\n\n{PROSE}").title is None


def test_markup_decides_where_it_speaks() -> None:
    text = f"It fell.\n\n{PROSE}\n\nFlour\n\n{PROSE}"
    at = text.index("Flour")
    known = {Span(0, 8): ZoneKind.HEADING, Span(at, at + 5): ZoneKind.PARAGRAPH}
    reading = read_zones(text, known)
    assert reading.title == "It fell."
    assert [z.span.start for z in reading.zones if z.kind is ZoneKind.HEADING] == [0]


def test_only_whitespace_has_no_zones() -> None:
    assert read_zones(" \n\n ").zones == []


PIECES = st.sampled_from(
    [
        PROSE,
        "(Oldtown) ",
        "OLDTOWN, Sept 8 (AFP) - ",
        "Posted on Mar 4, 2019 at 6:05 am Updated at 2:48 pm",
        "Ada QUILL Reuters",
        "By Ada Quill",
        "A long way",
        "“",
        "”he said",
        " | ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u2028",
        "\u00a0",
        " ",
        "😀",
        "е́",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join))


@given(TEXTS)
def test_zones_lie_inside_and_invent_nothing(text: str) -> None:
    text = normalise_line_ends(text)
    reading = read_zones(text)
    for zone in reading.zones:
        assert zone.span.end <= len(text)
        assert not zone.span.of(text)[0].isspace()
        assert zone.value is None or zone.value in zone.span.of(text)
    times = [time.printed for time in (reading.published, reading.updated) if time]
    for value in (*times, *reading.authors, reading.title, reading.agency, reading.dateline):
        assert value is None or value in text


@given(TEXTS)
def test_blocks_do_not_overlap_and_only_metadata_lies_outside(text: str) -> None:
    text = normalise_line_ends(text)
    zones = read_zones(text).zones
    blocks = [z.span for z in zones if z.kind in (ZoneKind.HEADING, ZoneKind.PARAGRAPH)]
    assert not any(one.overlaps(other) for one, other in pairwise(blocks))
    covered = {at for block in blocks for at in range(block.start, block.end)}
    start = 0
    for line in text.split("\n"):
        span = range(start, start + len(line))
        start += len(line) + 1
        if any(text[at].isalnum() and at not in covered for at in span):
            assert any(zone.span.start in span for zone in zones)


@given(TEXTS.filter(lambda text: bool(text.strip()) and "\x00" not in text))
def test_documents_keep_their_characters(text: str) -> None:
    document = document_from_text(text, "a")
    assert document.text == normalise_line_ends(text)
