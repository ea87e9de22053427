"""spaCy's window encoder, some rows at a time, so that what it works on stays in the cache.

The second half of a `tok2vec` is a stack of layers: a window over three tokens, a dense layer with
maxout, a norm, and the input added (`spacy.MaxoutWindowEncoder`). thinc runs each step over all
tokens of a batch, megabytes at a time, and keeps what only training needs. Here a layer runs over
ROWS tokens from window to sum. The answer is the same to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

from app.extraction.layers import no_training, replace_layers

NAME = "windows"
ROWS = 1024
# As in thinc's norm.
TINY = 1e-8
# What a layer of the stack is made of, in order.
STEPS = ("expand_window", "maxout", "layernorm")

Array = NDArray[np.float32]


def apply(nlp: Any) -> None:
    """Put this in place of every such encoder of a pipeline's models."""

    def wrapped(encode: Any) -> Any | None:
        return Model(NAME, forward, layers=[encode]) if _known(encode) else None

    replace_layers(nlp, "encode", wrapped)


def _steps(encode: Any) -> list[Any]:
    return [node for node in encode.walk(order="dfs_pre") if node.name in STEPS]


def _known(encode: Any) -> bool:
    """Whether an encoder is of the form that is known here."""
    steps = _steps(encode)
    names = [node.name for node in steps]
    residuals = [node for node in encode.walk() if node.name.startswith("residual(")]
    depth = sum(1 for node in residuals if node.name.count("residual(") == 1)
    return (
        encode.name.startswith("with_array(")
        and depth > 0
        and names == list(STEPS) * depth
        and all(node.attrs["window_size"] == 1 for node in steps[::3])
    )


def forward(
    model: Any, arrays: list[Array], is_train: bool
) -> tuple[list[Array], Callable[[Any], Any]]:
    """The encoding of each token of each document: a list of (tokens, width)."""
    encode = model.layers[0]
    if is_train or not isinstance(arrays, list) or not arrays:
        answer: tuple[list[Array], Callable[[Any], Any]] = encode(arrays, is_train)
        return answer
    # Rows between the documents keep them apart, as thinc's padding does.
    apart = np.zeros((encode.attrs["pad"], arrays[0].shape[1]), dtype=np.float32)
    rows = np.concatenate([apart, *(part for array in arrays for part in (array, apart))])
    steps = _steps(encode)
    for dense, norm in zip(steps[1::3], steps[2::3], strict=True):
        rows = _layer(encode.ops, rows, dense, norm)
    bounds = np.cumsum([len(array) + len(apart) for array in arrays])
    starts = [len(apart), *(int(end) + len(apart) for end in bounds)]
    return [rows[start : end - len(apart)] for start, end in pairwise(starts)], no_training


def _layer(ops: Any, rows: Array, dense: Any, norm: Any) -> Array:
    """One layer of the stack over all rows (rows, width)."""
    weights, bias = dense.get_param("W"), dense.get_param("b").ravel()
    width, pieces, read = weights.shape
    weights = weights.reshape(width * pieces, read)
    gain, shift = norm.get_param("G"), norm.get_param("b")
    answer = np.empty_like(rows)
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        # A window reaches one row to either side.
        low, high = max(start - 1, 0), start + len(part) + 1
        window = ops.seq2col(rows[low:high], 1)[start - low :][: len(part)]
        sums = ops.gemm(window, weights, trans2=True)
        sums += bias
        best = sums[:, ::pieces]
        for piece in range(1, pieces):
            best = np.maximum(best, sums[:, piece::pieces])
        best = best - best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(TINY)
        best *= (variance ** np.float32(-0.5))[:, None]
        best *= gain
        best += shift
        np.add(best, part, out=answer[start : start + ROWS])
    return answer
