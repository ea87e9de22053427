"""spaCy's entity recogniser, with the same weights and the same answer, at half its cost.

spaCy's decoder goes token by token through states that it keeps in C++ and asks, after each of
thousands of calls a document, for the interpreter's lock. But a state outside an entity depends on
one token only: what it reads is the next token and two paddings. So the best move of every token
that may stand outside is worked out for all of them at once; only inside an entity, where the
state also reads its first token and the one before, is there a step a token. The moves and what
allows them are those of `spacy/pipeline/_parser_internals/ner.pyx` (a stack-free BILUO transition
system, after Lample et al. 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from spacy.util import load_config

NAME = "onrecord_ner"
# What a state reads of the tokens: the next one, the entity's first, the one before.
FEATURES = 3

Array = NDArray[np.float32]
Entity = tuple[int, int, str]


class Moves(NamedTuple):
    """The moves of a model by number: `outside` (to stay, to begin, a unit) in ascending order."""

    names: list[str]
    outside: NDArray[np.intp]
    begins: NDArray[np.bool_]
    units: NDArray[np.bool_]
    inner: dict[str, tuple[int, int]]


class Weights(NamedTuple):
    """A model's last layer, (moves, hidden) and (moves,), and the bias (hidden, pieces) before."""

    weights: Array
    bias: Array
    hidden: Array


@Language.factory(
    NAME,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
)
def make_recogniser(
    nlp: Language,
    name: str,
    model: Any,
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Any,
) -> Recogniser:
    """What stands in for spaCy's `ner`, from the same configuration."""
    return Recogniser(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


def in_place_of_ner(folder: Path) -> dict[str, Any]:
    """What to load a model with so that it has this instead of spaCy's own.

    Raises OSError or ValueError where the model's configuration cannot be read.
    """
    components = load_config(folder / "config.cfg").get("components", {})
    own = [name for name, given in components.items() if given.get("factory") == "ner"]
    return {"components": {name: {"factory": NAME} for name in own}}


class Recogniser(EntityRecognizer):  # type: ignore[misc]  # spaCy's is compiled, without types
    """Reads documents without preset entities by itself, and leaves all others to spaCy."""

    _known: Moves | None = None

    def predict(self, docs: Sequence[Doc]) -> Any:
        """The entities of each document, tokens [start, end); states where spaCy is asked."""
        if not self._readable(docs):
            return super().predict(docs)
        if self._known is None or len(self._known.names) != self.moves.n_moves:
            self._known = known_moves(self.moves)
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        features = lower.predict(self.model.get_ref("tok2vec").predict(docs))
        weights = Weights(upper.get_param("W"), upper.get_param("b"), lower.get_param("b"))
        found, start = [], 1  # the first row is the padding
        for doc in docs:
            rows = features[start : start + len(doc)]
            found.append(entities(doc, rows, features[0], weights, self._known))
            start += len(doc)
        return found

    def set_annotations(self, docs: Sequence[Doc], found: Any) -> None:
        """Set `doc.ents`; every other token is marked as outside."""
        if not all(isinstance(one, list) for one in found):
            super().set_annotations(docs, found)
            return
        for doc, one in zip(docs, found, strict=True):
            spans = [Span(doc, start, end, label=label) for start, end, label in one]
            doc.set_ents(spans, default="outside")

    def _readable(self, docs: Sequence[Doc]) -> bool:
        """Whether the model is of the form known here, and nothing is preset."""
        model = self.model
        return (
            bool(model.attrs["has_upper"])
            and not model.attrs["unseen_classes"]
            and model.get_ref("lower").get_dim("nF") == FEATURES
            and model.get_ref("lower").get_dim("nP") > 1
            and any(len(doc) for doc in docs)
            and not any(doc.to_array("ENT_IOB").any() for doc in docs)
        )


def known_moves(moves: Any) -> Moves:
    """The moves of a transition system; what only preset entities allow ("U-", "M") left out."""
    names = [str(moves.get_class_name(i)) for i in range(moves.n_moves)]
    number = {name: i for i, name in enumerate(names)}
    outside = [i for i, name in enumerate(names) if name == "O" or name[:2] in ("B-", "U-")]
    outside = [i for i in outside if names[i] != "U-"]
    return Moves(
        names=names,
        outside=np.array(outside, dtype=np.intp),
        begins=np.array([names[i].startswith("B-") for i in outside]),
        units=np.array([names[i].startswith("U-") for i in outside]),
        inner={
            name[2:]: (number[f"I-{name[2:]}"], number[f"L-{name[2:]}"])
            for name in names
            if name.startswith("B-")
        },
    )


def entities(
    doc: Doc, features: Array, padding: Array, weights: Weights, moves: Moves
) -> list[Entity]:
    """The entities of a document: tokens [start, end) and label.

    `features` (tokens, FEATURES, hidden, pieces) are what each token adds to a state in each of its
    roles, `padding` (FEATURES, hidden, pieces) what a role without a token adds.
    """
    ends = _ends(doc)
    spaces = doc.to_array("IS_SPACE") != 0
    best = _best_outside(features, padding, weights, moves, spaces, ends)
    found: list[Entity] = []
    after = 0
    for start in np.flatnonzero(moves.begins[best] | moves.units[best]).tolist():
        if start < after:
            continue
        label = moves.names[moves.outside[best[start]]][2:]
        if moves.units[best[start]]:
            after = start + 1
        else:
            after = _end(start, features, weights, moves.inner[label], ends)
        found.append((start, after, label))
    return found


def _ends(doc: Doc) -> NDArray[np.bool_]:
    """Which tokens are the last of a sentence: no entity goes on behind them."""
    ends = np.ones(len(doc), dtype=bool)
    ends[:-1] = doc.to_array("SENT_START")[1:] == 1
    return ends


def _best_outside(
    features: Array,
    padding: Array,
    weights: Weights,
    moves: Moves,
    spaces: NDArray[np.bool_],
    ends: NDArray[np.bool_],
) -> NDArray[np.intp]:
    """The best move of each token, should it stand outside: an index into `moves.outside`."""
    sums = features[:, 0] + padding[1]
    sums += padding[2]
    sums += weights.hidden
    scores = _maxout(sums) @ weights.weights[moves.outside].T
    scores += weights.bias[moves.outside]
    scores[np.ix_(spaces, moves.begins | moves.units)] = -np.inf
    scores[np.ix_(ends, moves.begins)] = -np.inf
    best: NDArray[np.intp] = scores.argmax(axis=1)
    return best


def _maxout(sums: Array) -> Array:
    """The greatest of each (…, pieces): numpy's own `max` is slow over so few."""
    best = sums[..., 0]
    for piece in range(1, sums.shape[-1]):
        best = np.maximum(best, sums[..., piece])
    return best


def _end(
    start: int,
    features: Array,
    weights: Weights,
    inner: tuple[int, int],
    ends: NDArray[np.bool_],
) -> int:
    """The end of an entity that begins at `start`; `inner` are its moves to go on and to end."""
    rows, bias = weights.weights[inner, :], weights.bias[[*inner]]
    at = start + 1
    while not ends[at]:
        sums = features[at, 0] + features[start, 1]
        sums += features[at - 1, 2]
        sums += weights.hidden
        on, end = (rows @ _maxout(sums) + bias).tolist()
        # Where two moves are level spaCy takes the first.
        if on < end or (on == end and inner[1] < inner[0]):
            break
        at += 1
    return at + 1
