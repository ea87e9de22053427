"""The kind of every name of an article: votes first, then what has learned from other articles."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from app.domain import EntityKind
from app.extraction.names.candidates import Candidate
from app.extraction.names.classifier import log_probabilities, weights
from app.extraction.names.evidence import SOME_SPORT, sport_share
from app.extraction.names.features import Seen, WordVectors, seen
from app.extraction.names.gazette import PLACES
from app.extraction.names.surfaces import name_key
from app.extraction.names.voting import decide, elect, surnames, tally


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
    learned = log_probabilities(weights(), names)
    settled = surnames(elected)
    if sport > SOME_SPORT:
        settled |= {k for k, kind in elected.items() if kind is EntityKind.ORGANISATION} & PLACES
    return decide(tallies, elected, learned, settled)
