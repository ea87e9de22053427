"""One person taken for several while articles came in: seen once all of them have been read.

An article that says little of somebody founds an entity of its own, and what later articles tell
joins that to another. Those that were founded by the articles at hand may still be joined; what
stood before them is not (`linking` proposes it). Two are compared as each is told by all articles
so far, which is far surer than one article against all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from app.domain import ArticleEntity, Candidate, EntityKind
from app.identity import name_norm
from app.resolution import names
from app.resolution.evidence import Match, weigh

# Scores in log-odds: from here on two are one, if nobody else who is certainly another comes so
# near. Chosen on the nine sets that the weights are learnt from, each left out: no more was wrong
# than without, and a seventh of the pairs that were missed was found. Bodies gained nothing, and a
# broadcaster became its owner.
ONE = 4.0
RIVAL = 2.0
# Two are certainly two.
CERTAINLY_OTHERS = 0.0


@dataclass(frozen=True, slots=True)
class Fragment:
    """Somebody on record; `beside` are the ids of those who stand in the same articles.

    `is_new` says that the articles at hand founded it and no other mentions it; of others `beside`
    may be empty.
    """

    candidate: Candidate
    is_new: bool = False
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merger:
    """A new entity that is another one, with the score (log-odds) and the reasons, best first."""

    uid: str
    into: str
    score: float
    reasons: tuple[str, ...]


def mergers(groups: Iterable[Sequence[Fragment]]) -> list[Merger]:
    """Which new people of some groups, of those who share a key, are others; the surest first.

    Deterministic whatever the order. Nobody who goes into another one takes a third along, so that
    nobody is joined by way of somebody else.
    """
    return list(_People(groups).joined())


class _People:
    """The people of some groups, and how likely any two of a group are one."""

    def __init__(self, groups: Iterable[Sequence[Fragment]]) -> None:
        self.by_uid: dict[str, Fragment] = {}
        self.near: dict[str, set[str]] = defaultdict(set)
        self.matches: dict[tuple[str, str], Match | None] = {}
        for group in groups:
            people = {f.candidate.uid: f for f in group if f.candidate.kind is EntityKind.PERSON}
            self.by_uid |= people
            for one, other in combinations(sorted(people), 2):
                self.near[one].add(other)
                self.near[other].add(one)
        # Who was joined to somebody stands beside all that one stood beside.
        self.beside = {uid: set(found.beside) for uid, found in self.by_uid.items()}

    def joined(self) -> Iterator[Merger]:
        gone: set[str] = set()
        taken: set[str] = set()
        for one, other, match in sorted(self._sure(), key=lambda pair: (-pair[2].score, pair[:2])):
            if gone & {one, other} or self._meet(one, other):
                continue
            if self._has_rivals(one, other, match.score, gone):
                continue
            lesser, greater = self._ordered(one, other)
            if lesser in taken:
                continue
            gone.add(lesser)
            taken.add(greater)
            self.beside[greater] |= self.beside[lesser]
            for uid in self.beside[lesser] & self.beside.keys():
                self.beside[uid].add(greater)
            yield Merger(lesser, greater, match.score, match.reasons)

    def _sure(self) -> Iterator[tuple[str, str, Match]]:
        for one, found in self.by_uid.items():
            for other in self.near[one] if found.is_new else ():
                if (one < other or not self.by_uid[other].is_new) and not self._meet(one, other):
                    match = self._match(one, other)
                    if match is not None and match.score >= ONE:
                        yield *sorted((one, other)), match  # type: ignore[misc]

    def _match(self, one: str, other: str) -> Match | None:
        """How likely two are one, the mean of either as the candidate for the other."""
        pair = min(one, other), max(one, other)
        if pair not in self.matches:
            a, b = (self.by_uid[uid].candidate for uid in pair)
            there, back = _weighed(a, b), _weighed(b, a)
            if there is not None and back is not None:
                there = replace(there, score=(there.score + back.score) / 2)
            self.matches[pair] = None if back is None else there
        return self.matches[pair]

    def _meet(self, one: str, other: str) -> bool:
        """Whether they stand in one article: nobody is two of one article."""
        return other in self.beside[one] or one in self.beside[other]

    def _has_rivals(self, one: str, other: str, score: float, gone: set[str]) -> bool:
        """Whether somebody else is about as likely one of them, and certainly not the other."""
        return any(
            self._rivals(third, nearer, farther, score)
            for nearer, farther in ((one, other), (other, one))
            for third in self.near[nearer] - gone - {one, other}
        )

    def _rivals(self, third: str, nearer: str, farther: str, score: float) -> bool:
        if self._meet(third, nearer):
            return False
        match = self._match(third, nearer)
        if match is None or match.score <= score - RIVAL:
            return False
        if self._meet(third, farther):
            return True
        apart = self._match(third, farther)
        return apart is None or apart.score < CERTAINLY_OTHERS

    def _ordered(self, one: str, other: str) -> tuple[str, str]:
        """The one that goes, and the one that stays: what stood, else what is in more articles."""

        def rank(uid: str) -> tuple[bool, int, str]:
            found = self.by_uid[uid]
            return not found.is_new, found.candidate.articles, uid

        lesser, greater = sorted((one, other), key=rank)
        return lesser, greater


def _weighed(candidate: Candidate, other: Candidate) -> Match | None:
    """The match of somebody on record with another one, by all that is told of both."""
    if candidate.traits is None or other.traits is None:
        return None
    called = tuple(other.traits.called)
    known = {name_norm(form) for form in (candidate.name, *candidate.traits.called)}
    # The names by which it was sought are the other one's.
    candidate = replace(candidate, aliases=frozenset(known))
    level = names.alike(ArticleEntity(other.kind, other.name, called), candidate)
    return None if level is None else weigh(candidate, level, other.traits, {})


def grouped(
    named: Mapping[str, Sequence[Candidate]], new: Mapping[str, Iterable[str]]
) -> Iterator[list[Fragment]]:
    """The groups of who is on record under some keys; `new` has who stands beside each new one."""
    beside = {uid: frozenset(uids) for uid, uids in new.items()}
    for some in named.values():
        yield [Fragment(c, c.uid in new, beside.get(c.uid, frozenset())) for c in some]
