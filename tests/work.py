"""Work counted in lines of Python run: a measure that a busy machine does not change."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of Python `call` runs, each turn of a loop or comprehension counted.

    What runs inside C (a regular expression, a search in a list) counts as the one line that asks
    for it: the measure finds loops that grow too fast, not slow primitives.
    """
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
