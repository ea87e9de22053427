"""The quantised graph in a form that ONNX Runtime's CPU kernels run faster; the same function.

Two things cost time for nothing:

- `SkipLayerNormalization` adds and norms in one kernel, a number at a time; `LayerNormalization`
  alone is vectorised. Taken apart, the norms cost a fifth. The sum is a `Sum`, not an `Add`: the
  runtime would fuse an `Add` again when it loads the file.
- The heads read one piece a word, the first. So the last layer attends from those pieces only, and
  only they pass through its dense layers: a quarter of its work is saved.

Sums are then rounded in another order, which the quantisation of the layers above magnifies to the
size of its own error, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from app.extraction.quotes.tagger.runtime import STATES

MICROSOFT = "com.microsoft"
# What the encoder makes of each word after so many layers is an output, too: they are less bent to
# quotes than the last ones, and tell kinds of names (docs/decisions/0004).
LAYERS_OF_STATES = 2


def quickened(model: Any) -> Any:
    """The model (`onnx.ModelProto`), changed in place.

    Raises ValueError where the graph is not that of a quantised encoder with heads on words.
    """
    graph = model.graph
    _attend_from_words(graph)
    nodes = [new for node in graph.node for new in _norm_apart(node)]
    del graph.node[:]
    graph.node.extend(_sorted(nodes, [output.name for output in graph.output]))
    used = {name for node in graph.node for name in node.input}
    kept = [one for one in graph.initializer if one.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    return model


def with_states(model: Any) -> Any:
    """The quickened model, changed in place: beside its answers it gives the words' states.

    `states` is (batch, words, hidden). Raises ValueError where the graph is another.
    """
    graph = model.graph
    if STATES in {output.name for output in graph.output}:
        return model
    makers = {name: node for node in graph.node for name in node.output}
    attentions = [node for node in graph.node if node.op_type == "QAttention"]
    chosen = [
        node
        for node in graph.node
        if node.op_type == "GatherElements" and node.output[0].endswith("_of_words")
    ]
    if len(attentions) <= LAYERS_OF_STATES or len(chosen) != 1:
        raise ValueError("The graph has no layer to take the words' states from.")
    hidden = makers[attentions[LAYERS_OF_STATES].input[0]].input[0]
    given = [hidden, chosen[0].input[1]]
    graph.node.append(helper.make_node("GatherElements", given, [STATES], axis=1))
    shape = ["batch", "words", None]
    graph.output.append(helper.make_tensor_value_info(STATES, onnx.TensorProto.FLOAT, shape))
    return model


def _norm_apart(node: Any) -> Iterator[Any]:
    """A norm with its sum apart; any other node as it is."""
    if node.op_type != "SkipLayerNormalization":
        yield node
        return
    given, skipped, weight, bias, *more = node.input
    name = node.output[0]
    if more:
        # The runtime makes this addition a part of the matrix product before it.
        yield helper.make_node("Add", [given, more[0]], [f"{name}_biased"])
        given = f"{name}_biased"
    yield helper.make_node("Sum", [given, skipped], [f"{name}_sum"])
    epsilon = _attribute(node, "epsilon")
    yield helper.make_node(
        "LayerNormalization", [f"{name}_sum", weight, bias], [name], axis=-1, epsilon=epsilon
    )


def _attend_from_words(graph: Any) -> None:
    """Choose the words' first pieces before the last attention instead of after the last layer."""
    makers = {name: node for node in graph.node for name in node.output}
    gather = _choice_of_words(graph, makers)
    hidden, places = gather.input
    attention = [node for node in graph.node if node.op_type == "QAttention"][-1]
    before = makers[attention.input[0]].input[0]  # what is quantised for the attention
    words = f"{before}_of_words"
    for node in graph.node:
        if node.op_type == "Shape" and node.input[0] == hidden:
            node.input[0] = before
        if node.op_type == "SkipLayerNormalization" and node.input[1] == before:
            node.input[1] = words
        for i, name in enumerate(node.input):
            if name == gather.output[0]:
                node.input[i] = hidden
    graph.node.remove(gather)
    graph.node.remove(attention)
    graph.node.append(helper.make_node("GatherElements", [before, places], [words], axis=1))
    arrays = {one.name: one for one in graph.initializer}
    nodes, new = _attention(attention, words, arrays)
    graph.node.extend(nodes)
    graph.initializer.extend(new)


