"""One kind per name: a weighted vote over the article.

A model that labels each sentence by itself calls the same name a person here and a place there. One
name has one sense in one discourse (Gale, Church and Yarowsky 1992, "One sense per discourse"), so
all evidence for a name is added up over the article, and a surname shares its full name's evidence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.domain import EntityKind
from app.extraction.names.gazette import PLACES
from app.extraction.names.lexicon import LEGAL_FORMS, ORGANISATION_HEADS, ORGANISATION_STARTS
from app.extraction.names.surfaces import name_key, words_of

Votes = Mapping[EntityKind, float]
# The log-probability of each kind, and of no name (None).
LogOdds = Mapping[EntityKind | None, float]

# What a word of a name takes over from the whole names that hold it, relative to their votes.
SURNAME_SHARE = 0.8
GIVEN_SHARE = 0.5
BODY_SHARE = 0.5
# What the mean of a name's votes, and being elected by them, weigh beside a log-probability. Chosen
# on newsfair2, GUM news, trnews and CoNLL++ (dev), on none of which the learned voter was trained.
MEAN_VOTE, ELECTED = 1.5, 0.5
# The second for a name that the spaCy model labelled nowhere: most such words are none.
UNSEEN = 1.5
# The first where the network has read the text: then what was learnt is the better part.
MEAN_VOTE_READ = 0.7
# No voter is surer than that (log-probability).
SUREST = math.log(1e-4)
# How much must speak for a name that the model saw nowhere.
UNLABELLED_FLOOR = 0.9


@dataclass(slots=True)
class Tally:
    """The evidence collected for one name of one article."""

    votes: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    context: dict[EntityKind, float] = field(default_factory=lambda: defaultdict(float))
    labelled: bool = False
    mentions: int = 0

    def add(self, votes: Votes, context: Votes, labelled: bool) -> None:
        """Count a mention's votes; `labelled` where the model took it for a name."""
        self.mentions += 1
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
    for word, weight in _short_names(tallies, kinds).items():
        tallies[word].votes[EntityKind.ORGANISATION] += weight
        tallies[word].labelled = True
        winner = tallies[word].winner
        if winner is not None:
            kinds[word] = winner
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


def _short_names(
    tallies: Mapping[str, Tally], kinds: Mapping[str, EntityKind]
) -> Mapping[str, float]:
    """Single words that a body is called by ("Harbour" of "Harbour Bank"), with their votes."""
    short: dict[str, float] = defaultdict(float)
    for key, kind in kinds.items():
        words = words_of(key)
        if kind is not EntityKind.ORGANISATION or not 2 <= len(words) <= 3:
            continue
        if words[-1] in ORGANISATION_HEADS or words[-1] in LEGAL_FORMS:
            word = words[0] if len(words) == 2 else ""
        else:
            word = words[2] if words[1] == "of" and words[0] in ORGANISATION_STARTS else ""
        if word in tallies and word not in PLACES:
            short[word] = max(short[word], BODY_SHARE * tallies[key].votes[kind])
    return short


def surnames(elected: Mapping[str, EntityKind]) -> set[str]:
    """The single words that were elected persons and end the full name of one."""
    people = {key for key, kind in elected.items() if kind is EntityKind.PERSON}
    return people & {words_of(key)[-1] for key in people if 2 <= len(words_of(key)) <= 4}


def decide(
    tallies: Mapping[str, Tally],
    elected: Mapping[str, EntityKind],
    learned: Mapping[str, LogOdds],
    settled: Collection[str] = (),
    mean_vote: float = MEAN_VOTE,
) -> dict[str, EntityKind]:
    """The kind of every name by the votes and by what was `learned` of it, which has all names.

    For the names that are `settled` what was `elected` stands. `mean_vote` is what the mean of a
    name's votes weighs.
    """
    kinds: dict[str, EntityKind] = {}
    for key, counted in tallies.items():
        best = elected.get(key)
        if key not in settled:
            scores = {kind: max(odds, SUREST) for kind, odds in learned[key].items()}
            for kind, votes in counted.votes.items():
                scores[kind] += mean_vote * votes / counted.mentions
            scores[best] += ELECTED if counted.labelled else UNSEEN
            best = max(scores, key=lambda outcome: scores[outcome])
        if best is not None:
            kinds[key] = best
    return kinds
