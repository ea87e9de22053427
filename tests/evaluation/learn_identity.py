"""`python -m tests.evaluation.learn_identity`: learns who is who across articles.

The teachers are nine of the sets of articles in `tests/data/identity`. Read as if every earlier
article had been resolved rightly, each of their people, bodies and places is a choice among those
on record that it may be by name, and nobody of them. The weights (`app/resolution/weights.json`)
are those under which the right ones have the largest shares, held to guesses by a penalty and to
their signs: what the articles do not tell stays as a person would set it. First prints what is
resolved of each part when the weights are learnt from the other parts alone.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from app.domain import EntityKind, ResolvedEntity
from app.resolution import evidence, likeness, names
from app.resolution.contexts import CENTRE, Contexts
from app.resolution.evidence import NEW
from app.resolution.likeness import Likeness
from app.resolution.linking import _Article
from app.resolution.traits import traits_of
from app.training.logit import fit
from tests.evaluation.identity_scores import in_time, ingested, scored
from tests.identity_set import TAUGHT, Marked, read_set
from tests.resolution.record import MemoryRecord

FILE = Path(evidence.__file__).with_name("weights.json")
# How firmly the guesses hold. In the articles bodies of one name are often two; in the news hardly
# ever, so that theirs hold firmer: exact names must do no better there (`test_identity_gold.py`).
PENALTY = {EntityKind.PERSON: 2.0, EntityKind.ORGANISATION: 8.0, EntityKind.LOCATION: 2.0}
SHUFFLES = range(11, 19)

# What a person would say, in natural log-odds, before anything was counted.
GUESSES: Mapping[str, float] = {
    **{v.reason: v.prior for v in vars(likeness).values() if isinstance(v, Likeness)},
    "names": 1.6,
    "names_alone": 1.6,
    "family": 0.8,
    "places": 1.0,
    "places_alone": 1.0,
    "same_middle": 1.0,
    "rare_topics": 0.6,
    "topics": 0.35,
    "context": 0.5,
    "alive_after_death": -2.0,
    "both_dead": 0.5,
    "same_age": 2.0,
    "other_age": -4.0,
    "other_generation": -10.0,
    "same_home": 0.5,
    "town": 0.5,
    "share_of_topics": 0.5,
    "many_topics": -0.5,
    "same_role": 1.4,
    "role_nearby": 1.2,
    "vague_role": 0.4,
    "same_field": 0.7,
    "fitting_field": 0.6,
    "other_role": -0.5,
    "other_field": -2.6,
    "other_but_fitting": -1.4,
    "unfitting_field": -1.4,
    "unfitting_topics": -1.0,
    "other_places": -1.0,
    "nothing_shared": -0.8,
    "only_places": -2.0,
    "namesake": -3.0,
    "well_known": 1.5,
    "listed": 1.5,
    "long_ago": -1.5,
    "outlet": 0.5,
    "outlet_of_a_town": 1.0,
    "other_outlet_of_a_town": -0.5,
    "no_town": -2.0,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An article's entity: features of those that it may be, and the number of the right one."""

    kind: EntityKind
    rows: tuple[Mapping[str, float], ...]
    right: int | None


def choices(articles: Sequence[Marked]) -> Iterator[Choice]:
    """The choices of a part, in order of time and in others: articles come in late, too."""
    yield from _choices(in_time(articles))
    for seed in SHUFFLES:
        shuffled = in_time(articles)
        random.Random(seed).shuffle(shuffled)
        yield from _choices(shuffled)


def _choices(articles: Sequence[Marked]) -> Iterator[Choice]:
    """The choices in one order, each with a record that is right so far."""
    record = MemoryRecord()
    for marked in articles:
        traits = traits_of(marked.document, marked.extraction)
        article = _Article(marked.id, marked.extraction, record, marked.document)
        article._find_candidates()
        known = {
            i: record.entities[k] for i, k in enumerate(marked.bearers) if k in record.entities
        }
        for index, key in enumerate(marked.bearers):
            if not (candidates := article.candidates[index]):
                continue
            article.found = {i: c for i, c in known.items() if i != index}
            mine = article._in_company(traits, [index])[index]
            rows = []
            for candidate, level in candidates:
                told: dict[str, float] = {}
                for feature in evidence.features(candidate, level, mine, article.commonness):
                    told[feature.name] = told.get(feature.name, 0.0) + feature.amount
                rows.append(told)
            right = next((n for n, (c, _) in enumerate(candidates) if c.uid == key), None)
            yield Choice(marked.extraction.entities[index].kind, tuple(rows), right)
        record.remember(
            [
                ResolvedEntity(entity, key, tuple(names.stored_keys(entity)), told_of)
                for entity, key, told_of in zip(
                    marked.extraction.entities, marked.bearers, traits, strict=True
                )
            ]
        )


def learn(taught: Sequence[Choice]) -> dict[EntityKind, dict[str, float]]:
    """The weights by kind of entity and feature."""
    return {
        kind: _learn([c for c in taught if c.kind is kind], PENALTY[kind]) for kind in EntityKind
    }


def _learn(taught: Sequence[Choice], penalty: float) -> dict[str, float]:
    features = [NEW, *sorted({*GUESSES, *(f for c in taught for row in c.rows for f in row)})]
    rows: list[list[float]] = []
    right: list[float] = []
    starts = []
    for choice in taught:
        starts.append(len(rows))
        rows += [[row.get(f, 0.0) for f in features] for row in choice.rows]
        rows.append([float(f == NEW) for f in features])
        right += [float(n == choice.right) for n in range(len(choice.rows))]
        right.append(float(choice.right is None))
    guess = [GUESSES.get(f, 0.0) for f in features]
    weights = fit(
        np.array(rows), np.array(right), np.ones(len(starts)), starts,
        guess=guess, penalty=penalty, signed=True,
    )  # fmt: skip
    return dict(zip(features, weights, strict=True))


def centre(parts: Iterable[Sequence[Marked]]) -> list[float]:
    """The mean of the contexts of all people, before anything is taken off."""
    found = []
    for marked in (one for articles in parts for one in articles):
        contexts = Contexts(marked.document.text)
        spans = defaultdict(list)
        for mention in marked.extraction.mentions:
            if mention.kind is EntityKind.PERSON and mention.entity is not None:
                spans[mention.entity].append(mention.span)
        raw = (contexts.raw(some, some) for some in spans.values())
        found += [vector for vector in raw if vector is not None]
    return [round(float(mean), 4) for mean in np.mean(found, axis=0)]


def main() -> None:
    """Score what is learnt without each part, then learn from all that teach, and write.

    The centre of the contexts is that of all parts, also where one is left out.
    """
    parts = {part: read_set(part) for part in TAUGHT}
    CENTRE.write_text(json.dumps(centre(parts.values())) + "\n", encoding="utf-8")
    taught = {part: list(choices(articles)) for part, articles in parts.items()}
    for left_out, articles in parts.items():
        learnt = learn([c for part in TAUGHT if part != left_out for c in taught[part]])
        with patch.object(evidence, "weights", return_value=learnt):
            score = scored(ingested(articles))
        print(
            f"{left_out}: {score.wrong_share:.3f} of {score.said} wrong, recall {score.recall:.3f}"
        )
    made = {
        kind.value: weights
        for kind, weights in learn([c for some in taught.values() for c in some]).items()
    }
    FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
