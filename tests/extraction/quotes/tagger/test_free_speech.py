from __future__ import annotations

import pytest
from spacy.language import Language

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.free_speech import Covered, with_free_speech


def span(text: str, part: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


def test_a_second_paragraph_goes_on_with_the_speaker(nlp: Language) -> None:
    text = (
        "“The dam is sound,” said Mira Kovalenko. “We check it every week.\n\n"
        "“Nobody needs to leave the valley tonight, and nobody will.”"
    )
    first = Attribution(
        content=(span(text, "“The dam is sound,”"), span(text, "“We check it every week.")),
        cue=(span(text, "said"),),
        source=(span(text, "Mira Kovalenko"),),
        confidence=0.9,
    )
    doc = nlp(text)
    found, added = with_free_speech(doc, Regions(quoted_regions(text)), [first])
    assert found == first
    assert added.continues == 0
    assert added.content[0].of(text).startswith("“Nobody needs")
    assert added.confidence is None


def test_what_is_found_already_is_left_alone(nlp: Language) -> None:
    text = "“The dam is sound and will hold,” said Mira Kovalenko."
    whole = Attribution(
        content=(span(text, "“The dam is sound and will hold,”"),),
        cue=(span(text, "said"),),
        source=(span(text, "Mira Kovalenko"),),
    )
    assert with_free_speech(nlp(text), Regions(quoted_regions(text)), [whole]) == [whole]


def test_a_text_without_marks_has_no_free_speech(nlp: Language) -> None:
    text = "The dam is sound, said Mira Kovalenko."
    assert with_free_speech(nlp(text), Regions(()), []) == []


@pytest.mark.parametrize(
    ("content", "owner"),
    [(Span(0, 10), 0), (Span(4, 12), 0), (Span(8, 30), None), (Span(20, 40), 1)],
)
def test_most_of_a_content_decides_whose_it_is(content: Span, owner: int | None) -> None:
    covered = Covered([Attribution((Span(0, 10), Span(40, 45))), Attribution((Span(25, 38),))])
    assert covered.owner([content]) == owner


def test_what_is_left_of_a_content_lies_between_the_others() -> None:
    covered = Covered([Attribution((Span(0, 10),)), Attribution((Span(25, 38),))])
    assert covered.free([Span(5, 60)]) == (Span(10, 25), Span(38, 60))
    assert covered.free([Span(8, 12)]) == ()


def test_a_report_within_speech_is_a_quote_of_its_own(nlp: Language) -> None:
    text = "“The mayor told us that the bridge is closed,” Ivo Brandt said."
    whole = Attribution(
        content=(span(text, "“The mayor told us that the bridge is closed,”"),),
        cue=(span(text, "said"),),
        source=(span(text, "Ivo Brandt"),),
    )
    outer, inner = with_free_speech(nlp(text), Regions(quoted_regions(text)), [whole])
    assert outer == whole
    assert [s.of(text) for s in inner.content] == ["that the bridge is closed"]
    assert [s.of(text) for s in inner.source] == ["The mayor"]
