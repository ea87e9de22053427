from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx", reason="needs the training extra")
SIZE, HEADS, VOCABULARY = 16, 2, 30


class Small:
    """A small encoder with a head on words, in the operators that export leaves."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.nodes: list[Any] = []
        self.arrays: list[Any] = []

    def add(self, operator: str, inputs: list[str], *outputs: str, **given: Any) -> str:
        """A node; returns its first output."""
        domain = {"QAttention": "com.microsoft", "SkipLayerNormalization": "com.microsoft"}
        node = onnx.helper.make_node(
            operator, inputs, list(outputs), domain=domain.get(operator, ""), **given
        )
        self.nodes.append(node)
        return outputs[0]

    def array(self, name: str, value: Any) -> str:
        """A constant; returns its name."""
        self.arrays.append(onnx.numpy_helper.from_array(np.asarray(value), name))
        return name

    def floats(self, name: str, *shape: int) -> str:
        """A random constant."""
        return self.array(name, self.random.normal(size=shape).astype(np.float32))

    def matrix(self, name: str, width: int) -> list[str]:
        """Eight-bit weights (SIZE, width), a scale and a zero for each column."""
        return [
            self.array(f"{name}_w", self.random.integers(-63, 64, (SIZE, width), dtype=np.int8)),
            self.array(f"{name}_s", np.full(width, 0.01, dtype=np.float32)),
            self.array(f"{name}_z", np.zeros(width, dtype=np.int8)),
        ]

    def dense(self, given: str, name: str, width: int) -> str:
        """A quantised dense layer without a bias."""
        weight, scales, zeros = self.matrix(name, width)
        array, scale, zero = (f"{name}_{part}" for part in ("q", "qs", "qz"))
        self.add("DynamicQuantizeLinear", [given], array, scale, zero)
        both = self.add("Mul", [scale, scales], f"{name}_both")
        product = self.add("MatMulInteger", [array, weight, zero, zeros], f"{name}_i")
        cast = self.add("Cast", [product], f"{name}_f", to=onnx.TensorProto.FLOAT)
        return self.add("Mul", [cast, both], name)

    def norm(self, given: str, skipped: str, name: str) -> str:
        """A sum with a bias, and its norm."""
        weights = [self.floats(f"{name}_{part}", SIZE) for part in ("weight", "shift", "bias")]
        return self.add("SkipLayerNormalization", [given, skipped, *weights], name, epsilon=1e-12)

    def layer(self, hidden: str, k: int) -> str:
        """Attention and a dense layer, each with a norm."""
        weight, scales, zeros = self.matrix(f"qkv{k}", 3 * SIZE)
        bias = self.floats(f"qkv{k}_bias", 3 * SIZE)
        self.add("DynamicQuantizeLinear", [hidden], f"in{k}", f"in{k}_s", f"in{k}_z")
        inputs = [f"in{k}", weight, bias, f"in{k}_s", scales, "lengths", f"in{k}_z", zeros, ""]
        seen = self.add("QAttention", inputs, f"seen{k}", num_heads=HEADS)
        middle = self.norm(self.dense(seen, f"out{k}", SIZE), hidden, f"middle{k}")
        return self.norm(self.dense(middle, f"dense{k}", SIZE), middle, f"hidden{k}")

    def model(self, layers: int = 2) -> Any:
        """The whole, from `ids`, `mask` and `first` to `tags`."""
        hidden = self.add("Gather", [self.floats("table", VOCABULARY, SIZE), "ids"], "pieces")
        mask = self.add("Cast", ["mask"], "mask32", to=onnx.TensorProto.INT32)
        one = self.array("one", np.array([1], dtype=np.int64))
        self.add("ReduceSum", [mask, one], "lengths", keepdims=0)
        for k in range(layers):
            hidden = self.layer(hidden, k)
        shape = self.add("Shape", [hidden], "shape", start=2)
        ones = self.array("ones", np.array([1, 1], dtype=np.int64))
        wide = self.add("Concat", [ones, shape], "wide", axis=0)
        last = self.array("last", np.array([2], dtype=np.int64))
        places = self.add("Unsqueeze", ["first", last], "column")
        places = self.add("Expand", [places, wide], "places")
        words = self.add("GatherElements", [hidden, places], "words", axis=1)
        self.add("Identity", [self.dense(words, "tagging", 7)], "tags")
        values = dict.fromkeys(("ids", "mask", "first"), onnx.TensorProto.INT64)
        graph = onnx.helper.make_graph(
            self.nodes,
            "small",
            [onnx.helper.make_tensor_value_info(n, t, ["b", None]) for n, t in values.items()],
            [onnx.helper.make_tensor_value_info("tags", onnx.TensorProto.FLOAT, None)],
            self.arrays,
        )
        versions = [onnx.helper.make_opsetid("", 17), onnx.helper.make_opsetid("com.microsoft", 1)]
        return onnx.helper.make_model(graph, opset_imports=versions, ir_version=8)


FIRST = np.array([[1, 2, 5, 7, 10], [1, 3, 4, 6, 8]])


def answer(model: Any, folder: Path, name: str = "tags") -> Any:
    """What a model says to two windows, one of them shorter."""
    file = folder / "network.onnx"
    onnx.save(model, str(file))
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(1)
    mask = np.ones((2, 12), dtype=np.int64)
    mask[1, 9:] = 0
    ids = random.integers(0, VOCABULARY, (2, 12))
    return session.run([name], {"ids": ids, "mask": mask, "first": FIRST})[0]


def test_the_quickened_graph_says_the_same(tmp_path: Path) -> None:
    from app.training.quotes.graph import quickened

    before = answer(Small().model(), tmp_path)
    model = quickened(Small().model())
    after = answer(model, tmp_path)
    assert before.shape == after.shape == (2, 5, 7)
    # The rows that are quantised together are other ones, so the steps differ a little.
    np.testing.assert_allclose(after, before, atol=0.1 * np.abs(before).max())
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.999
    operators = Counter(node.op_type for node in model.graph.node)
    assert operators["QAttention"] == operators["MultiHeadAttention"] == 1
    assert operators["LayerNormalization"] == 4
    assert not operators["SkipLayerNormalization"]


def test_the_states_are_those_of_the_words_first_pieces(tmp_path: Path) -> None:
    from app.extraction.quotes.tagger.runtime import STATES
    from app.training.quotes.graph import LAYERS_OF_STATES, quickened, with_states

    model = quickened(Small().model(layers=4))
    last = f"hidden{LAYERS_OF_STATES - 1}"
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(last, onnx.TensorProto.FLOAT, None)
    )
    tags, hidden = (answer(model, tmp_path, name) for name in ("tags", last))
    made = with_states(with_states(model))
    np.testing.assert_array_equal(answer(made, tmp_path), tags)
    states = answer(made, tmp_path, STATES)
    np.testing.assert_array_equal(states, np.take_along_axis(hidden, FIRST[..., None], axis=1))


def test_too_few_layers_have_no_states() -> None:
    from app.training.quotes.graph import quickened, with_states

    with pytest.raises(ValueError, match="no layer"):
        with_states(quickened(Small().model()))


def test_a_graph_of_another_form_is_refused() -> None:
    from app.training.quotes.graph import quickened

    model = quickened(Small().model())
    with pytest.raises(ValueError, match="chooses no pieces"):
        quickened(model)
