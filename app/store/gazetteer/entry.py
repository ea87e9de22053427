"""A place with the names it is found by."""

from __future__ import annotations

from typing import NamedTuple

from app.domain import Place


class Entry(NamedTuple):
    """A place and the surfaces it goes by, its own name first."""

    place: Place
    names: tuple[str, ...]
