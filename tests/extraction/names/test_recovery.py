from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from app.domain import EntityKind
from app.extraction.names.recovery import Known


def find(known: Known, words: list[str], tags: list[str], taken: int = 0) -> list[str]:
    doc = Doc(Vocab(), words=words, tags=tags)
    mask = bytearray(len(doc.text) + 1)
    mask[:taken] = b"\x01" * taken
    return [span.of(doc.text) for span, _ in known.find(doc, mask)]


KNOWN = Known(
    {"mira kovalenko": EntityKind.PERSON, "harbour council": EntityKind.ORGANISATION},
    {"Mira Kovalenko": EntityKind.PERSON, "Harbour Council": EntityKind.ORGANISATION},
)


def test_a_known_name_and_its_surname_are_found() -> None:
    words = ["Harbour", "Council", "thanked", "Kovalenko"]
    assert find(KNOWN, words, ["NNP", "NNP", "VBD", "NNP"]) == ["Harbour Council", "Kovalenko"]


def test_what_is_taken_is_left_alone() -> None:
    assert find(KNOWN, ["Kovalenko", "left"], ["NNP", "VBD"], taken=9) == []


def test_a_lone_word_inside_a_longer_name_is_not_the_person() -> None:
    assert find(KNOWN, ["Kovalenko", "Shipping"], ["NNP", "NNP"]) == []


def test_a_known_name_within_a_sentence_needs_no_tag_of_a_name() -> None:
    assert find(KNOWN, ["so", "Kovalenko", "left"], ["RB", "JJ", "VBD"]) == ["Kovalenko"]


def test_an_adjective_made_of_a_known_name_is_not_the_name() -> None:
    words, tags = ["the", "pro", "-", "Kovalenko", "camp"], ["DT", "JJ", "HYPH", "NNP", "NN"]
    assert find(KNOWN, words, tags) == []


def test_a_surname_that_opens_a_sentence_and_does_something_is_the_person() -> None:
    assert find(KNOWN, ["Kovalenko", "left"], ["VB", "VBD"]) == ["Kovalenko"]
    assert find(KNOWN, ["Kovalenko", "the", "boat"], ["VB", "DT", "NN"]) == []
