from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain import Document, EntityKind, MentionType
from app.extraction.coreference.component import coreference_component
from app.extraction.names.component import names_component
from app.extraction.pipeline import make_doc


def read(nlp: Language, text: str) -> Doc:
    """A document up to coreference."""
    doc = make_doc(nlp, Document(text=text, origin="test"))
    with nlp.select_pipes(disable=["onrecord_quotes"]):
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
    return doc


def staffs(doc: Doc) -> list[tuple[str, str]]:
    """Surface and entity of every nominal mention of an organisation."""
    return [
        (m.span.of(doc.text), doc._.entities[m.entity].name)
        for m in doc._.mentions
        if m.type is MentionType.NOMINAL and m.kind is EntityKind.ORGANISATION
    ]


def described(doc: Doc) -> dict[str, str]:
    """What may stand for an organisation, with the entity's name."""
    return {m.span.of(doc.text): doc._.entities[m.entity].name for m in doc._.described}


def test_the_components_say_what_they_assign(nlp: Language) -> None:
    assert nlp.get_pipe_meta("onrecord_coreference").assigns.count("doc._.described") == 1
    assert coreference_component(names_component(nlp.make_doc(""))).text == ""


def test_a_campaign_is_its_candidates(nlp: Language) -> None:
    text = (
        "Susan Falk spoke in Lisbon. The Falk campaign said it was late.\n\nHer campaign denied it."
    )
    assert staffs(read(nlp, text)) == [
        ("The Falk campaign", "Falk campaign"),
        ("Her campaign", "Falk campaign"),
    ]


def test_a_campaign_that_does_nothing_is_no_entity(nlp: Language) -> None:
    doc = read(nlp, "Susan Falk met officials during the Falk campaign in Lisbon.")
    assert [e.name for e in doc._.entities] == ["Susan Falk", "Lisbon"]


def test_people_who_work_for_a_campaign_are_not_it(nlp: Language) -> None:
    assert staffs(read(nlp, "Susan Falk came. Falk campaign officials said it was late.")) == []


def test_the_campaign_goes_back_to_the_one_named(nlp: Language) -> None:
    text = "Susan Falk’s campaign said it was late.\n\nThe campaign denied that it rained."
    assert described(read(nlp, text))["The campaign"] == "Falk campaign"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The South Korean government said it was late.", "South Korean government"),
        ("The Norwegian police said it was late.", "Norwegian police"),
    ],
)
def test_organs_of_states(nlp: Language, text: str, name: str) -> None:
    assert name in dict(staffs(read(nlp, text))).values()


@pytest.mark.parametrize(
    ("text", "description", "name"),
    [
        (
            "The Harbour Commission met on Monday. It rained. The commission said it was late.",
            "The commission",
            "Harbour Commission",
        ),
        (
            "Lindhaven Steel Inc. shut its mill. The company said it was late.",
            "The company",
            "Lindhaven Steel Inc.",
        ),
        (
            "A federal appeals court ruled for the city.\n\nThe Court of Appeals sat on Monday.",
            "A federal appeals court",
            "Court of Appeals",
        ),
    ],
)
def test_a_description_goes_back_to_a_name(
    nlp: Language, text: str, description: str, name: str
) -> None:
    assert described(read(nlp, text)).get(description) == name


def test_a_body_of_another_kind_is_not_meant(nlp: Language) -> None:
    text = "The Harbour University opened. The newspaper said it was late."
    assert "The newspaper" not in described(read(nlp, text))


def test_it_is_the_body_that_acts(nlp: Language) -> None:
    text = "The Harbour Council met on Monday. It called for a new bridge."
    assert described(read(nlp, text)).get("It") == "Harbour Council"
