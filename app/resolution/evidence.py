"""How likely an article's entity is one on record: the likeness of names and what is told of both.

The score is in natural log-odds, a sum of weights as in Fellegi and Sunter's record linkage (1969).
The weights are settings of ours, chosen on `tests/data/identity/tuning.txt`, and round: each was
moved in steps of a tenth or more. Terms that many articles share weigh less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log10

from app.domain import Candidate, EntityKind, Traits
from app.resolution.fields import fields_of_topics
from app.resolution.likeness import LOCAL_BODY, OF_A_TOWN, Likeness
from app.resolution.occupations import SAME, VAGUE, fields_of

SHARED_NAME, MOST_NAMES = 1.6, 4.0
SHARED_PLACE, MOST_PLACES = 1.0, 2.0
SHARED_TOPIC, MOST_TOPICS = 0.35, 2.1
SAME_ROLE, SAME_VAGUE_ROLE, SAME_FIELD = 1.4, 0.4, 0.7
OTHER_FIELD = -2.6
OTHER_BUT_FITTING = -1.4
# The same where the field of one is only seen from the words around.
FITTING_FIELD, UNFITTING_FIELD, UNFITTING_TOPICS = 0.6, -1.4, -1.0
# The occupation of one stands among the words around the other.
ROLE_NEARBY = 1.2
# Nothing in common where both sides are known: at most so much, with three terms on both sides.
OTHER_PLACES = {EntityKind.PERSON: -1.0, EntityKind.ORGANISATION: -1.6, EntityKind.LOCATION: -0.6}
ENOUGH_PLACES = 3
OTHER_TOPICS, ENOUGH_TOPICS = -0.5, 8
# Two that have nothing in common but the name.
NOTHING_SHARED, ONLY_PLACES = -0.8, -2.0
IN = "in"
LONG_AGO, YEARS = -1.5, 30
FAME, MOST_FAME = 0.6, 1.8
# A name that many towns may have, and no town in common.
NO_SHARED_TOWN = -2.0
# Bodies of which the same outlet writes: a paper that says "the council" means that of its town.
SAME_OUTLET = {LOCAL_BODY: 1.5, OF_A_TOWN: 1.0}
SAME_OUTLET_OTHERWISE = 0.5
# The article says that somebody else has the name.
NAMESAKE = -3.0
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with its score and the reasons for it, the strongest first."""

    candidate: Candidate
    likeness: Likeness
    score: float
    reasons: tuple[str, ...]

    @property
    def probability(self) -> float:
        """The score as a number in [0, 1]; not calibrated."""
        return 1 / (1 + exp(-self.score))


def weigh(
    candidate: Candidate, likeness: Likeness, mine: Traits, commonness: Mapping[str, int]
) -> Match:
    """The match of a candidate with an entity of which an article says `mine`.

    `commonness` says how many articles mention the bearer of a (normalised) name.
    """
    parts = [(likeness.prior, likeness.reason)]
    # Who is often written of is more often meant.
    parts.append((min(MOST_FAME, FAME * log10(max(1, candidate.articles))), ""))
    if mine.is_namesake:
        parts.append((NAMESAKE, ""))
    theirs = candidate.traits
    if theirs is not None and (theirs.articles or theirs.roles or theirs.topics):
        if candidate.kind is EntityKind.PERSON:
            parts += _roles(mine, theirs)
        names = dict.fromkeys(_long_forms(mine.names, theirs.names), 1)
        parts += _shared("with", names, theirs.names, commonness, SHARED_NAME, MOST_NAMES)
        there = _places(candidate.kind, mine, theirs, commonness)
        outlets = mine.outlets.keys() & theirs.outlets.keys()
        if outlets:
            parts.append((SAME_OUTLET.get(likeness, SAME_OUTLET_OTHERWISE), ""))
        elif likeness == OF_A_TOWN and not any(reason for _, reason in there):
            parts.append((NO_SHARED_TOWN, ""))
        parts += there
        parts += _topics(mine, theirs)
        parts += _time(mine, theirs)
        parts += _too_little([reason for _, reason in parts[2:] if reason], candidate.kind)
    reasons = [reason for weight, reason in sorted(parts, reverse=True) if weight > 0 and reason]
    return Match(candidate, likeness, sum(weight for weight, _ in parts), tuple(reasons))


def _long_forms(mine: Mapping[str, int], theirs: Mapping[str, int]) -> Iterator[str]:
    """The names beside an entity, short ones as the other side has them in full."""
    for name in mine:
        full = (other for other in theirs if other.startswith(f"{name} "))
        yield name if " " in name or name in theirs else next(full, name)


