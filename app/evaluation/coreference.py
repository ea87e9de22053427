"""Scores for coreference.

MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998) and CEAFe (Luo 2005).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from app.evaluation.entities import HE_OR_SHE, LABELS, Article, Offsets, f1, normalised, ratio

Cluster = Sequence[Offsets]


def clusters(article: Article, *, gold: bool) -> list[Cluster]:
    """The mention spans of each entity, as printed."""
    found: dict[Any, list[Offsets]] = defaultdict(list)
    for a in article.annotations:
        key = (a.cluster or None) if gold else a.entity
        if key is not None:
            found[key].append((a.start, a.end))
    return list(found.values())


def named_clusters(article: Article, *, gold: bool) -> list[Cluster]:
    """The same of names of the three labels, by normalised spans, and forms of he and she alone."""
    found: dict[Any, list[Offsets]] = defaultdict(list)
    for a in article.annotations:
        key = (a.cluster or None) if gold else a.entity
        if key is None:
            continue
        if a.label in LABELS:
            found[key].append(normalised(article.text, a.start, a.end, a.label))
        elif a.label == "PRON" and article.text[a.start : a.end].lower() in HE_OR_SHE:
            found[key].append((a.start, a.end))
    return list(found.values())


def score_coreference(
    gold: Mapping[Any, Sequence[Cluster]], predicted: Mapping[Any, Sequence[Cluster]]
) -> dict[str, float]:
    """F1 of MUC, B3 and CEAFe over all articles, and their mean ("CoNLL")."""
    muc, b3, ceaf = [0.0] * 4, [0.0] * 4, [0.0] * 3
    for key, right in gold.items():
        mine = predicted.get(key, [])
        for sums, measure in ((muc, _muc), (b3, _b3)):
            for position, number in enumerate((*measure(right, mine), *measure(mine, right))):
                sums[position] += number
        for position, number in enumerate((_best_alignment(right, mine), len(right), len(mine))):
            ceaf[position] += number
    scores = {
        "MUC": f1(ratio(muc[2], muc[3]), ratio(muc[0], muc[1])),
        "B3": f1(ratio(b3[2], b3[3]), ratio(b3[0], b3[1])),
        "CEAFe": f1(ratio(ceaf[0], ceaf[2]), ratio(ceaf[0], ceaf[1])),
    }
    return {**scores, "CoNLL": (scores["MUC"] + scores["B3"] + scores["CEAFe"]) / 3}


def _muc(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """Links of `key` that `response` keeps, and all links of `key`."""
    owner = {span: i for i, cluster in enumerate(response) for span in cluster}
    kept = links = 0
    for cluster in key:
        missing = sum(span not in owner for span in cluster)
        parts = {owner[span] for span in cluster if span in owner}
        kept += len(cluster) - len(parts) - missing
        links += len(cluster) - 1
    return kept, links


def _b3(key: Sequence[Cluster], response: Sequence[Cluster]) -> tuple[float, float]:
    """The sum over mentions of the shared part of their clusters, and the number of mentions."""
    owner = {span: cluster for cluster in response for span in cluster}
    total, mentions = 0.0, 0
    for cluster in key:
        for span in cluster:
            mentions += 1
            if span in owner:
                total += len(set(cluster) & set(owner[span])) / len(cluster)
    return total, mentions


def _best_alignment(key: Sequence[Cluster], response: Sequence[Cluster]) -> float:
    """The largest total similarity of a one-to-one alignment of clusters (Luo's phi 4)."""
    if not key or not response:
        return 0.0
    table = [[2 * len(set(a) & set(b)) / (len(a) + len(b)) for b in response] for a in key]
    if len(table) > len(table[0]):
        table = [list(row) for row in zip(*table, strict=True)]
    return sum(table[row][column] for column, row in enumerate(_assign(table)) if row is not None)


def _assign(gain: Sequence[Sequence[float]]) -> list[int | None]:
    """The row of each column in an assignment of greatest gain; no more rows than columns.

    Shortest augmenting paths with potentials (Jonker and Volgenant 1987), cubic time.
    """
    rows, columns = len(gain), len(gain[0])
    row_price, column_price = [0.0] * rows, [0.0] * columns
    owner: list[int | None] = [None] * columns
    for first in range(rows):
        cost = [float("inf")] * columns
        previous: list[int | None] = [None] * columns
        settled: list[int] = []
        row: int | None = first
        here: int | None = None
        base = 0.0
        while row is not None:
            open_columns = [c for c in range(columns) if c not in settled]
            for c in open_columns:
                reach = base - gain[row][c] - row_price[row] - column_price[c]
                if reach < cost[c]:
                    cost[c], previous[c] = reach, here
            here = min(open_columns, key=cost.__getitem__)
            base = cost[here]
            settled.append(here)
            row = owner[here]
        _reprice(row_price, column_price, owner, cost, settled, first)
        while here is not None:
            before = previous[here]
            owner[here] = first if before is None else owner[before]
            here = before
    return owner


def _reprice(
    row_price: list[float],
    column_price: list[float],
    owner: Sequence[int | None],
    cost: Sequence[float],
    settled: Sequence[int],
    first: int,
) -> None:
    """Move the potentials so that the path found costs nothing."""
    end = cost[settled[-1]]
    row_price[first] += end
    for column in settled[:-1]:
        row = owner[column]
        slack = end - cost[column]
        column_price[column] -= slack
        if row is not None:
            row_price[row] += slack
