"""Many values in one statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text, bindparam, column, func

_FUNCTIONS = {"sqlite": func.json_each, "postgresql": func.json_array_elements_text}


def unfolded(dialect: str, name: str) -> Any:
    """The strings of the list that parameter `name` is, as a table with the column `value`.

    One parameter for all: with one each, a statement would be compiled anew for every number.
    """
    function: Any = _FUNCTIONS[dialect]
    return function(bindparam(name, type_=JSON)).table_valued(column("value", Text), name=name)
