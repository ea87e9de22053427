from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from app.domain import Document, EntityKind, Zone, ZoneKind
from app.domain import Span as Stretch
from app.extraction.names.candidates import candidates
from app.extraction.names.component import find_names
from app.extraction.pipeline import make_doc


def names(doc: Doc) -> dict[str, EntityKind]:
    return {m.span.of(doc.text): m.kind for m in find_names(doc)}


def read(nlp: Language, text: str, zones: tuple[Zone, ...] = ()) -> Doc:
    """A document up to the model's own entities; ours are called by the tests."""
    doc = make_doc(nlp, Document(text=text, origin="test", zones=zones))
    ours = [name for name in nlp.pipe_names if name.startswith("onrecord_")]
    with nlp.select_pipes(disable=ours):
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
    return doc


def labelled(nlp: Language, text: str, *entities: tuple[str, str]) -> Doc:
    """A parsed text with entities set by hand, so that a test does not hang on the model."""
    doc = read(nlp, text)
    spans: list[Span] = []
    at = 0
    for surface, label in entities:
        at = text.index(surface, at)
        span = doc.char_span(at, at + len(surface), label=label)
        assert span is not None
        spans.append(span)
        at += len(surface)
    doc.ents = tuple(spans)
    return doc


def test_one_kind_per_name(nlp: Language) -> None:
    doc = labelled(
        nlp,
        "Mira Kovalenko spoke. Kovalenko left. Nobody followed Kovalenko.",
        ("Mira Kovalenko", "PERSON"),
        ("Kovalenko", "ORG"),
        ("Kovalenko", "GPE"),
    )
    assert names(doc) == {"Mira Kovalenko": EntityKind.PERSON, "Kovalenko": EntityKind.PERSON}


def test_a_missed_surname_is_found_again(nlp: Language) -> None:
    doc = labelled(nlp, "Mira Kovalenko spoke. Later Kovalenko left.", ("Mira Kovalenko", "PERSON"))
    assert "Kovalenko" in names(doc)


def test_peoples_are_no_mentions_and_groups_are(nlp: Language) -> None:
    doc = labelled(
        nlp,
        "The German envoy met Afghans. The Taliban refused.",
        ("German", "NORP"),
        ("Afghans", "NORP"),
        ("Taliban", "NORP"),
    )
    assert names(doc) == {"Taliban": EntityKind.ORGANISATION}


@pytest.mark.parametrize("word", ["NATO-led", "UN-backed", "Acme-style", "Lindhaven-based"])
def test_an_adjective_made_of_a_name_is_no_name(nlp: Language, word: str) -> None:
    doc = labelled(nlp, f"They joined the {word} force.", (word, "ORG"))
    assert word not in names(doc)


def test_an_airport_is_one_place(nlp: Language) -> None:
    doc = labelled(nlp, "They opened Lindhaven Airport again.", ("Lindhaven Airport", "ORG"))
    assert names(doc) == {"Lindhaven Airport": EntityKind.LOCATION}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Harbour Film Festival", "ORG"),
        ("Northern Sailing Championship", "ORG"),
        ("Harbour Safety Act", "ORG"),
        ("Lindhaven Science Fair", "ORG"),
        ("USS Oldmoor", "GPE"),
        ("Hajj", "GPE"),
        ("Buddhism", "ORG"),
    ],
)
def test_events_laws_ships_and_faiths_are_no_names(nlp: Language, name: str, label: str) -> None:
    found = names(labelled(nlp, f"Many spoke of the {name} yesterday.", (name, label)))
    assert found == {}


def test_a_person_may_be_called_as_an_event_is(nlp: Language) -> None:
    doc = labelled(nlp, "Mira Derby spoke of it yesterday.", ("Mira Derby", "PERSON"))
    assert names(doc) == {"Mira Derby": EntityKind.PERSON}


def test_a_company_called_games_is_a_body(nlp: Language) -> None:
    doc = labelled(nlp, "They sold it to Harbour Games Inc.", ("Harbour Games Inc.", "ORG"))
    assert set(names(doc)) == {"Harbour Games Inc."}


@pytest.mark.parametrize(
    ("label", "text", "parts"),
    [
        ("FAC", "Mill Street-Dock Road", ["Mill Street", "Dock Road"]),
        ("FAC", "Harbour Hall on Mill Street", ["Harbour Hall", "Mill Street"]),
    ],
)
def test_two_streets_are_two_places(nlp: Language, label: str, text: str, parts: list[str]) -> None:
    doc = labelled(nlp, f"Police closed the {text} yesterday.", (text, label))
    assert names(doc) == dict.fromkeys(parts, EntityKind.LOCATION)


def test_an_airport_of_two_names_is_one_place(nlp: Language) -> None:
    doc = labelled(
        nlp,
        "They opened Lindhaven-Jan Brandt International Airport again.",
        ("Lindhaven", "GPE"),
        ("Jan Brandt International Airport", "FAC"),
    )
    assert set(names(doc)) == {"Lindhaven-Jan Brandt International Airport"}


