from __future__ import annotations

import json
import math

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Span as Tokens

from app.domain import Document, EntityKind, Span
from app.extraction.info import TAGGER_DIGESTS
from app.extraction.names.classifier import (
    FILES,
    OUTCOMES,
    Array,
    log_probabilities,
    vectors_of,
    weights,
)
from app.extraction.names.component import find_names
from app.extraction.names.features import (
    Seen,
    WordVectors,
    named_signs,
    own_signs,
    seen,
    shared_words,
)
from app.extraction.pipeline import make_doc


def mention(nlp: Language, text: str, name: str, label: str = "") -> Seen:
    """A name in a text that only the tokenizer, tagger and parser have read."""
    doc = make_doc(nlp, Document(text=text, origin="test"))
    for part in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(part)(doc)
    span = doc.char_span(text.index(name), text.index(name) + len(name))
    assert span is not None
    return seen(doc, (span.start, span.end), label, 0.0, WordVectors(doc))


def likeliest(nlp: Language, text: str, name: str, label: str) -> EntityKind | None:
    said = log_probabilities(
        weights(read=False), {"key": (name, [mention(nlp, text, name, label)])}
    )["key"]
    assert sum(math.exp(p) for p in said.values()) == pytest.approx(1, abs=1e-3)
    return max(OUTCOMES, key=lambda outcome: said[outcome])


def test_the_words_around_a_name_tell_its_kind(nlp: Language) -> None:
    said = likeliest(nlp, "Mr Brandt, 34, said that he was tired.", "Brandt", "ORG")
    assert said is EntityKind.PERSON
    lived = likeliest(nlp, "They have lived near Brandt since 1990.", "Brandt", "GPE")
    assert lived is EntityKind.LOCATION


def test_no_names_no_opinions() -> None:
    assert log_probabilities(weights(read=False), {}) == {}


def test_signs_around_a_mention(nlp: Language) -> None:
    signs = mention(nlp, "Varn (WHO) agreed, Mr Brandt said.", "WHO", "ORG").signs
    assert {"label=ORG", "before=(", "after=)", "brackets"} <= signs
    assert "before=HONORIFIC" in mention(nlp, "It was Mr Brandt of Varn.", "Brandt").signs


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("Mira Kovalenko", "given"),
        ("Harbour Bank", "body head"),
        ("Varn Street", "place head"),
        ("WHO", "initials=3"),
        ("Germany", "country"),
        ("Bank of Varn", "holds=of"),
        ("VarnTech", "camel"),
    ],
)
def test_signs_in_a_name(name: str, sign: str) -> None:
    assert sign in own_signs(name)


def test_signs_hold_no_name_of_anybody() -> None:
    """The weights' vocabulary is signs and common words, no list of names."""
    kinds = ("before=", "after=", "sport before=")
    words = [sign.partition("=")[2] for sign in weights(read=False).rows if sign.startswith(kinds)]
    sorts = {"EDGE", "BREAK", "DIGIT", "HONORIFIC", "OFFICE", "SAYING", "CAPITAL", "PEOPLE"}
    assert all(word.islower() or not word.isalpha() or word in sorts for word in words)


def test_names_that_share_words() -> None:
    shared = shared_words(
        {"mira kovalenko": ["PERSON"], "harbour bank": ["ORG"], "kovalenko": [""]}
    )
    assert shared["kovalenko"] == {"last of another", "last of a person"}
    assert shared["harbour"] == {"first of another"}


def test_a_name_s_signs_are_shares_of_its_mentions(nlp: Language) -> None:
    first = mention(nlp, "Near Brandt it rains.", "Brandt", "GPE")
    second = mention(nlp, "Mr Brandt left.", "Brandt", "PERSON")
    signs = named_signs("Brandt", [first, second], [])
    assert signs["label=GPE"] == signs["label=PERSON"] == 0.5
    assert signs["log of mentions"] == pytest.approx(math.log(2))
    assert signs["once"] == 0.0
    assert vectors_of([first, second]).shape == (2 * nlp.vocab.vectors_length,)


def test_the_head_was_learnt_on_the_states_of_the_shipped_network() -> None:
    made = json.loads(FILES[True].read_text())
    assert made["network"] == json.loads(TAGGER_DIGESTS.read_text())["network.onnx"]
    assert weights(read=True).states.shape == (384, len(OUTCOMES))
    assert weights(read=False).states.shape == (0, len(OUTCOMES))


class Told:
    """A reading that tells one thing of every word."""

    def __init__(self, outcome: EntityKind) -> None:
        self.told = np.zeros(len(OUTCOMES), dtype=np.float32)
        self.told[OUTCOMES.index(outcome)] = 20.0

    def of(self, span: Span) -> Array:
        return self.told


@pytest.mark.parametrize("kind", list(EntityKind))
def test_what_the_network_read_decides_a_kind(nlp: Language, kind: EntityKind) -> None:
    doc = make_doc(nlp, Document(text="They met Varnholt Brandt there.", origin="test"))
    for part in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(part)(doc)
    doc.ents = (Tokens(doc, 2, 4, label="PERSON"),)
    doc._.reading = Told(kind)
    (mention,) = find_names(doc)
    assert mention.kind is kind