def _choice_of_words(graph: Any, makers: dict[str, Any]) -> Any:
    """The node that takes the words' first pieces out of the last layer's answer."""
    for node in graph.node:
        maker = makers.get(node.input[0]) if node.input else None
        if (
            node.op_type == "GatherElements"
            and maker is not None
            and maker.op_type == "SkipLayerNormalization"
        ):
            return node
    raise ValueError("The graph chooses no pieces after its last norm.")


def _attention(node: Any, words: str, arrays: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """A quantised attention over all pieces, from `words` only: nodes and initialisers.

    The three projections stand side by side in one matrix (hidden, 3 * hidden).
    """
    pieces, weight, bias, scale, scales, mask, zero, zeros = node.input[:8]
    size = numpy_helper.to_array(arrays[bias]).shape[0] // 3
    name = node.output[0]
    new, nodes = [], []
    nodes.append(
        helper.make_node(
            "DynamicQuantizeLinear", [words], [f"{words}_q", f"{words}_scale", f"{words}_zero"]
        )
    )
    inputs = {
        "query": (slice(0, size), f"{words}_q", f"{words}_scale", f"{words}_zero"),
        "rest": (slice(size, 3 * size), pieces, scale, zero),
    }
    for part, (columns, *quantised) in inputs.items():
        cut = []
        for given in (weight, scales, zeros, bias):
            array = numpy_helper.to_array(arrays[given])[..., columns]
            new.append(
                numpy_helper.from_array(np.ascontiguousarray(array), f"{name}_{part}_{given}")
            )
            cut.append(new[-1].name)
        nodes += _product(quantised, cut, f"{name}_{part}")
    nodes.append(
        helper.make_node("Split", [f"{name}_rest"], [f"{name}_key", f"{name}_value"], axis=-1)
    )
    nodes.append(
        helper.make_node(
            "MultiHeadAttention",
            [f"{name}_query", f"{name}_key", f"{name}_value", "", mask],
            [name],
            domain=MICROSOFT,
            num_heads=_attribute(node, "num_heads"),
        )
    )
    return nodes, new


def _product(quantised: list[str], matrix: list[str], name: str) -> list[Any]:
    """A dense layer on a quantised array (array, scale, zero), in the form the runtime fuses."""
    array, scale, zero = quantised
    weight, scales, zeros, bias = matrix
    return [
        helper.make_node("Mul", [scale, scales], [f"{name}_scales"]),
        helper.make_node("MatMulInteger", [array, weight, zero, zeros], [f"{name}_integer"]),
        helper.make_node("Cast", [f"{name}_integer"], [f"{name}_float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_float", f"{name}_scales"], [f"{name}_unbiased"]),
        helper.make_node("Add", [f"{name}_unbiased", bias], [name]),
    ]


def _attribute(node: Any, name: str) -> Any:
    return next(helper.get_attribute_value(one) for one in node.attribute if one.name == name)


def _sorted(nodes: Iterable[Any], outputs: Iterable[str]) -> list[Any]:
    """The nodes that the outputs need, each after those it reads from."""
    makers = {name: node for node in nodes for name in node.output}
    order: list[Any] = []
    done: set[str] = set()
    waiting = [(name, False) for name in outputs]
    while waiting:
        name, ready = waiting.pop()
        node = makers.get(name)
        if node is None or node.output[0] in done:
            continue
        if ready:
            done.add(node.output[0])
            order.append(node)
            continue
        waiting.append((name, True))
        waiting += [(given, False) for given in node.input]
    return order