def test_a_title_is_no_part_of_a_name(nlp: Language) -> None:
    doc = labelled(
        nlp,
        "Foreign Minister Jan Brandt spoke.",
        ("Foreign Minister Jan Brandt", "PERSON"),
    )
    assert names(doc) == {"Jan Brandt": EntityKind.PERSON}


def test_the_state_of_an_office_is_no_name(nlp: Language) -> None:
    doc = labelled(nlp, "The Secretary of State spoke.", ("State", "ORG"))
    assert names(doc) == {}


def test_the_byline_holds_no_name_but_the_text_does(nlp: Language) -> None:
    text = "Jan Brandt Harbour Press\n\nJan Brandt was not hurt, Mira Kovalenko said."
    zones = (
        Zone(ZoneKind.AUTHOR, Stretch(0, 10), "Jan Brandt"),
        Zone(ZoneKind.AGENCY, Stretch(11, 24), "Harbour Press"),
    )
    doc = read(nlp, text, zones)
    found = find_names(doc)
    assert all(m.span.start > 24 for m in found)
    assert "Jan Brandt" in {m.span.of(text) for m in found}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("They lived in the South of France.", "South", "LOC"),
        ("Outfielder Brennan Lindqvist left.", "Outfielder", "ORG"),
        ("The pro-Lindhaven camp won.", "Lindhaven", "GPE"),
    ],
)
def test_what_describes_is_no_name(nlp: Language, text: str, name: str, label: str) -> None:
    assert name not in names(labelled(nlp, text, (name, label)))


def test_a_given_name_labelled_a_place_belongs_to_the_person(nlp: Language) -> None:
    doc = labelled(nlp, "It was Jordan Lindqvist.", ("Jordan", "GPE"), ("Lindqvist", "PERSON"))
    assert names(doc) == {"Jordan Lindqvist": EntityKind.PERSON}


def test_a_dash_parts_two_names(nlp: Language) -> None:
    doc = labelled(nlp, "Harbour Bank – Jan Brandt ran.", ("Harbour Bank – Jan Brandt", "PERSON"))
    assert set(names(doc)) == {"Harbour Bank", "Jan Brandt"}


def test_brackets_define_initials(nlp: Language) -> None:
    doc = labelled(
        nlp, "The World Health Organization (WHO) agreed.", ("World Health Organization", "ORG")
    )
    assert names(doc).get("WHO") is EntityKind.ORGANISATION


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "’s", "\t\n—"])
def test_texts_without_names(nlp: Language, text: str) -> None:
    assert find_names(read(nlp, text)) == []


_WORDS = st.sampled_from(
    ["Mira", "Kovalenko", "the", "The", "Taliban", "said", "he", "US", "U.N.", "(", ")", "“", "”",
     "'s", "\n", "\n\n", ",", ".", "Mr.", "President", "of", "Lindhaven", "IN", "🙂", "é"]
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_spans_lie_inside_and_never_overlap(nlp: Language, text: str) -> None:
    doc = read(nlp, text)
    end = 0
    for mention in find_names(doc):
        assert mention.span.start >= end
        assert mention.span.end <= len(text)
        assert "\n" not in mention.span.of(text)
        end = mention.span.end


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("ORRESTAD, 28 July —", "ORRESTAD"),
        ("ORRESTAD, Veldania, 28 July —", "ORRESTAD, Veldania"),
        ("OLDMOOR/VARN, 28 July —", "OLDMOOR/VARN"),
    ],
)
def test_a_dateline_holds_places(nlp: Language, dateline: str, place: str) -> None:
    text = f"{dateline} Mira Kovalenko left."
    zones = (Zone(ZoneKind.DATELINE, Stretch(0, len(dateline)), place),)
    found = names(read(nlp, text, zones))
    for part in place.replace("/", ", ").split(", "):
        assert found[part] is EntityKind.LOCATION
    assert found["Mira Kovalenko"] is EntityKind.PERSON


def test_what_the_model_took_together_with_a_dateline_stays(nlp: Language) -> None:
    text = "OLDMOOR - Varnholt Foods said on Monday that it had paid."
    doc = labelled(nlp, text, ("OLDMOOR - Varnholt Foods", "ORG"))
    doc._.document = Document(
        text=text, origin="test", zones=(Zone(ZoneKind.DATELINE, Stretch(0, 9), "OLDMOOR"),)
    )
    assert names(doc) == {
        "OLDMOOR": EntityKind.LOCATION, "Varnholt Foods": EntityKind.ORGANISATION
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "speaks"), [("Varnholt Turbines", True), ("Anna Waters", False), ("Varnholt", False)]
)
def test_a_plural_at_the_end_speaks_for_a_body(nlp: Language, name: str, speaks: bool) -> None:
    text = f"On Friday {name} was here."
    doc = labelled(nlp, text, (name, "PERSON"))
    votes = {c.surface: c.votes for c in candidates(doc, bytearray(len(text) + 1))}[name]
    assert (votes.get(EntityKind.ORGANISATION, 0.0) > 0) is speaks
