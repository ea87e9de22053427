"""The kind of every name of an article: votes first, then what has learned from other articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from spacy.tokens import Doc

from app.domain import EntityKind, Span
from app.extraction.names.candidates import Candidate
from app.extraction.names.classifier import Array, log_probabilities, weights
from app.extraction.names.evidence import SOME_SPORT, sport_share
from app.extraction.names.features import Seen, WordVectors, seen
from app.extraction.names.gazette import PLACES
from app.extraction.names.surfaces import name_key
from app.extraction.names.voting import (
    MEAN_VOTE,
    MEAN_VOTE_READ,
    decide,
    elect,
    surnames,
    tally,
)


class Told(Protocol):
    """What the network has made of a text's words."""

    def of(self, span: Span) -> Array:
        """What it tells of a span; one number an outcome."""
        ...


def kinds_of(doc: Doc, found: Sequence[Candidate]) -> dict[str, EntityKind]:
    """The kind of every name among the candidates, by its key.

    In a sports report, a place that the votes make a team stays one: the articles that the learned
    voter knows call a national team a place (`docs/annotation-guide.md`).
    """
    tallies = tally((c.surface, c.votes, c.context, c.labelled) for c in found)
    elected = elect(tallies)
    sport = sport_share(doc)
    names: dict[str, tuple[str, list[Seen]]] = {}
    vectors = WordVectors(doc)
    for c in found:
        mention = seen(doc, c.tokens, c.label, sport, vectors)
        names.setdefault(name_key(c.surface), (c.surface, []))[1].append(mention)
    reading: Told | None = doc._.reading
    told = None if reading is None else _told(reading, found)
    learned = log_probabilities(weights(read=reading is not None), names, told)
    settled = surnames(elected)
    if sport > SOME_SPORT:
        settled |= {k for k, kind in elected.items() if kind is EntityKind.ORGANISATION} & PLACES
    vote = MEAN_VOTE if reading is None else MEAN_VOTE_READ
    return decide(tallies, elected, learned, settled, vote)


def _told(reading: Told, found: Sequence[Candidate]) -> Mapping[str, Array]:
    """What a reading tells of each name, the mean of its mentions."""
    of_mentions: dict[str, list[Array]] = defaultdict(list)
    for c in found:
        of_mentions[name_key(c.surface)].append(reading.of(c.span))
    return {key: np.mean(some, axis=0) for key, some in of_mentions.items()}
