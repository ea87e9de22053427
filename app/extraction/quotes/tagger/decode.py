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
# Pointing vectors have so many elements between -1 and 1; their products are spread by this.
POINTER = 96
SCALE = POINTER**0.5 / 4
# A content goes to a cue that has none if it points there at least so much.
SECOND_CHOICE = 0.15
INNER = (CONTENT + 1, SOURCE + 1, CUE + 1)
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


def log_softmax(scores: Any) -> Any:
    """Along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def best_path(tags: Array) -> list[int]:
    """The best sequence of tags for log probabilities (words, TAGS): Viterbi.

    An inner word follows only its own role; all other moves cost nothing. Over so few tags plain
    numbers are faster than arrays.
    """
    best = [0.0, *[NEVER] * (TAGS - 1)]  # as if a word outside stood before
    back = []
    for out, content, content_in, source, source_in, cue, cue_in in tags.tolist():
        top = max(best)
        _, c, c_in, s, s_in, q, q_in = best
        # Where the best path to each tag came from: any tag, or the first word of the role.
        back.append((best.index(top), c >= c_in, s >= s_in, q >= q_in))
        best = [
            top + out,
            top + content,
            (c if c >= c_in else c_in) + content_in,
            top + source,
            (s if s >= s_in else s_in) + source_in,
            top + cue,
            (q if q >= q_in else q_in) + cue_in,
        ]
    path: list[int] = []
    tag = best.index(max(best))
    for came in reversed(back):
        path.append(tag)
        if tag in INNER:
            tag -= came[tag // 2]
        else:
            tag = came[0]
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


def quotes(scores: Scores) -> list[Found]:
    """The quotes of one window, by the place of their cue."""
    tags = log_softmax(scores.tags)
    found = pieces(best_path(tags), tags)
    cues = found[CUE]
    if not cues or not found[CONTENT]:
        return []
    shares = _shares(scores, found[CONTENT], cues)
    chosen = _assigned(shares)
    to_source = scores.cue_out[[cue.start for cue in cues]] @ scores.source.T
    to_source = np.exp(log_softmax(to_source * SCALE))
    options = np.column_stack([_sums(to_source, found[SOURCE]), to_source[:, -1]])
    result = []
    for k, cue in enumerate(cues):
        mine = np.flatnonzero(chosen == k)
        if not len(mine):
            continue
        best = int(options[k].argmax())
        result.append(
            Found(
                content=tuple(found[CONTENT][i] for i in mine),
                cue=cue,
                source=found[SOURCE][best] if best < len(found[SOURCE]) else None,
                link=float(shares[mine, k].mean()),
                source_link=float(options[k, best] / max(options[k].sum(), 1e-9)),
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


def _shares(scores: Scores, contents: Sequence[Piece], cues: Sequence[Piece]) -> Array:
    """How much of each content points to each cue: (contents, cues), rows summing to 1."""
    rows = np.concatenate([np.arange(piece.start, piece.end) for piece in contents])
    to_cue = np.exp(log_softmax(scores.content[rows] @ scores.cue.T * SCALE))
    likely = np.log(_sums(to_cue, cues) + 1e-6)
    lengths = np.array([piece.end - piece.start for piece in contents])
    sums = np.add.reduceat(likely, np.cumsum(lengths) - lengths, axis=0)
    shares: Array = np.exp(log_softmax(sums / lengths[:, None]))
    return shares


def _sums(values: Array, pieces: Sequence[Piece]) -> Array:
    """The values (rows, words) of each piece's words together: (rows, pieces).

    The pieces stand in text order and do not overlap.
    """
    if not pieces:
        return values[:, :0]
    bounds = [bound for piece in pieces for bound in (piece.start, piece.end)]
    # Every second sum is of what stands between two pieces; the last may end with the words.
    if bounds[-1] == values.shape[1]:
        bounds.pop()
    sums: Array = np.add.reduceat(values, bounds, axis=1)[:, ::2]
    return sums
