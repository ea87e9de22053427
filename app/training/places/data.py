"""Gold toponyms with the evidence for their candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain import Document, Gazetteer, Place, Span
from app.evaluation.toponyms import is_right
from app.resolution.places import candidates, hints
from app.resolution.places.scorer import Beliefs, Scene, scene
from app.resolution.places.spans import extraction_of
from app.resolution.places.toponyms import toponyms_of

Row = Mapping[str, Any]
Array = NDArray[np.float64]


@dataclass(slots=True)
class Lesson:
    """An article's toponyms, their evidence, and for each gold mention which candidates are right.

    `right` has for each toponym a row for each gold mention and a column for each candidate.
    """

    scene: Scene
    right: list[Array]
    weight: float
    beliefs: Beliefs = field(default_factory=list)


def lesson_of(row: Row, gazetteer: Gazetteer, weight: float) -> Lesson:
    """A gold article of `{"text", "entities": [{"start", "end", "label", "lat"?, …}]}`."""
    document = Document(row["text"], "")
    marked = [e for e in row["entities"] if e["label"] == "LOCATION"]
    spans = [Span(e["start"], e["end"]) for e in marked]
    extraction = extraction_of(row["text"], spans)
    toponyms = list(toponyms_of(document, extraction).values())
    hinted = hints.hints_of(document, extraction, toponyms)
    found = gazetteer.named(candidates.asked(toponyms) | hinted.keys())
    candidates.fill(toponyms, found)
    gold = {Span(e["start"], e["end"]): e for e in marked if "lat" in e}
    right = [_right(t.candidates, [gold[s] for s in t.spans if s in gold]) for t in toponyms]
    return Lesson(scene(toponyms, hints.focus_of_hints(hinted, found)), right, weight)


def _right(places: Sequence[Place], gold: Sequence[Row]) -> Array:
    rows = [[float(is_right(place, entity)) for place in places] for entity in gold]
    return np.array(rows, dtype=np.float64).reshape(len(gold), len(places))
