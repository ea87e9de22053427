from __future__ import annotations

import pytest
from spacy.language import Language

from app.domain import EntityKind, Span
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.newcomers import newcomers
from app.extraction.quotes.speakers import Speakers


def added(nlp: Language, text: str, *sources: str) -> list[tuple[str, EntityKind]]:
    """The entities that a text without known names gets from its sources."""
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    found = []
    for source in sources:
        start = text.index(source)
        at = text.find("according to")
        cue = (Span(at, at + 12),) if at >= 0 else ()
        source_span = Span(start, start + len(source))
        found.append(Attribution((Span(0, 1),), cue=cue, source=(source_span,)))
    mentions, entities = newcomers(doc, found, Speakers(text, (), ()), ())
    assert {m.entity for m in mentions} == set(range(len(entities)))
    return [(e.name, e.kind) for e in entities]


def test_a_name_that_says_something_is_an_entity(nlp: Language) -> None:
    text = "It rained in May, said Lena Krell of Varn. Later, Krell said that it snowed."
    assert added(nlp, text, "Lena Krell of Varn", "Krell said"[:5]) == [
        ("Lena Krell", EntityKind.PERSON)
    ]


def test_a_lone_name_is_a_person(nlp: Language) -> None:
    assert added(nlp, "It rained, and Krell said so.", "Krell") == [("Krell", EntityKind.PERSON)]


def test_who_reports_is_rather_a_paper(nlp: Language) -> None:
    text = "It will rain in May, according to Lindhavener."
    assert added(nlp, text, "Lindhavener") == [("Lindhavener", EntityKind.ORGANISATION)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It rained, said many Republicans.", "many Republicans"),
        ("It rained, said the mayor.", "the mayor"),
        ("Voters said that it rained.", "Voters"),
        ("Angry Parents Say That The Rain In Lindhaven Must Stop\n\nIt rained.", "Angry Parents"),
        ("It rained, according to data released on Friday.", "Friday"),
    ],
)
def test_what_is_no_name(nlp: Language, text: str, source: str) -> None:
    assert added(nlp, text, source) == []
