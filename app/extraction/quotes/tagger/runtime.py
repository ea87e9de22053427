"""The trained network, run by ONNX Runtime on one thread."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from app.errors import ModelError
from app.extraction.quotes.tagger.decode import Array, Scores
from app.extraction.quotes.tagger.windows import Window
from app.extraction.quotes.tagger.words import NO_LETTERS, OUTSIDE, WordPieces, Words

NETWORK = "network.onnx"
VOCABULARY = "tokenizer.json"
STATES = "states"


class Network:
    """Scores for the words of a window.

    Raises ModelError where a file is missing or is no network of this form.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        # One article after another on one thread; more processes, not more threads, use more cores.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Windows differ in length, and memory planned for each length would never be given back.
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        try:
            self.vocabulary = WordPieces(folder / VOCABULARY)
            self._session = onnxruntime.InferenceSession(
                str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
            )
            given = {output.name for output in self._session.get_outputs()}
            if missing := {*Scores._fields, STATES} - given:
                raise ValueError(f"the network has no output {sorted(missing)[0]!r}")
        except Exception as error:  # ONNX Runtime's own exceptions share no base class
            raise ModelError(
                f"The quote model in {folder.name}/ cannot be loaded ({error}). Install Onrecord "
                "anew, or set ONRECORD_EXTRACTOR=rules to do without it."
            ) from error

    def scores(self, words: Words, window: Window) -> Scores:
        """The network's answer for one window."""
        return self.read(words, window)[0]

    def read(self, words: Words, window: Window) -> tuple[Scores, Array]:
        """Its answer, and what its first layers make of each word: (words, hidden)."""
        ids, cases, marks, first = inputs(words, window, self.vocabulary)
        feed = {
            "ids": ids,
            "cases": cases,
            "marks": marks,
            "mask": [1] * len(ids),
            "first": first,
        }
        arrays: dict[str, Any] = {k: np.asarray([v], dtype=np.int64) for k, v in feed.items()}
        *scores, states = (
            array[0] for array in self._session.run([*Scores._fields, STATES], arrays)
        )
        return Scores(*scores), states


@cache
def loaded(folder: Path) -> Network:
    """The network of a folder, loaded once a process."""
    return Network(folder)


def inputs(
    words: Words, window: Window, vocabulary: WordPieces
) -> tuple[list[int], list[int], list[int], list[int]]:
    """What the network reads of a window: ids, cases, marks (a piece); first pieces (a word)."""
    ids, cases, marks, first = [vocabulary.start], [NO_LETTERS], [OUTSIDE], []
    breaks = set(window.breaks)
    for i in range(window.start, window.end):
        if i in breaks:
            ids.append(vocabulary.end)
            cases.append(NO_LETTERS)
            marks.append(OUTSIDE)
        first.append(len(ids))
        pieces = words.pieces[i]
        ids += pieces
        cases += [words.cases[i]] * len(pieces)
        marks += [words.marks[i]] * len(pieces)
    ids.append(vocabulary.end)
    cases.append(NO_LETTERS)
    marks.append(OUTSIDE)
    return ids, cases, marks, first
