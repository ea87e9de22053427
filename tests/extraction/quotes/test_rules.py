from __future__ import annotations

from dataclasses import dataclass

import pytest
from spacy.language import Language

from app.domain import Span
from app.extraction.quotes.kinds import Regions
from app.extraction.quotes.marks import quoted_regions
from app.extraction.quotes.rules import RuleAttributor


@dataclass(frozen=True)
class Found:
    content: tuple[str, ...]
    cue: str
    source: str


def found(nlp: Language, text: str) -> list[Found]:
    doc = nlp(text)

    def words(spans: tuple[Span, ...]) -> str:
        return " ".join(s.of(text) for s in spans)

    return [
        Found(tuple(s.of(text) for s in a.content), words(a.cue), words(a.source))
        for a in RuleAttributor()(doc, Regions(quoted_regions(text)))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will go,” Mira Kovalenko said.", Found(("“We will go,”",), "said", "Mira Kovalenko")),
        ("“We will go,” said Mira Kovalenko.", Found(("“We will go,”",), "said", "Mira Kovalenko")),
        (
            "Mira Kovalenko said: “We will go.”",
            Found(("“We will go.”",), "said", "Mira Kovalenko"),
        ),
        (
            "“We will go,” she said. “They will stay.”",
            Found(("“We will go,”", "“They will stay.”"), "said", "she"),
        ),
        (
            "“We will go,” he warned, “and they will stay.”",
            Found(("“We will go,”", "“and they will stay.”"), "warned", "he"),
        ),
        (
            "“All support must be earned, ”he warned during a visit.",
            Found(("“All support must be earned, ”",), "warned", "he"),
        ),
        (
            "The town is “doing well,” the mayor said.",
            Found(("The town is “doing well,”",), "said", "the mayor"),
        ),
        (
            "Mira Kovalenko spoke first:\n“We will go.”",
            Found(("“We will go.”",), ":", "Mira Kovalenko"),
        ),
    ],
)
def test_quoted_speech(nlp: Language, text: str, expected: Found) -> None:
    assert found(nlp, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mira Kovalenko said that the bridge was closed.",
            Found(("that the bridge was closed",), "said", "Mira Kovalenko"),
        ),
        (
            "The bridge was closed, police said.",
            Found(("The bridge was closed",), "said", "police"),
        ),
        (
            "The bridge was closed on Monday, according to Mira Kovalenko.",
            Found(("The bridge was closed on Monday",), "according to", "Mira Kovalenko"),
        ),
        (
            "She wants to rebuild the bridge.",
            Found(("to rebuild the bridge",), "wants", "She"),
        ),
        (
            "Ivo Brandt accused the mayor of lying.",
            Found(("the mayor of lying",), "accused", "Ivo Brandt"),
        ),
        (
            "Ivo Brandt called on the mayor to resign.",
            Found(("the mayor to resign",), "called on", "Ivo Brandt"),
        ),
        (
            "Officials rejected Mira Kovalenko's claim that the bridge is safe.",
            Found(("Mira Kovalenko's claim that the bridge is safe",), "rejected", "Officials"),
        ),
    ],
)
def test_reports(nlp: Language, text: str, expected: Found) -> None:
    assert found(nlp, text) == [expected]


def test_a_conjunct_with_its_own_content(nlp: Language) -> None:
    text = "Mira Kovalenko assured us that the town would pay, but accused Ivo Brandt of lying."
    assert [(f.cue, f.source) for f in found(nlp, text)] == [
        ("assured", "Mira Kovalenko"),
        ("accused", "Mira Kovalenko"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The film “The Long Bridge” opened on Monday.",
        "The so-called “bridge party” lost.",
        "The bridge opened on Monday.",
        "",
        "“",
    ],
)
def test_titles_and_scare_quotes_are_no_quotes(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


def test_the_next_paragraph_goes_on(nlp: Language) -> None:
    text = "“We will go there,” Mira Kovalenko said.\n\n“They will surely stay at home.”"
    doc = nlp(text)
    first, second = RuleAttributor()(doc, Regions(quoted_regions(text)))
    assert (first.continues, second.continues) == (None, 0)
    assert second.source == ()


def test_speech_without_a_cue_takes_the_subject_before_it_as_context(nlp: Language) -> None:
    text = "Mira Kovalenko was not impressed by the plan. “We will certainly not go there.”"
    (quote,) = RuleAttributor()(nlp(text), Regions(quoted_regions(text)))
    assert quote.context
    assert quote.source[0].of(text) == "Mira Kovalenko"


def test_a_report_within_speech_is_found_too(nlp: Language) -> None:
    text = "“The mayor told us that the bridge was closed,” Ivo Brandt said."
    assert [f.source for f in found(nlp, text)] == ["Ivo Brandt", "The mayor"]
