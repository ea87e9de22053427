from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.documents import document_from_text
from app.domain import Document, EntityKind, Extraction, MentionType
from app.extraction.pipeline import make_doc, to_extraction


def extract(nlp: Language, text: str) -> Extraction:
    return to_extraction(nlp(make_doc(nlp, Document(text=text, origin="test"))))


def resolved(nlp: Language, text: str) -> list[tuple[str, str | None]]:
    """Surface and entity name of every mention that is no name."""
    found = extract(nlp, text)
    return [
        (m.span.of(text), None if m.entity is None else found.entities[m.entity].name)
        for m in found.mentions
        if m.type is not MentionType.NAME
    ]


def test_pronouns_of_two_people(nlp: Language) -> None:
    text = "Mr. Jan Brandt met Ms. Mira Kovalenko. She said he was late."
    assert resolved(nlp, text) == [("She", "Mira Kovalenko"), ("he", "Jan Brandt")]


def test_an_editor_names_a_pronoun(nlp: Language) -> None:
    text = 'Peter Falk met David Brandt. "We hope that he [Brandt] will stay," Falk said.'
    assert ("he", "David Brandt") in resolved(nlp, text)


def test_a_description_goes_back_to_its_title(nlp: Language) -> None:
    text = (
        "US Secretary of State Peter Brandt arrived on Monday.\n\n"
        "Talks were short. The US Secretary of State left at noon."
    )
    assert ("The US Secretary of State", "Peter Brandt") in resolved(nlp, text)


def test_a_description_of_two_people_is_left_alone(nlp: Language) -> None:
    text = "Finance minister Peter Brandt met finance minister Susan Falk. The minister was tired."
    assert "The minister" not in dict(resolved(nlp, text))


def test_every_name_has_an_entity_and_aliases(nlp: Language) -> None:
    text = "Peter Brandt spoke in London. Brandt left the US."
    found = extract(nlp, text)
    names = {e.name: e for e in found.entities}
    assert names["Peter Brandt"].aliases == ("Brandt",)
    assert names["United States"].aliases == ("US",)
    assert all(m.entity is not None for m in found.mentions if m.type is MentionType.NAME)


def test_the_seed_article(nlp: Language, seed: Path) -> None:
    document = document_from_text(seed.read_text(encoding="utf-8"), origin=seed.name)
    found = to_extraction(nlp(make_doc(nlp, document)))
    by_kind = {kind: {e.name for e in found.entities if e.kind is kind} for kind in EntityKind}
    assert by_kind[EntityKind.PERSON] == {"Antony Blinken", "Heiko Maas", "Mustafa Mohammadi"}
    assert {"Taliban", "United Nations", "US Air Force"} <= by_kind[EntityKind.ORGANISATION]
    assert {
        "Ramstein", "Germany", "Afghanistan", "Kabul", "Kabul Airport", "Qatar", "United States",
    } <= by_kind[EntityKind.LOCATION]  # fmt: skip
    descriptions = {
        m.span.of(document.text): found.entities[m.entity].name
        for m in found.mentions
        if m.type is MentionType.NOMINAL and m.entity is not None
    }
    assert descriptions == {
        "The head of American diplomacy": "Antony Blinken",
        "the US Secretary of State": "Antony Blinken",
        "the Federal Minister": "Heiko Maas",
        "the head of German diplomacy": "Heiko Maas",
    }


_WORDS = st.sampled_from(
    ["Mira", "Mira Kovalenko", "Kovalenko", "the minister", "The", "Taliban", "said", "he", "her",
     "his counterpart", "US", "U.N.", "“", "”", "'s", "\n\n", ",", ".", "Mr.", "President", "of"]
)  # fmt: skip


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_mentions_lie_inside_in_order_and_know_their_entity(nlp: Language, text: str) -> None:
    found = extract(nlp, text)
    assert [m.span for m in found.mentions] == sorted(m.span for m in found.mentions)
    for mention in found.mentions:
        assert mention.span.end <= len(text)
        if mention.entity is not None:
            assert found.entities[mention.entity].kind is mention.kind
