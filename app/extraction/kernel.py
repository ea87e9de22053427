"""Which matrix library spaCy's models multiply with.

The BLIS wheel that thinc brings has no kernel for some processors and then falls back to a generic
one, which runs at about a third of the speed of numpy's OpenBLAS. BLIS offers no call that tells,
so the two are timed on a matrix of the models' size; the results are the same to rounding.
"""

from __future__ import annotations

import time
from typing import Any, Literal

import numpy as np
from thinc.api import NumpyOps

Kernel = Literal["auto", "blis", "numpy"]

# Slower than this, BLIS has its generic kernel; with its own kernels the two are level (0.8-1.2).
GENERIC_RATIO = 1.5
ROUNDS = 5


def _seconds(ops: NumpyOps, a: Any, b: Any) -> float:
    """The best time of a few products: the least disturbed one."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ops.gemm(a, b)
        times.append(time.perf_counter() - start)
    return min(times)


def choose(kernel: Kernel) -> Literal["blis", "numpy"]:
    """Resolve `auto`: numpy where BLIS has only its generic kernel for this processor."""
    if kernel != "auto":
        return kernel
    random = np.random.default_rng(0)
    a = random.random((200, 288), dtype="float32")
    b = random.random((288, 300), dtype="float32")
    ratio = _seconds(NumpyOps(use_blis=True), a, b) / _seconds(NumpyOps(use_blis=False), a, b)
    return "numpy" if ratio > GENERIC_RATIO else "blis"


def apply(nlp: Any, kernel: Literal["blis", "numpy"]) -> None:
    """Make every model of a pipeline multiply with `kernel`."""
    ops = NumpyOps(use_blis=kernel == "blis")
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is not None and hasattr(model, "_to_ops"):
            model._to_ops(ops)
