"""Embeds every word of a batch once, however often it stands there.

The first half of a spaCy `tok2vec` looks at each token by itself: hashed features, a static vector
and a dense layer over them. In news three tokens of four have stood in the batch before, so the
layer is run on the distinct ones, and its rows are handed out. The answer is the same to rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH, intify_attr  # type: ignore[import-not-found]  # compiled
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from app.extraction.layers import no_training, replace_layers

NAME = "distinct"
# Odd numbers that spread a column of hashes over 64 bits (the golden ratio's, and its powers).
SPREAD = 0x9E3779B97F4A7C15

Columns = NDArray[np.uint64]


class Distinct:
    """The distinct tokens of some documents, in the form of a `Doc` as far as embedding reads it.

    `columns` (tokens, attributes) are their attributes, in the order of `attributes`.
    """

    def __init__(self, vocab: Vocab, attributes: Sequence[int], columns: Columns) -> None:
        self.vocab = vocab
        self._columns = {key: columns[:, i] for i, key in enumerate(attributes)}
        self._size = len(columns)

    def __len__(self) -> int:
        return self._size

    def to_array(self, attributes: int | Sequence[int | str]) -> Columns:
        """The attributes of each token: (tokens,) for one, (tokens, attributes) for a list."""
        if isinstance(attributes, int):
            return self._columns[attributes]
        return np.stack([self._columns[intify_attr(key)] for key in attributes], axis=1)


def apply(nlp: Any) -> None:
    """Put the layer around the embeddings of every model of a pipeline that has such ones."""

    def wrapped(embed: Any) -> Any | None:
        attributes = _attributes(embed, nlp.vocab)
        attrs = {"attributes": attributes}
        return Model(NAME, forward, layers=[embed], attrs=attrs) if attributes else None

    replace_layers(nlp, "embed", wrapped)


def _attributes(embed: Any, vocab: Vocab) -> list[int]:
    """What an embedding reads of a token; nothing if it is of a form unknown here."""
    found: list[int] = []
    for node in embed.walk():
        if node.name == "extract_features":
            found += [intify_attr(column) for column in node.attrs["columns"]]
        elif node.name == "static_vectors":
            found.append(getattr(vocab.vectors, "attr", ORTH))
    return list(dict.fromkeys(found))


def forward(
    model: Any, docs: Sequence[Doc], is_train: bool
) -> tuple[list[Any], Callable[[Any], Any]]:
    """The embedding of each token of each document: a list of (tokens, width)."""
    embed, attributes = model.layers[0], model.attrs["attributes"]
    lengths = [len(doc) for doc in docs]
    if is_train or not sum(lengths):
        answer: tuple[list[Any], Callable[[Any], Any]] = embed(docs, is_train)
        return answer
    columns = np.concatenate(
        [doc.to_array(attributes).reshape(len(doc), len(attributes)) for doc in docs]
    )
    firsts, places = distinct_rows(columns)
    (rows,) = embed.predict([Distinct(docs[0].vocab, attributes, columns[firsts])])
    return np.split(rows[places], np.cumsum(lengths)[:-1]), no_training


def distinct_rows(columns: Columns) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each distinct row of (rows, attributes) first stands, and the distinct row of each.

    Sorting one number a row is ten times faster than sorting rows. Should two rows share a number,
    every row counts as distinct.
    """
    weights = np.uint64(SPREAD) ** np.arange(1, columns.shape[1] + 1, dtype=np.uint64)
    _, firsts, places = np.unique(columns @ weights, return_index=True, return_inverse=True)
    if not (columns[firsts[places]] == columns).all():
        firsts = places = np.arange(len(columns))
    return firsts, places
