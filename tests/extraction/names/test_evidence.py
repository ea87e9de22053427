from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain import Document, EntityKind
from app.extraction.names.evidence import (
    MUCH_SPORT,
    context_votes,
    shouted,
    sport_share,
    surface_votes,
    team_votes,
)
from app.extraction.pipeline import make_doc

PERSON, ORGANISATION, LOCATION = (
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.LOCATION,
)


def read(nlp: Language, text: str) -> Doc:
    doc = make_doc(nlp, Document(text=text, origin="test"))
    for part in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(part)(doc)
    return doc


def place(doc: Doc, name: str) -> tuple[int, int]:
    span = doc.char_span(doc.text.index(name), doc.text.index(name) + len(name))
    assert span is not None
    return span.start, span.end


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They left the village of Varn.", LOCATION),
        ("Jan Brandt, 34, of Varn was fined.", LOCATION),
        ("They drove to Varn, Ohio.", LOCATION),
        ("They drove to Varn, Calif.", LOCATION),
        ("A shop in the Varn district burned.", LOCATION),
        ("She met Varn Mayor Jan Brandt.", LOCATION),
        ("The oil company Varn drills.", ORGANISATION),
        ("It was Mr Varn again.", PERSON),
        ("Later Varn, 34, left.", PERSON),
        ("Varn told the court so.", PERSON),
    ],
)
def test_what_stands_around_a_name_tells_its_kind(
    nlp: Language, text: str, kind: EntityKind
) -> None:
    doc = read(nlp, text)
    votes = context_votes(doc, *place(doc, "Varn"), "ORG")
    assert max(votes, key=lambda k: votes[k]) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("VarnTech", ORGANISATION),
        ("WHO", ORGANISATION),
        ("Varn Medical Center", ORGANISATION),
        ("Varn Visitor Center", LOCATION),
        ("Germany", LOCATION),
        ("Mira Kovalenko", PERSON),
    ],
)
def test_a_name_s_own_words_tell_its_kind(name: str, kind: EntityKind) -> None:
    votes = surface_votes(name, shouted=False)
    assert max(votes, key=lambda k: votes[k]) is kind


def test_capitals_in_a_surname_are_no_sign_of_a_body() -> None:
    assert surface_votes("McKee", shouted=False) == {}
    assert surface_votes("JDX", shouted=True) == {}


def test_a_place_that_plays_is_a_team_in_a_sports_report_only(nlp: Language) -> None:
    doc = read(nlp, "Lindhaven beat Varn in the final of the football cup in Dornberg.")
    sport = sport_share(doc)
    assert sport > MUCH_SPORT
    assert team_votes(doc, *place(doc, "Lindhaven"), sport)[ORGANISATION] > 0
    assert team_votes(doc, *place(doc, "Dornberg"), sport) == {}
    assert team_votes(doc, *place(doc, "Lindhaven"), 0.0) == {}


def test_a_shouted_word_stands_among_capitals(nlp: Language) -> None:
    doc = read(nlp, "HARBOUR BANK CUTS JOBS AGAIN")
    assert shouted(doc, 1)
    assert not shouted(read(nlp, "The WHO cut jobs again."), 1)
