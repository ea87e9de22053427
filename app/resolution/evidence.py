"""How likely an article's entity is one on record: the likeness of names and what is told of both.

The score is in natural log-odds against the entity being new: a weighted sum of features, as in
Fellegi and Sunter's record linkage (1969). `tests/evaluation/learn_identity.py` learns the weights
(`weights.json`, by kind of entity and feature) as a conditional logit (McFadden 1974).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log, log10, sqrt

from app.domain import Candidate, EntityKind, Traits
from app.resolution import people
from app.resolution.contexts import likeness as context_likeness
from app.resolution.fields import fields_of_topics
from app.resolution.frequencies import share
from app.resolution.likeness import LOCAL_BODY, OF_A_TOWN, Likeness
from app.resolution.occupations import SAME, VAGUE, fields_of
from app.resolution.spelling import fold

# Of names, places and topics that are shared so many count, rare ones in full.
MOST_NAMES, MOST_FAMILY, MOST_PLACES, MOST_TOPICS = 2.5, 1.0, 2.0, 6
# Nothing in common tells something where both sides have so many.
ENOUGH_PLACES, ENOUGH_TOPICS = 3, 8
# A topic is rare if less than so large a share of articles has it; a common one tells nothing.
RARE, COMMON = 0.005, 0.03
# Topics shared of those that might be are counted in tenths, so many at most: of two words on each
# side one is soon shared.
SHARE, MOST_SHARE = 10, 2.5
# Contexts are compared in fifths; a cosine says no more from ALIKE on, and is told as a reason.
CONTEXT, ALIKE = 5, 0.5
LONG_AGO_YEARS = 30
OTHER_AGE, OTHER_GENERATION = 2, 8
# Who is in more articles than so is more often meant.
WELL_KNOWN = 10
# A death that so small a share of the articles tell is a misreading.
LEAST_DEATHS = 0.2
IN = "in"
SHOWN = 3
# Two whose occupations agree.
AGREE = frozenset({"same_role", "role_nearby", "same_field"})
# Two are certainly two where what is told of them says so strongly; nothing shared is not enough.
CONTRADICTED = -3.0
# Where nothing is told of somebody, the full name is as good as sure and anything less is not.
UNTOLD = 1.5
NEW = "new"
"""The weight of there being nobody on record, by which all others are measured."""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate with its score and the reasons for it, the strongest first.

    `told` is the part of the score that is not from the name.
    """

    candidate: Candidate
    likeness: Likeness
    score: float
    reasons: tuple[str, ...]
    told: float = 0.0

    @property
    def probability(self) -> float:
        """How likely it is this one, were there no other candidate."""
        return 1 / (1 + exp(-self.score))


@dataclass(frozen=True, slots=True)
class Feature:
    """Something told of both: its name in the weights, its amount, and how it reads as a reason."""

    name: str
    amount: float = 1.0
    reason: str = ""


@cache
def weights() -> Mapping[EntityKind, Mapping[str, float]]:
    """The weights that were learnt, by kind and feature; a feature without one weighs nothing."""
    raw = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return {kind: raw[kind.value] for kind in EntityKind}


def weigh(
    candidate: Candidate, likeness: Likeness, mine: Traits, commonness: Mapping[str, int]
) -> Match:
    """The match of a candidate with an entity of which an article says `mine`.

    `commonness` says how many articles mention the bearer of a (normalised) name. Where nothing is
    told of the candidate its name alone counts.
    """
    told = list(features(candidate, likeness, mine, commonness))
    if len(told) == 1:
        return Match(candidate, likeness, UNTOLD + likeness.prior, (likeness.reason,))
    by = weights()[candidate.kind]
    parts = [(by.get(f.name, 0.0) * f.amount, f.reason) for f in told]
    reasons = [reason for weight, reason in sorted(parts, reverse=True) if weight > 0 and reason]
    score = sum(weight for weight, _ in parts) - by[NEW]
    return Match(candidate, likeness, score, tuple(reasons), score + by[NEW] - parts[0][0])


