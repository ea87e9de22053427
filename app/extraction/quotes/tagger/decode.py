"""From the network's scores for the words of a window to quotes.

Words are labelled by the best path through the tags that BIO allows (Viterbi). Each content then
goes to the cue that its words point to, and each cue takes the source that it points to, or none;
a cue that nothing points to, and a source that no cue wants, are let go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

OUTSIDE = 0
CONTENT, SOURCE, CUE = 1, 3, 5  # The first word's label; the one after it labels further words.
TAGS = 7
# Pointing vectors have elements between -1 and 1; their products are spread by this.
SCALE = 96**0.5 / 4
# A content goes to a cue that has none if it points there at least so much.
SECOND_CHOICE = 0.15
# A log probability that ends every path.
NEVER = -1e4


class Scores(NamedTuple):
    """The network's answer for one window.

    `tags` (words, TAGS), the rest (words, D), `source` (words + 1, D): its last row means none.
    """

    tags: Array
    content: Array
    cue: Array
    cue_out: Array
    source: Array


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `start` to `end` (exclusive) of one role.

    `certainty` is the mean probability of its words' tags, `edge` that of the least certain of its
    first word, its last, and the word behind it.
    """

    start: int
    end: int
    certainty: float
    edge: float


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in a window: contents, cue and source, and how sure each link is (0 to 1)."""

    content: tuple[Piece, ...]
    cue: Piece
    source: Piece | None
    link: float
    source_link: float


def _allowed() -> Array:
    """Transition scores between tags: an inner word follows only its own role."""
    moves = np.zeros((TAGS, TAGS), dtype=np.float32)
    for role in (CONTENT, SOURCE, CUE):
        moves[:, role + 1] = NEVER
        moves[[role, role + 1], role + 1] = 0
    return moves


MOVES = _allowed()
FIRST = np.where(np.isin(np.arange(TAGS), (2, 4, 6)), NEVER, 0).astype(np.float32)


def log_softmax(scores: Any) -> Any:
    """Along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def best_path(tags: Array) -> list[int]:
    """The best allowed sequence of tags for log probabilities (words, TAGS)."""
    if not len(tags):
        return []
    best = tags[0] + FIRST
    back = np.empty(tags.shape, dtype=np.int64)
    for i in range(1, len(tags)):
        step = best[:, None] + MOVES
        back[i] = step.argmax(axis=0)
        best = step[back[i], np.arange(TAGS)] + tags[i]
    path = [int(best.argmax())]
    for i in range(len(tags) - 1, 0, -1):
        path.append(int(back[i][path[-1]]))
    return path[::-1]


def pieces(path: Sequence[int], tags: Array) -> dict[int, list[Piece]]:
    """The stretches of each role on a path, for log probabilities (words, TAGS)."""
    likely = np.exp(tags[range(len(path)), path]).tolist()
    found: dict[int, list[Piece]] = {CONTENT: [], SOURCE: [], CUE: []}
    i = 0
    while i < len(path):
        role = path[i]
        if role == OUTSIDE:
            i += 1
            continue
        end = i + 1
        while end < len(path) and path[end] == role + 1:
            end += 1
        edge = min(likely[i], likely[end - 1], likely[end] if end < len(path) else 1.0)
        found[role].append(Piece(i, end, sum(likely[i:end]) / (end - i), edge))
        i = end
    return found


def quotes(scores: Scores, keep: float = 0.0) -> list[Found]:
    """The quotes of one window, by the place of their cue. `keep` is added to OUTSIDE's scores."""
    logits = scores.tags.copy()
    logits[:, OUTSIDE] += keep
    tags = log_softmax(logits)
    found = pieces(best_path(tags), tags)
    cues = found[CUE]
    if not cues or not found[CONTENT]:
        return []
    to_cue = np.exp(log_softmax(scores.content @ scores.cue.T * SCALE))
    shares = _shares(to_cue, found[CONTENT], cues)
    chosen = _assigned(shares)
    to_source = np.exp(log_softmax(scores.cue_out @ scores.source.T * SCALE))
    result = []
    for k, cue in enumerate(cues):
        mine = np.flatnonzero(chosen == k)
        if not len(mine):
            continue
        options = [float(to_source[cue.start, s.start : s.end].sum()) for s in found[SOURCE]]
        options.append(float(to_source[cue.start, -1]))
        best = int(np.argmax(options))
        result.append(
            Found(
                content=tuple(found[CONTENT][i] for i in mine),
                cue=cue,
                source=found[SOURCE][best] if best < len(found[SOURCE]) else None,
                link=float(shares[mine, k].mean()),
                source_link=options[best] / max(sum(options), 1e-9),
            )
        )
    return result


def _assigned(shares: Array) -> NDArray[np.intp]:
    """The cue of each content: the one it points to, but a cue does not go without if it can help.

    In `"A," he said. "B," Ito added.` B may point a little more to *said*; since A does too, and
    *added* would have nothing, it goes there.
    """
    chosen: NDArray[np.intp] = shares.argmax(axis=1)
    for k in range(shares.shape[1]):
        if (chosen == k).any():
            continue
        taken = np.bincount(chosen, minlength=shares.shape[1])
        second = np.where(taken[chosen] > 1, shares[:, k], 0)
        content = int(second.argmax())
        if second[content] >= SECOND_CHOICE:
            chosen[content] = k
    return chosen


def _shares(to_cue: Array, contents: Sequence[Piece], cues: Sequence[Piece]) -> Array:
    """How much of each content points to each cue: (contents, cues), rows summing to 1."""
    mass = np.stack([to_cue[:, c.start : c.end].sum(axis=1) for c in cues], axis=1)
    logs = np.log(mass + 1e-6)
    means = np.stack([logs[p.start : p.end].mean(axis=0) for p in contents])
    shares: Array = np.exp(log_softmax(means))
    return shares
