"""One kind per name: a weighted vote over the article.

A model that labels each sentence by itself calls the same name a person here and a place there. One
name has one sense in one discourse (Gale, Church and Yarowsky 1992, "One sense per discourse"), so
all evidence for a name is added up over the article, and a surname shares its full name's evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain import EntityKind
from app.extraction.names.gazette import PLACES
from app.extraction.names.surfaces import name_key, words_of

Votes = Mapping[EntityKind, float]

# What a word of a name takes over from the whole names that hold it, relative to their votes.
SURNAME_SHARE = 0.8
GIVEN_SHARE = 0.5
# How much must speak for a name that the model saw nowhere.
UNLABELLED_FLOOR = 0.9


@dataclass(slots=True)
class Tally:
    """The evidence collected for one name of one article."""

    votes: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    context: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    labelled: bool = False

    def add(self, votes: Votes, context: Votes, labelled: bool) -> None:
        """Count a mention's votes; `labelled` where the model took it for a name."""
        for kind, weight in context.items():
            self.context[kind] += weight
        for kind, weight in votes.items():
            self.votes[kind] += weight
        self.labelled = self.labelled or labelled

    @property
    def says_person(self) -> bool:
        """Whether the words around this name's mentions speak for a person, not a place."""
        return self.context[EntityKind.PERSON] > self.context[EntityKind.LOCATION]

    @property
    def winner(self) -> EntityKind | None:
        """The kind with most weight; None where nothing speaks for any."""
        best = max(EntityKind, key=lambda kind: self.votes.get(kind, 0.0))
        floor = 0.0 if self.labelled else UNLABELLED_FLOOR
        return best if self.votes.get(best, 0.0) > floor else None


def tally(candidates: Iterable[tuple[str, Votes, Votes, bool]]) -> dict[str, Tally]:
    """Add up the votes of (surface, votes, the context's part of them, labelled) by name."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for surface, votes, context, labelled in candidates:
        tallies[name_key(surface)].add(votes, context, labelled)
    return dict(tallies)


def elect(tallies: Mapping[str, Tally]) -> dict[str, EntityKind]:
    """The kind of every name, single words following the persons whose names they are part of."""
    kinds = {key: kind for key, t in tallies.items() if (kind := t.winner) is not None}
    inherited: dict[str, float] = defaultdict(float)
    surnames: set[str] = set()
    for key, kind in kinds.items():
        words = words_of(key)
        if kind is not EntityKind.PERSON or not 2 <= len(words) <= 4:
            continue
        weight = max(tallies[key].votes[EntityKind.PERSON], 1.0)
        inherited[words[-1]] = max(inherited[words[-1]], SURNAME_SHARE * weight + 1.0)
        surnames.add(words[-1])
        inherited[words[0]] = max(inherited[words[0]], GIVEN_SHARE * weight)
    for word, weight in inherited.items():
        if word in tallies:
            if word in surnames and (word not in PLACES or tallies[word].says_person):
                kinds[word] = EntityKind.PERSON
                continue
            tallies[word].votes[EntityKind.PERSON] += weight
            winner = tallies[word].winner
            if winner is not None:
                kinds[word] = winner
    return kinds