def features(
    candidate: Candidate, likeness: Likeness, mine: Traits, commonness: Mapping[str, int]
) -> Iterator[Feature]:
    """What speaks for and against a candidate; of one of whom nothing is told, the name."""
    yield Feature(likeness.reason, 1.0, likeness.reason)
    theirs = candidate.traits
    if theirs is None or not (theirs.articles or theirs.roles or theirs.topics):
        return
    if mine.is_namesake:
        yield Feature("namesake")
    if not theirs.articles:
        # Somebody asked for this one (an authority file), and a description is short.
        yield Feature("listed")
    if theirs.articles > WELL_KNOWN:
        yield Feature("well_known", log(theirs.articles / WELL_KNOWN))
    shared: list[Feature] = []
    alone = ""
    names = list(dict.fromkeys(_long_forms(mine.names, theirs.names)))
    if candidate.kind is EntityKind.PERSON:
        if any(people.middles_fit(a, b) for a in mine.called for b in theirs.called):
            yield Feature("same_middle")
        shared += _roles(mine, theirs)
        # Company tells more of those who are not called the same, and there it is weighed apart.
        alone = "" if any(f.name in AGREE for f in shared) else "_alone"
        # The family and its firm stand beside all who bear the name.
        surname = people.parse(candidate.name).surname
        family = [name for name in names if surname in fold(name).split()]
        names = [name for name in names if name not in family]
        shared += _shared("family", "with", family, theirs.names, commonness, MOST_FAMILY)
    shared += _shared(f"names{alone}", "with", names, theirs.names, commonness, MOST_NAMES)
    places = _shared(f"places{alone}", IN, mine.places, theirs.places, commonness, MOST_PLACES)
    shared += places or _other_places(mine, theirs)
    shared += _homes(mine, theirs)
    shared += _topics(mine, theirs)
    shared += _age(mine, theirs)
    yield from shared
    deaths = list(_death(mine, theirs))
    if all(feature.name != "alive_after_death" for feature in deaths):
        # Of a son in his father's office the same is written.
        yield from _context(mine, theirs)
    yield from _outlets(likeness, mine, theirs)
    yield from _time(mine, theirs)
    yield from deaths
    if not theirs.articles:
        return
    common = [feature.name for feature in shared if feature.reason]
    if not common:
        yield Feature("nothing_shared")
    elif all(name.startswith("places") for name in common):
        # A town has room for two of one name.
        yield Feature("only_places")


def _long_forms(mine: Mapping[str, int], theirs: Mapping[str, int]) -> Iterator[str]:
    """The names beside an entity, short ones as the other side has them in full."""
    for name in mine:
        full = (other for other in theirs if other.startswith(f"{name} "))
        yield name if " " in name or name in theirs else next(full, name)


def _shared(
    feature: str,
    word: str,
    mine: Iterable[str],
    theirs: Mapping[str, int],
    commonness: Mapping[str, int],
    most: float,
) -> list[Feature]:
    """What both have of some names, rare ones in full."""
    shared = [term for term in mine if term in theirs]
    if not shared:
        return []
    amount = min(most, sum(_rarity(commonness.get(term, 1)) for term in shared))
    return [Feature(feature, amount, f"{word} {_listed(shared)}")]


def _rarity(articles: int) -> float:
    """1 for what a single article has, a half for what ten have, a third for a hundred."""
    return 1 / (1 + log10(max(1, articles)))


def _other_places(mine: Traits, theirs: Traits) -> list[Feature]:
    if not (mine.places and theirs.places):
        return []
    known = min(len(mine.places), len(theirs.places), ENOUGH_PLACES)
    return [Feature("other_places", (1 + known) / (1 + ENOUGH_PLACES))]