def _too_little(reasons: Sequence[str], kind: EntityKind) -> list[tuple[float, str]]:
    """What speaks against two that have little or nothing in common but the name."""
    if not reasons:
        return [(NOTHING_SHARED, "")]
    # A town has room for two of one name.
    only_town = kind is EntityKind.PERSON and all(r.startswith(f"{IN} ") for r in reasons)
    return [(ONLY_PLACES, "")] if only_town else []


def _shared(
    word: str,
    mine: Mapping[str, int],
    theirs: Mapping[str, int],
    commonness: Mapping[str, int],
    each: float,
    most: float,
) -> list[tuple[float, str]]:
    shared = [term for term in mine if term in theirs]
    if not shared:
        return []
    weight = min(most, sum(each * _rarity(commonness.get(term, 1)) for term in shared))
    return [(weight, f"{word} {_listed(shared)}")]


def _rarity(articles: int) -> float:
    """1 for what a single article has, a half for what ten have, a third for a hundred."""
    return 1 / (1 + log10(max(1, articles)))


def _places(
    kind: EntityKind, mine: Traits, theirs: Traits, commonness: Mapping[str, int]
) -> list[tuple[float, str]]:
    found = _shared(IN, mine.places, theirs.places, commonness, SHARED_PLACE, MOST_PLACES)
    if found or not (mine.places and theirs.places):
        return found
    known = min(len(mine.places), len(theirs.places), ENOUGH_PLACES)
    return [(OTHER_PLACES[kind] * (1 + known) / (1 + ENOUGH_PLACES), "")]


def _roles(mine: Traits, theirs: Traits) -> list[tuple[float, str]]:
    ours, known = frozenset(mine.roles), frozenset(theirs.roles)
    shared = ours & known
    if distinct := shared - VAGUE:
        return [(SAME_ROLE, f"called {_listed(sorted(distinct))} in both")]
    # What somebody else in the article is called was said of that one.
    told = {SAME.get(word, word) for word in mine.topics} - mine.roles_of_others
    others_told = {SAME.get(word, word) for word in theirs.topics}
    if spoken_of := ((ours & others_told) | (known & told)) - VAGUE:
        return [
            (ROLE_NEARBY, f"called {_listed(sorted(spoken_of))} in one, as in the other's text")
        ]
    vague = SAME_VAGUE_ROLE if shared else 0.0
    fields, others = fields_of(ours), fields_of(known)
    by_topic, others_by_topic = fields_of_topics(mine.topics), fields_of_topics(theirs.topics)
    wide, others_wide = fields | by_topic, others | others_by_topic
    if common := fields & others:
        return [(SAME_FIELD + vague, f"both in {_listed(sorted(common))}")]
    common = (fields & others_wide) | (wide & others)
    if fields and others:
        return [((OTHER_BUT_FITTING if common else OTHER_FIELD) + vague, "")]
    if common:
        return [(FITTING_FIELD + vague, f"both in {_listed(sorted(common))}")]
    if wide and others_wide and wide.isdisjoint(others_wide):
        seen_only = not (fields or others)
        return [((UNFITTING_TOPICS if seen_only else UNFITTING_FIELD) + vague, "")]
    return [(vague, f"called {_listed(sorted(shared))} in both")] if shared else []


def _topics(mine: Traits, theirs: Traits) -> list[tuple[float, str]]:
    shared = [word for word in mine.topics if word in theirs.topics]
    # A word or two are shared by chance where both have many.
    enough = min(len(mine.topics), len(theirs.topics)) >= ENOUGH_TOPICS
    weight = SHARED_TOPIC * len(shared) + (OTHER_TOPICS if enough else 0.0)
    reason = f"in connection with {_listed(shared)}" if shared else ""
    return [(min(MOST_TOPICS, weight), reason)]


def _time(mine: Traits, theirs: Traits) -> list[tuple[float, str]]:
    if mine.first is None or theirs.first is None or theirs.last is None:
        return []
    gap = max((theirs.first - mine.first).days, (mine.first - theirs.last).days)
    return [(LONG_AGO, "")] if gap > YEARS * 365 else []


def _listed(terms: Iterable[str]) -> str:
    some = list(terms)
    more = f" and {len(some) - SHOWN} more" if len(some) > SHOWN else ""
    return ", ".join(some[:SHOWN]) + more
