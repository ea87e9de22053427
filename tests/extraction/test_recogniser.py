from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from app.extraction.recogniser import Recogniser, known_moves

TEXT = (
    "Mira Kovalenko of Harbour Watch told Reuters in Lisbon on Monday 3 May\n"
    "that New South Wales Rail and the European Court of Human Rights owe $4 million.\n\n"
    "BERLIN (Reuters) - Tomas Berg, 43, spoke at 9 a.m."
)
PLAIN = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="session")
def stock(nlp: Language) -> EntityRecognizer:
    """spaCy's own recogniser with the same weights."""
    ner: Any = nlp.get_pipe("ner")
    return EntityRecognizer(nlp.vocab, ner.model, "stock", moves=ner.moves)


def parsed(nlp: Language, text: str) -> Doc:
    """The text with its sentences, without entities."""
    with nlp.select_pipes(enable=["onrecord_paragraphs", "tok2vec", "parser"]):
        return nlp(text)


def marked(recogniser: Any, docs: list[Doc]) -> list[list[tuple[str, str]]]:
    recogniser.set_annotations(docs, recogniser.predict(docs))
    return [[(token.ent_iob_, token.ent_type_) for token in doc] for doc in docs]


def test_the_pipeline_has_it_in_place_of_spacys(nlp: Language) -> None:
    assert isinstance(nlp.get_pipe("ner"), Recogniser)


def test_it_finds_names(nlp: Language) -> None:
    doc = parsed(nlp, TEXT)
    marked(nlp.get_pipe("ner"), [doc])
    assert {"Mira Kovalenko", "Lisbon", "Tomas Berg"} <= {ent.text for ent in doc.ents}


WORDS = st.sampled_from([*TEXT.split(), *TEXT.split(), "\n\n", "  ", "“", "U.S.", "the", "🚢"])


@PLAIN
@given(texts=st.lists(st.lists(WORDS, max_size=40).map(" ".join), min_size=1, max_size=3))
def test_it_answers_as_spacys_does(
    texts: list[str], nlp: Language, stock: EntityRecognizer
) -> None:
    ours = marked(nlp.get_pipe("ner"), [parsed(nlp, text) for text in texts])
    assert ours == marked(stock, [parsed(nlp, text) for text in texts])


def test_preset_entities_are_left_to_spacy(nlp: Language, stock: EntityRecognizer) -> None:
    found = []
    for recogniser in (nlp.get_pipe("ner"), stock):
        doc = parsed(nlp, TEXT)
        doc.set_ents([Span(doc, 0, 1, label="LOC")], default="missing")
        found += marked(recogniser, [doc])
    assert found[0] == found[1]
    assert found[0][0] == ("B", "LOC")


def test_no_move_that_only_preset_entities_allow_is_known(nlp: Language) -> None:
    ner: Any = nlp.get_pipe("ner")
    moves = known_moves(ner.moves)
    chosen = {moves.names[i] for i in moves.outside}
    assert {"O", "B-ORG", "U-ORG"} <= chosen
    assert not {name for name in chosen if name in ("U-", "M") or name[:2] in ("I-", "L-")}