def _homes(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    if not (mine.homes and theirs.homes):
        return
    if mine.homes.keys() & theirs.homes.keys():
        often = max(theirs.homes.get(home, 0) for home in mine.homes) / sum(theirs.homes.values())
        yield Feature("same_home", often)


def _outlets(likeness: Likeness, mine: Traits, theirs: Traits) -> Iterator[Feature]:
    """A paper that says "the council" means that of its town."""
    same_outlet = not mine.outlets.keys().isdisjoint(theirs.outlets)
    same_town = not mine.homes.keys().isdisjoint(theirs.homes)
    if same_outlet:
        yield Feature("outlet")
    if likeness in (LOCAL_BODY, OF_A_TOWN):
        if same_outlet:
            yield Feature("outlet_of_a_town")
        elif mine.outlets and theirs.outlets:
            yield Feature("other_outlet_of_a_town")
        if same_town:
            yield Feature("town")
        elif not same_outlet:
            yield Feature("no_town")


def _roles(mine: Traits, theirs: Traits) -> list[Feature]:
    ours, known = frozenset(mine.roles), frozenset(theirs.roles)
    shared = ours & known
    if distinct := shared - VAGUE:
        return [Feature("same_role", 1.0, f"called {_listed(sorted(distinct))} in both")]
    # What somebody else in the article is called was said of that one.
    told = {SAME.get(word, word) for word in mine.topics} - mine.roles_of_others
    others_told = {SAME.get(word, word) for word in theirs.topics}
    if spoken_of := ((ours & others_told) | (known & told)) - VAGUE:
        listed = _listed(sorted(spoken_of))
        return [Feature("role_nearby", 1.0, f"called {listed} in one, as in the other's text")]
    vague = []
    if shared:
        vague.append(Feature("vague_role", 1.0, f"called {_listed(sorted(shared))} in both"))
    return [*vague, *_fields(mine, theirs)]


def _fields(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    fields, others = fields_of(frozenset(mine.roles)), fields_of(frozenset(theirs.roles))
    wide = fields | fields_of_topics(mine.topics)
    others_wide = others | fields_of_topics(theirs.topics)
    if common := fields & others:
        yield Feature("same_field", 1.0, f"both in {_listed(sorted(common))}")
        return
    common = (fields & others_wide) | (wide & others)
    if mine.roles and theirs.roles and mine.roles.keys().isdisjoint(theirs.roles):
        yield Feature("other_role")
    if fields and others:
        yield Feature("other_but_fitting" if common else "other_field")
    elif common:
        yield Feature("fitting_field", 1.0, f"both in {_listed(sorted(common))}")
    elif wide and others_wide and wide.isdisjoint(others_wide):
        yield Feature("unfitting_field" if fields or others else "unfitting_topics")


def _topics(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    shared = [word for word in mine.topics if word in theirs.topics]
    # A word or two are shared by chance where both have many.
    if min(len(mine.topics), len(theirs.topics)) >= ENOUGH_TOPICS:
        yield Feature("many_topics")
    by_share = {word: share(word) for word in shared}
    rare = [word for word, of in by_share.items() if of < RARE]
    some = [word for word, of in by_share.items() if RARE <= of < COMMON]
    if rare:
        reason = f"in connection with {_listed(rare)}"
        yield Feature("rare_topics", min(MOST_TOPICS, len(rare)), reason)
    if some:
        reason = f"in connection with {_listed(some)}"
        yield Feature("topics", min(MOST_TOPICS, len(some)), reason)
    if shared:
        chance = sqrt(len(mine.topics) * len(theirs.topics))
        tenths = SHARE * (len(rare) + len(some)) / chance
        yield Feature("share_of_topics", min(MOST_SHARE, tenths))


def _context(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    if mine.context and theirs.context:
        alike = context_likeness(mine.context, theirs.context)
        reason = "written of in like terms" if alike >= ALIKE else ""
        yield Feature("context", CONTEXT * min(alike, ALIKE), reason)


def _time(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    if mine.first is None or theirs.first is None or theirs.last is None:
        return
    gap = max((theirs.first - mine.first).days, (mine.first - theirs.last).days)
    if gap > LONG_AGO_YEARS * 365:
        yield Feature("long_ago")


def _death(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    """Who has died is written of as dead."""
    if mine.first is None or theirs.last is None:
        return
    is_dead = sum(theirs.dead.values()) >= max(1.0, LEAST_DEATHS * theirs.articles)
    if mine.dead and is_dead:
        yield Feature("both_dead")
        return
    is_after = is_dead and mine.first.isoformat() > min(theirs.dead)
    is_before = bool(mine.dead) and theirs.last > mine.first
    if is_after or is_before:
        yield Feature("alive_after_death")


def _age(mine: Traits, theirs: Traits) -> Iterator[Feature]:
    gaps = [abs(int(one) - int(other)) for one in mine.born for other in theirs.born]
    if not gaps:
        return
    # The years of birth of one person may seem two years apart: ages are told in whole years.
    if (gap := min(gaps)) <= 1:
        yield Feature("same_age", 1.0, "of the same age")
    elif gap > OTHER_AGE:
        yield Feature("other_generation" if gap > OTHER_GENERATION else "other_age")


def _listed(terms: Iterable[str]) -> str:
    some = list(terms)
    more = f" and {len(some) - SHOWN} more" if len(some) > SHOWN else ""
    return ", ".join(some[:SHOWN]) + more
