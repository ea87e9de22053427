"""Reading a record of a million quotes: the hot page, and what every operation costs at most.

Making the record takes some minutes, once (`record.py`). CPU times are of whole requests, through
all middlewares, without a socket.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tests.bench import serving
from tests.bench.measure import Figure, in_turns, p99
from tests.bench.record import record, some_entities, top_speakers
from tests.bench.requests import Application
from tests.bench.world import VOCABULARY, word

PAGE = 50
DEEP, DEEP_PAGE = 1_000, 10
ROUNDS = 40
ASKED = 200
COMMON_WORDS = (0, 1, 2, 5, 10, 50, 200, 1_000, 5_000)


def figures() -> Iterator[Figure]:
    """All figures of reading."""
    small, large = record("small"), record("large")
    yield from serving.ratios(large)
    few, many = Application(small), Application(large)
    yield from page_growth(small, large, few, many)
    yield from depth_growth(large, many)
    yield from costs(large, many)
    few.close()
    many.close()
    yield from serving.under_write(large)


def page_growth(small: Path, large: Path, few: Application, many: Application) -> Iterator[Figure]:
    """The page of the most quoted speakers, as many in both records."""
    speakers = top_speakers(small, PAGE + 1, 20)
    pairs = zip(speakers, top_speakers(large, PAGE + 1, len(speakers)), strict=True)
    works = [
        partial(application.cost, f"/v1/quotes?speaker={uid}&limit={PAGE}")
        for pair in pairs
        for application, uid in zip((few, many), pair, strict=True)
    ]
    found = in_turns(works, ROUNDS)
    slow = [p99([cost for some in found[side::2] for cost in some]) for side in (0, 1)]
    yield Figure("page_at_10k", slow[0], "CPU p99 ms", ROUNDS)
    yield Figure("page_at_1m", slow[1], "CPU p99 ms", ROUNDS)
    yield Figure("page_growth", slow[1] / slow[0], "ratio", ROUNDS)


def depth_growth(large: Path, many: Application) -> Iterator[Figure]:
    """The thousandth page of the most quoted speaker, and of all quotes, over the first."""
    speaker = top_speakers(large, PAGE, 1)[0]
    for name, first in (
        ("depth_growth", f"/v1/quotes?limit={DEEP_PAGE}&speaker={speaker}"),
        ("depth_growth_of_all", f"/v1/quotes?limit={DEEP_PAGE}"),
    ):
        deep = first
        for _ in range(DEEP - 1):
            deep = json.loads(many.get(deep)[1])["next"]
        found = in_turns([partial(many.cost, path) for path in (first, deep)], 5 * ROUNDS)
        yield Figure(name, p99(found[1]) / p99(found[0]), "ratio", 5 * ROUNDS)


def costs(large: Path, many: Application) -> Iterator[Figure]:
    """The 99th percentile of each operation's CPU time, the most frequent asked with others."""
    for name, paths in operations(large).items():
        found = in_turns([partial(many.cost, path) for path in paths], 2)
        missing = sum(not some for some in found)
        if missing:
            yield Figure(name, 0.0, f"missing: {missing} of {len(paths)} not answered", 0)
            continue
        every = [cost for some in found for cost in some]
        yield Figure(name, p99(every), "CPU p99 ms", len(every))
        worst = max(range(len(paths)), key=lambda i: min(found[i]))
        yield Figure(f"{name}_worst", min(found[worst]), f"CPU ms, {paths[worst]}", len(every))


def operations(large: Path) -> dict[str, list[str]]:
    """The requests of each figure."""
    chance = random.Random(5)
    entities = some_entities(large, ASKED)
    words = [word(rank) for rank in COMMON_WORDS]
    words += [word(int(VOCABULARY * chance.random() ** 4)) for _ in range(ASKED // 3)]
    searched = [
        *words,
        *(f"{one} -{other}" for one, other in itertools.pairwise(words)),
        *(f"{one[:3]}*" for one in words),
    ]
    phrases = [f"q={quote(chr(34) + a + ' ' + b + chr(34))}" for a, b in itertools.pairwise(words)]
    typed = [name[:length] for _, name in entities for length in (1, 2, 3, 5, 8)]
    mistyped = [name[:3] + "x" + name[4:] for _, name in entities if len(name) > 5]
    uids = [uid for uid, _ in entities]
    found = [f"q={quote(text)}" for text in searched]
    filters = ["", *(f"speaker={uid}" for uid in uids[:100]), *found[:100]]
    filters += [f"about={uid}" for uid in uids[:50]] + ["kind=direct", "polarity=denied"]
    return {
        "search_newest": [f"/v1/quotes?{q}" for q in found],
        "search_newest_phrases": [f"/v1/quotes?{q}" for q in phrases],
        "search_relevance": [f"/v1/quotes?{q}&sort=relevance" for q in [*found, *phrases]],
        "suggest": [f"/v1/entities/suggest?q={quote(text)}" for text in typed + mistyped],
        "facets": [f"/v1/stats/facets?{query}" for query in filters],
        "related": [f"/v1/entities/{uid}/related" for uid in uids],
        "timeline": [f"/v1/entities/{uid}/timeline" for uid in uids],
    }
