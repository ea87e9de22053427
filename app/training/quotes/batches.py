"""Windows in batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from app.training.quotes.data import UNKNOWN, Example

# Pieces in a batch, padding included.
BATCH_PIECES = 8 * 256
# Windows whose lengths differ by less may swap places between epochs.
SPREAD = 16


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Batches of windows of like length, in random order."""
    order = sorted(examples, key=lambda e: len(e.ids) + rng.random() * SPREAD)
    groups: list[list[Example]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > BATCH_PIECES:
            groups.append([])
            longest = len(example.ids)
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def collate(group: Sequence[Example]) -> dict[str, Tensor]:
    """A batch as tensors: the network's inputs, the labels, and `words`, which are not padding.

    `source_of` is the number of words of the batch's longest window where a cue has no source.
    """
    pieces = max(len(e.ids) for e in group)
    words = max(len(e.first) for e in group)
    n = len(group)
    out = {
        name: torch.zeros(n, pieces, dtype=torch.long) for name in ("ids", "cases", "marks", "mask")
    }
    out["first"] = torch.zeros(n, words, dtype=torch.long)
    out["words"] = torch.zeros(n, words, dtype=torch.bool)
    for name in ("tags", "cue_of", "source_of"):
        out[name] = torch.full((n, words), UNKNOWN)
    for i, e in enumerate(group):
        p, w = len(e.ids), len(e.first)
        for name in ("ids", "cases", "marks"):
            out[name][i, :p] = torch.tensor(getattr(e, name))
        for name in ("first", "tags", "cue_of"):
            out[name][i, :w] = torch.tensor(getattr(e, name))
        out["mask"][i, :p] = 1
        out["words"][i, :w] = True
        for cue, source in e.sources:
            out["source_of"][i, cue] = words if source == w else source
    return out
