"""A trained network as an ONNX file with eight-bit weights.

Attention, GELU and norms become single operators, then matrices and embeddings are quantised, and
last the graph is put into the form that runs fastest.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from transformers import BertModel

from app.training.quotes.graph import quickened, with_states
from app.training.quotes.network import QuoteNetwork

INPUTS = ("ids", "cases", "marks", "mask", "first")
OUTPUTS = ("tags", "content", "cue", "cue_out", "source")
OPSET = 17


def export(network: QuoteNetwork, file: Path) -> None:
    """Write the network as `file`."""
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder, "plain.onnx"), Path(folder, "fused.onnx")
        _plain(network, plain)
        _fused(network, plain, fused)
        # A scale for each column keeps what one for the whole matrix loses; seven bits of eight,
        # because products of eight overflow on processors without VNNI.
        quantize_dynamic(
            str(fused),
            str(file),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather", "Attention"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    onnx.save(with_states(quickened(onnx.load(str(file)))), str(file))


def _plain(network: QuoteNetwork, file: Path) -> None:
    # The fusions know attention by the operators of the eager form.
    config = type(network.encoder.config).from_dict(network.encoder.config.to_dict())
    config._attn_implementation = "eager"
    eager = QuoteNetwork(BertModel(config, add_pooling_layer=False))
    eager.load_state_dict(network.state_dict())
    eager.eval()
    example = tuple(torch.ones(2, 12, dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "pieces"} for name in INPUTS[:4]}
    axes |= {name: {0: "batch", 1: "words"} for name in ("first", *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            eager,
            example,
            str(file),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _fused(network: QuoteNetwork, plain: Path, file: Path) -> None:
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    # By a tanh instead of the error function: a few per cent faster, the same to three digits.
    options.enable_gelu_approximation = True
    config = network.encoder.config
    model = optimizer.optimize_model(
        str(plain),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=options,
    )
    model.save_model_to_file(str(file))
