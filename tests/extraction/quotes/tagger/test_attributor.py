from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.tagger.attributor import TaggerAttributor
from app.extraction.quotes.tagger.reading import scored

STYLES = [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("‘", "’")]


LOADED = TaggerAttributor.load()


@pytest.fixture(scope="session")
def attributor() -> TaggerAttributor:
    return LOADED


def found(
    text: str, nlp: Language, attributor: TaggerAttributor
) -> list[tuple[list[str], list[str], list[str]]]:
    quotes = attributor(nlp(text), Regions(quoted_regions(text)))
    return [
        (
            [s.of(text) for s in q.content],
            [s.of(text) for s in q.cue],
            [s.of(text) for s in q.source],
        )
        for q in quotes
    ]


@pytest.mark.parametrize("style", STYLES)
def test_content_on_both_sides_of_a_cue_is_one_quote(
    style: tuple[str, str], nlp: Language, attributor: TaggerAttributor
) -> None:
    opening, closing = style
    text = (
        f"{opening}The harbour will reopen on Friday,{closing} said Mira Kovalenko, the mayor of "
        f"Lisbon. {opening}We have waited long enough.{closing}"
    )
    ((content, cue, source),) = found(text, nlp, attributor)
    assert len(content) == 2
    assert content[0].strip("“”\"'«»‘’") == "The harbour will reopen on Friday,"
    assert cue == ["said"]
    assert source[0].startswith("Mira Kovalenko")


def test_indirect_speech(nlp: Language, attributor: TaggerAttributor) -> None:
    text = "The company denied on Tuesday that it had known of the leak."
    ((content, cue, source),) = found(text, nlp, attributor)
    assert content == ["that it had known of the leak"]
    assert "denied" in cue[0]
    assert source == ["The company"]


def test_two_speakers_in_one_sentence(nlp: Language, attributor: TaggerAttributor) -> None:
    text = (
        "Mira Kovalenko said that the harbour would reopen, but Tomas Brandt warned that the "
        "cranes were not safe."
    )
    first, second = found(text, nlp, attributor)
    assert (first[1], first[2]) == (["said"], ["Mira Kovalenko"])
    assert (second[1], second[2]) == (["warned"], ["Tomas Brandt"])


def test_confidence_is_a_probability_and_quotes_are_sorted(
    nlp: Language, attributor: TaggerAttributor
) -> None:
    text = "He said no. She said yes. “Perhaps,” said the judge, who thinks it will rain."
    quotes = attributor(nlp(text), Regions(quoted_regions(text)))
    assert quotes
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    assert all(q.confidence is not None and 0 < q.confidence < 1 for q in quotes)


def test_nothing_is_said(nlp: Language, attributor: TaggerAttributor) -> None:
    text = "The river rose by two metres on Monday. The road to Tarnbeck is closed."
    assert found(text, nlp, attributor) == []


HOSTILE = st.text(
    alphabet=st.sampled_from("ab Ab said“”\"'‘’«».,:\n\u200b\u202e\u0301😀אש|0"), max_size=400
)


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_whatever_the_text_the_spans_are_sound(text: str) -> None:
    for attribution, values in scored(text, Regions(quoted_regions(text)), LOADED.network):
        spans = [*attribution.content, *attribution.cue, *attribution.source]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        ordered = sorted(spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
        assert 0 < LOADED.confidence.of(values) < 1
