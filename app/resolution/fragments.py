"""One person taken for several while articles came in: seen once all of them have been read.

An article that says little of somebody founds an entity of its own, and what later articles tell
joins that to another. Those that were founded by the articles at hand may still be joined; what
stood before them is not (`linking` proposes it). Two are compared as each is told by all articles
so far, which is far surer than one article against all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from app.domain import ArticleEntity, Candidate, EntityKind
from app.identity import name_norm
from app.resolution import names
from app.resolution.evidence import Match, weigh
from app.resolution.likeness import Likeness

# Scores in log-odds: from here on two are one, if nobody else who is certainly another comes so
# near. Chosen on the nine sets that the weights are learnt from, each left out: no more was wrong
# than without, and an eighth of the pairs that were missed was found. Bodies gained nothing, and a
# broadcaster became its owner.
ONE = 4.0
RIVAL = 2.0
# Two are certainly two.
CERTAINLY_OTHERS = 0.0


@dataclass(frozen=True, slots=True)
class Fragment:
    """Somebody on record; `articles` are the keys of those at hand that mention them.

    `is_new` says that these founded it, and that no others mention it.
    """

    candidate: Candidate
    is_new: bool = False
    articles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Merger:
    """A new entity that is another one: the score (log-odds) and how alike their names are."""

    uid: str
    into: str
    score: float
    likeness: Likeness


def mergers(groups: Iterable[Sequence[Fragment]]) -> list[Merger]:
    """Which new people of some groups, of those who share a key, are others; the surest first.

    Deterministic whatever the order. Nobody who goes into another one takes a third along, and of
    several who go into one no two are certainly others.
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
        self.articles = {uid: found.articles for uid, found in self.by_uid.items()}

    def joined(self) -> Iterator[Merger]:
        gone: set[str] = set()
        taken: dict[str, list[str]] = defaultdict(list)
        for one, other, match in sorted(self._sure(), key=lambda pair: (-pair[2].score, pair[:2])):
            if gone & {one, other} or self._meet(one, other):
                continue
            if self._has_rivals(one, other, match.score, gone):
                continue
            lesser, greater = self._ordered(one, other)
            if lesser in taken or any(self._are_two(lesser, third) for third in taken[greater]):
                continue
            gone.add(lesser)
            taken[greater].append(lesser)
            self.articles[greater] |= self.articles[lesser]
            yield Merger(lesser, greater, match.score, match.likeness)

    def _sure(self) -> Iterator[tuple[str, str, Match]]:
        for one, found in self.by_uid.items():
            for other in self.near[one] if found.is_new else ():
                if (one < other or not self.by_uid[other].is_new) and not self._meet(one, other):
                    match = self._match(one, other)
                    if match is not None and match.score >= ONE:
                        yield min(one, other), max(one, other), match

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
        return not self.articles[one].isdisjoint(self.articles[other])

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
        return self._are_two(third, farther)

    def _are_two(self, one: str, other: str) -> bool:
        """Whether two are certainly others."""
        match = None if self._meet(one, other) else self._match(one, other)
        return match is None or match.score < CERTAINLY_OTHERS

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
    named: Mapping[str, Sequence[Candidate]],
    new: Collection[str],
    articles: Mapping[str, Iterable[int]],
) -> Iterator[list[Fragment]]:
    """The groups of who is on record under some keys.

    `new` are the ids of those whom the articles at hand founded; `articles` has for each id which
    of these mention it.
    """
    known = {uid: frozenset(some) for uid, some in articles.items()}
    for candidates in named.values():
        yield [Fragment(c, c.uid in new, known.get(c.uid, frozenset())) for c in candidates]
