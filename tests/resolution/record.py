"""A record in memory, which remembers what articles bring as the store does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.domain import Candidate, ResolvedEntity, Traits
from app.identity import name_norm
from app.store.candidates import MOST
from app.store.profiles import as_json, cut, from_json, more


class MemoryRecord:
    """A `CandidateSource` that grows by `remember`."""

    def __init__(self) -> None:
        self.entities: dict[str, Candidate] = {}
        self.under: dict[str, dict[str, None]] = defaultdict(dict)
        self.proposals: list[tuple[str, str, float, tuple[str, ...]]] = []

    def earlier(self) -> Sequence[Candidate]:
        return ()

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        found = {k: list(self.under[k])[:MOST] for k in keys if k in self.under}
        under: dict[str, set[str]] = defaultdict(set)
        for key, uids in found.items():
            for uid in uids:
                under[uid].add(key)
        known = {uid: self._known(uid, by) for uid, by in under.items()}
        return {k: [known[u] for u in uids] for k, uids in found.items()}

    def _known(self, uid: str, by: set[str]) -> Candidate:
        """As the store: under the names it was sought by and the best names of its articles."""
        entity = self.entities[uid]
        assert entity.traits is not None
        called = {name_norm(form) for form in (entity.name, *entity.traits.called)}
        return replace(entity, aliases=frozenset(called | by))

    def remember(self, resolved: Sequence[ResolvedEntity]) -> None:
        for found in resolved:
            entity = found.entity
            old = self.entities.get(found.uid) or Candidate(
                found.uid, entity.kind, entity.name, frozenset(), Traits()
            )
            norms = {name_norm(s) for s in (entity.name, *entity.aliases)}
            assert old.traits is not None
            assert found.traits is not None
            places = {entity.located.place.key} if entity.located else set()
            self.entities[found.uid] = replace(
                old,
                name=found.name or old.name,
                aliases=old.aliases | norms,
                traits=added(old.traits, found.traits),
                articles=old.articles + 1,
                places=old.places | places,
            )
            for key in found.keys:
                self.under[key][found.uid] = None
            for p in found.proposals:
                self.proposals.append((found.uid, p.other, p.score, p.reasons))


def added(one: Traits, other: Traits) -> Traits:
    """What two lots of articles say together, as the store keeps it."""
    if not one.articles:
        return from_json(cut(as_json(other)))
    return from_json(cut(more(as_json(one), as_json(other))))
