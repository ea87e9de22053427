"""Puts layers of ours in the place of a spaCy model's, for prediction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thinc.api import Model


def replace_layers(nlp: Any, part: str, wrapped: Callable[[Any], Any | None]) -> None:
    """Replace the layer that the models of a pipeline call `part` ("embed", "encode").

    `wrapped` gives the new layer for one, or None to leave it.
    """
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            layer = node.get_ref(part) if part in node.ref_names else None
            if layer is None or layer not in node.layers:
                continue
            new = wrapped(layer)
            if new is not None:
                node.layers[node.layers.index(layer)] = new


def no_training(_: Any) -> Any:
    """The way back through a layer, which prediction never takes."""
    raise RuntimeError("this pipeline was loaded to predict; train on one that spacy.load gives")
