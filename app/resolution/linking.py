"""Linking an article's entities to the record: by name and alias, decided by evidence.

Conservative: two entities rather than a wrong merge. An article that is extracted again keeps its
entities, also where their best name is another one now. What stands is never merged: where an
article shows that two standing entities are one, it is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import count, islice
from math import exp

from app.domain import (
    NEAR,
    ArticleEntity,
    Candidate,
    CandidateSource,
    Document,
    EntityKind,
    Extraction,
    MergeProposal,
    ResolvedEntity,
    Traits,
)
from app.identity import entity_uid, name_norm
from app.resolution import names, people
from app.resolution.evidence import Match, weigh
from app.resolution.kinds import kinds_on_record, of_kinds
from app.resolution.likeness import Likeness
from app.resolution.traits import traits_of

# Shares of belief: from here on somebody is the one on record, and from there on so surely that the
# others of the article are known by who stands beside them.
LINKED = {EntityKind.PERSON: 0.9, EntityKind.ORGANISATION: 0.5, EntityKind.LOCATION: 0.5}
SURE = {EntityKind.PERSON: 0.95, EntityKind.ORGANISATION: 0.9, EntityKind.LOCATION: 0.9}
# Scores in log-odds: from here on a second candidate is proposed to be the same as the first.
PROPOSED = 3.0
# Of two on record that may be one, each is as good as the other.
MAY_BE_ONE = 0.0
# One who is believed in less than so does not stand in anybody's way.
FAINT = 0.05
# Of so many names of those around an entity account is taken.
MOST_COMPANY = 64
# A surname that so many bear says nothing; `named` gives no more of them.
TOO_MANY = 12


def own_uids(entity: ArticleEntity, article_uid: str) -> Iterator[str]:
    """The ids this entity gets if it is new: the first, then those of namesakes in the article."""
    yield entity_uid(entity.kind, entity.name, article_uid)
    for n in count(2):
        yield entity_uid(entity.kind, f"{entity.name} #{n}", article_uid)


def resolve(
    article_uid: str,
    extraction: Extraction,
    record: CandidateSource,
    document: Document | None = None,
) -> list[ResolvedEntity]:
    """The ids of an article's entities, in order, and what the record is to keep of them.

    An entity may come back as one of another kind, that of its name on record: `kinds.of_kinds`
    makes the extraction agree. Deterministic: the same entities and record give the same ids. Two
    entities of one article never get one id. An earlier entity of the article under the same name
    comes first, then one on record that the evidence speaks for, the surest first, then an earlier
    one that shares an alias. Without the document names are the evidence.
    """
    return _Article(article_uid, extraction, record, document).resolved()


@dataclass(slots=True)
class _Article:
    """One article being resolved: who may be meant, and who was found so far."""

    uid: str
    extraction: Extraction
    record: CandidateSource
    document: Document | None
    found: dict[int, Candidate | str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    candidates: list[list[tuple[Candidate, Likeness]]] = field(default_factory=list)
    matches: list[list[Match]] = field(default_factory=list)
    commonness: Mapping[str, int] = field(default_factory=dict)

    def resolved(self) -> list[ResolvedEntity]:
        earlier = self.record.earlier()
        read = self.extraction.entities
        self._find_candidates()
        entities = self.extraction.entities
        traits = traits_of(self.document, self.extraction)
        for index, (before, entity) in enumerate(zip(read, entities, strict=True)):
            if before.kind is not entity.kind:
                traits[index] = replace(traits[index], read_as={before.kind.value: 1})
        # Each step for all entities before the next: a name is never lost to another's alias.
        for index, entity in enumerate(entities):
            norm = name_norm(entity.name)
            self._take(index, [c for c in earlier if name_norm(c.name) == norm])
        self._weigh(traits, range(len(entities)))
        self._link(SURE)
        self._weigh_in_company(traits)
        self._link(LINKED)
        for index, entity in enumerate(entities):
            norms = {name_norm(surface) for surface in (entity.name, *entity.aliases)}
            self._take(index, [c for c in earlier if c.aliases & norms])
        self._weigh_in_company(traits)
        self._link(LINKED)
        for index, entity in enumerate(entities):
            if index not in self.found:
                fresh = next(u for u in own_uids(entity, self.uid) if u not in self.taken)
                self.found[index] = fresh
                self.taken.add(fresh)
        return [self._result(index, entity, traits[index]) for index, entity in enumerate(entities)]

    def _find_candidates(self) -> None:
        """Of which kind and who each entity may be by name, and how common the names are."""
        surnames, keys = self._sought()
        named = dict(self.record.named({key for some in keys for key in some}))
        agreed = of_kinds(self.extraction, kinds_on_record(self.extraction, named))
        if agreed is not self.extraction:
            self.extraction = agreed
            surnames, keys = self._sought()
            named |= self.record.named({key for some in keys for key in some} - named.keys())
        entities = self.extraction.entities
        self.commonness = {
            key: max((c.articles for c in candidates), default=0)
            for key, candidates in named.items()
        }
        self.candidates = [
            list(_alike(entity, _candidates(some, named), surnames))
            for entity, some in zip(entities, keys, strict=True)
        ]
        self.matches = [[] for _ in entities]

    def _sought(self) -> tuple[Sequence[str], list[list[str]]]:
        """The surnames of the article's people, and the keys by which each entity is sought."""
        entities = self.extraction.entities
        full = (e.name for e in entities if e.kind is EntityKind.PERSON and " " in e.name)
        surnames = people.surnames_of(full)
        return surnames, [names.sought_keys(entity, surnames) for entity in entities]

    def _weigh(self, traits: Sequence[Traits], indexes: Iterable[int]) -> None:
        """Set `matches` of some entities: those that each may be, the likeliest first."""
        for index in indexes:
            weighed = [
                weigh(candidate, level, traits[index], self.commonness)
                for candidate, level in self.candidates[index]
            ]
            self.matches[index] = sorted(weighed, key=lambda match: -match.score)

    def _weigh_in_company(self, traits: Sequence[Traits]) -> None:
        """Weigh those not found yet again, by who stands beside them."""
        open_ones = [i for i, some in enumerate(self.candidates) if some and i not in self.found]
        wider = self._in_company(traits, open_ones)
        self._weigh([wider.get(i, own) for i, own in enumerate(traits)], open_ones)

    def _in_company(self, traits: Sequence[Traits], indexes: Iterable[int]) -> dict[int, Traits]:
        """What is told of some entities, with all names of the others that were found."""
        others: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for found in self.found.values():
            if isinstance(found, Candidate):
                is_place = found.kind is EntityKind.LOCATION
                full = (a for a in sorted(found.aliases) if names.is_full(found.kind, a))
                others[is_place] |= dict.fromkeys((name_norm(found.name), *full), 1)
        company, places = (dict(islice(others[k].items(), MOST_COMPANY)) for k in (False, True))
        return {
            index: replace(
                traits[index],
                names={**traits[index].names, **company},
                places={**traits[index].places, **places},
            )
            for index in indexes
        }

    def _take(self, index: int, candidates: Iterable[Candidate]) -> None:
        kind = self.extraction.entities[index].kind
        free = (c for c in candidates if c.kind is kind and c.uid not in self.taken)
        if index not in self.found and (candidate := next(free, None)) is not None:
            self.found[index] = candidate
            self.taken.add(candidate.uid)

    def _link(self, least: Mapping[EntityKind, float]) -> None:
        """Link those who are believed in enough, the surest first."""
        sought_by: dict[str, list[int]] = defaultdict(list)
        for index, some in enumerate(self.matches):
            if index not in self.found:
                for match in some:
                    sought_by[match.candidate.uid].append(index)
        queue = [best for index in range(len(self.matches)) for best in self._best(index, least)]
        heapify(queue)
        while queue:
            _, index, number = heappop(queue)
            candidate = self.matches[index][number].candidate
            if index in self.found or candidate.uid in self.taken:
                continue
            self._take(index, [candidate])
            # Whoever else might have been this one is somebody else.
            for other in sought_by[candidate.uid]:
                for best in self._best(other, least):
                    heappush(queue, best)

    def _best(self, index: int, least: Mapping[EntityKind, float]) -> list[tuple[float, int, int]]:
        """An entity's likeliest candidate as (less its share, index, number), if it is enough."""
        matches = self.matches[index]
        free = [n for n, match in enumerate(matches) if match.candidate.uid not in self.taken]
        if index in self.found or not free:
            return []
        # The first is the likeliest; who may be the same as that one is no rival. Whoever is
        # written of more often is so much likelier meant.
        best, *others = free
        odds = exp(matches[best].score)
        known = max(1, matches[best].candidate.articles)
        rivals = [
            exp(matches[n].score) * min(1.0, matches[n].candidate.articles / known)
            for n in others
            if self._rivals(best, n, index)
        ]
        share = odds / (1 + odds + sum(rivals))
        return [(-share, index, best)] if share >= least[matches[best].candidate.kind] else []

    def _rivals(self, best: int, other: int, index: int) -> bool:
        """Whether another candidate is about as likely, and certainly somebody else.

        Of places the likeliest is taken, and of two that may be one, too: else each article would
        add another of them.
        """
        chosen, rival = self.matches[index][best], self.matches[index][other]
        a, b = chosen.candidate, rival.candidate
        if a.kind is EntityKind.LOCATION or exp(rival.score - chosen.score) < FAINT:
            return False
        if a.traits is None or b.traits is None:
            return False
        level = names.alike(ArticleEntity(a.kind, a.name), b)
        return level is None or weigh(b, level, a.traits, {}).score < MAY_BE_ONE

    def _result(self, index: int, entity: ArticleEntity, traits: Traits) -> ResolvedEntity:
        target = self.found[index]
        keys = tuple(names.stored_keys(entity))
        if isinstance(target, str):
            return ResolvedEntity(entity, target, keys, traits)
        return ResolvedEntity(
            entity,
            target.uid,
            keys,
            traits,
            names.best_name(entity, target),
            tuple(self._proposals(target, self.matches[index])),
        )

    def _proposals(self, target: Candidate, matches: Sequence[Match]) -> Iterator[MergeProposal]:
        """Others on record that the article's entity is as likely, none of them in the article."""
        own = next((m for m in matches if m.candidate.uid == target.uid), None)
        if own is None or own.score < PROPOSED:
            return
        for match in matches:
            if match.score >= PROPOSED and match.candidate.uid not in self.taken:
                score = own.probability * match.probability
                yield MergeProposal(match.candidate.uid, round(score, 3), match.reasons)


def _candidates(
    keys: Sequence[str], named: Mapping[str, Sequence[Candidate]]
) -> Iterator[Candidate]:
    seen: set[str] = set()
    for key in keys:
        some = named.get(key, ())
        if key.startswith("^") and len(some) >= TOO_MANY:
            continue
        for candidate in some:
            if candidate.uid not in seen:
                seen.add(candidate.uid)
                yield candidate


def _alike(
    entity: ArticleEntity, candidates: Iterable[Candidate], surnames: Sequence[str]
) -> Iterator[tuple[Candidate, Likeness]]:
    there = entity.located.place.key if entity.located else ""
    if there.startswith(NEAR):
        there = ""
    for candidate in candidates:
        if candidate.kind is not entity.kind:
            continue
        # Where both are on the map, the map decides.
        if there and candidate.places and there not in candidate.places:
            continue
        level = names.alike(entity, candidate, surnames)
        if level is not None:
            yield candidate, level
