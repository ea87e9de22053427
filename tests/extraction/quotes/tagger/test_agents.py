from __future__ import annotations

import pytest
from spacy.language import Language

from app.domain import Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.tagger.agents import with_agents


def span(text: str, part: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        (
            "The mayor received a new promise from the port authority that ferries will run.",
            "received a new promise from",
            "that ferries will run",
            "the port authority",
        ),
        (
            "The mayor received a new promise from the pilots that ferries will run.",
            "received a new promise",
            "that ferries will run",
            "the pilots",
        ),
        (
            "The plan was rejected by Mira Kovalenko on Monday.",
            "was rejected by",
            "The plan",
            "Mira Kovalenko",
        ),
        (
            "The ferries are expected in the harbour by the pilots.",
            "are expected",
            "in the harbour by the pilots",
            "the pilots",
        ),
        ("The plan was rejected on Monday.", "was rejected", "The plan", None),
        ("The plan is expected by Monday.", "is expected", "The plan", None),
    ],
)
def test_the_one_behind_the_cue_speaks(
    nlp: Language, text: str, cue: str, content: str, source: str | None
) -> None:
    given = Attribution((span(text, content),), (span(text, cue),))
    (found,) = with_agents(nlp(text), [given])
    assert [s.of(text) for s in found.source] == ([source] if source else [])
    assert not any(source and source in s.of(text) for s in found.content)


def test_a_source_that_is_known_stays(nlp: Language) -> None:
    text = "The mayor heard from the pilots that the cranes stood still."
    known = Attribution(
        (span(text, "that the cranes stood still"),),
        (span(text, "heard from"),),
        (span(text, "The mayor"),),
    )
    assert with_agents(nlp(text), [known]) == [known]
