"""A learned voter: how likely each kind of name, and no name, is, from a name's signs.

Multinomial logistic regression over the signs of `features` and the word vectors of the name and of
the words around it, one row a name of an article; where the quotes' network has read the text, also
over what its first layers make of the name's words. `app/training/names` makes the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.domain import EntityKind
from app.extraction.names.features import Seen, named_signs, shared_words
from app.extraction.names.voting import LogOdds

FOLDER = Path(__file__).parents[1] / "models" / "names"
# By whether the network has read the text.
FILES = {False: FOLDER / "weights.json", True: FOLDER / "weights_read.json"}
# The order of the weights' columns; None is "no name".
OUTCOMES: tuple[EntityKind | None, ...] = (*EntityKind, None)
# How much a unit vector weighs beside a sign, in training and here.
VECTOR_SCALE = 3.0

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by sign (signs, 4), of the two vectors (2 * width, 4), and the bias (4,).

    `states` are those of the network's states (hidden, 4), empty where it has not read.
    """

    rows: dict[str, int]
    signs: Array
    vectors: Array
    bias: Array
    states: Array


@cache
def weights(read: bool) -> Weights:
    """The weights that come with the package, for texts that the network has `read` or not."""
    made = json.loads(FILES[read].read_text(encoding="utf-8"))
    signs: dict[str, list[float]] = made["signs"]
    return Weights(
        rows={sign: i for i, sign in enumerate(signs)},
        signs=np.array(list(signs.values()), dtype=np.float32),
        vectors=np.array(made["vectors"], dtype=np.float32),
        bias=np.array(made["bias"], dtype=np.float32),
        states=np.array(made["states"], dtype=np.float32).reshape(-1, len(OUTCOMES)),
    )


def vectors_of(mentions: Sequence[Seen]) -> Array:
    """A name's vector, of length 1, beside that of what stands around its mentions."""
    around = mentions[0].around
    if len(mentions) > 1:
        around = np.mean([mention.around for mention in mentions], axis=0)
        around = around / (np.linalg.norm(around) + 1e-6)
    return np.asarray(np.concatenate([mentions[0].own, around]) * VECTOR_SCALE, dtype=np.float32)


# The names of an article by their keys: surface and mentions.
Names = Mapping[str, tuple[str, Sequence[Seen]]]


def read(names: Names) -> Iterator[tuple[str, dict[str, float], Array]]:
    """Each name's key, signs with their shares, and vectors: what is learned from and asked."""
    labels = {key: [m.label for m in mentions] for key, (_, mentions) in names.items()}
    shared = shared_words(labels)
    for key, (surface, mentions) in names.items():
        yield key, named_signs(surface, mentions, shared.get(key, set())), vectors_of(mentions)


def log_probabilities(
    learned: Weights, names: Names, told: Mapping[str, Array] | None = None
) -> dict[str, LogOdds]:
    """The log-probability of each outcome for each name of an article.

    `told` is what the states of a name's words add to each outcome, by key. Where the spaCy model
    has no word vectors of the width that the weights were made for, the signs alone speak.
    """
    if not names:
        return {}
    scores = np.tile(learned.bias, (len(names), 1))
    for i, (key, signs, vector) in enumerate(read(names)):
        known = [
            (learned.rows[sign], share) for sign, share in signs.items() if sign in learned.rows
        ]
        if known:
            rows, shares = zip(*known, strict=True)
            scores[i] += np.asarray(shares, dtype=np.float32) @ learned.signs[list(rows)]
        if len(vector) == len(learned.vectors):
            scores[i] += vector @ learned.vectors
        if told is not None:
            scores[i] += told[key]
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return {
        key: dict(zip(OUTCOMES, row, strict=True))
        for key, row in zip(names, scores.tolist(), strict=True)
    }
