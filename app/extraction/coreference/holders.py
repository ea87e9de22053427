"""Whom a description of a person means: a holder of the role, or whoever was just spoken of."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace
from itertools import islice

from app.extraction.coreference.pronouns import (
    MAX_SENTENCES,
    SUBJECTS,
    History,
    Option,
    Place,
    weighed,
)
from app.extraction.coreference.rivals import Shares, shares
from app.extraction.coreference.roles import DEPUTIES, Role, can_mean

# How many holders of a role are compared with a description.
MAX_HOLDERS = 40
MAX_ROLES = 12
# How many paragraphs away someone is taken to be who was not spoken of yet.
FAR = 9
# How many sentences back a description reaches that only varies the name.
VARIED_SENTENCES = 4
# What it weighs that somebody is known to hold the role, or to be of the party, that a description
# names.
FITS = 1.5
# … and that the article names them often: a description needs readers who know whom it fits.
KNOWN = 0.3


class Holders:
    """The roles of an article's people, and where each of them was last spoken of.

    `genders` and `history` are those of the reading, `counts` how often each person is named.
    """

    def __init__(
        self, genders: Mapping[int, str | None], history: History, counts: Mapping[int | None, int]
    ) -> None:
        self.genders = genders
        self.history = history
        self.counts = counts
        self.roles: dict[int, list[Role]] = defaultdict(list)
        self.last_paragraph: dict[int, int] = {}
        self.last_sentence: dict[int, int] = {}
        self.already_named: set[int] = set()

    def hold(self, entity: int, role: Role) -> None:
        """Note that the article gives somebody a role."""
        held = self.roles[entity]
        if role not in held and len(held) < MAX_ROLES:
            held.append(role)

    def note(self, entity: int, place: Place) -> None:
        """Note where someone was spoken of."""
        self.last_paragraph[entity] = place.paragraph
        self.last_sentence[entity] = place.sentence

    def of_definite(
        self, role: Role, place: Place, gender: str | None, beside: Set[int | None]
    ) -> Shares:
        """The person whom "the mayor" means, before the others whom it could mean.

        A holder of the role: of several the only one just spoken of. Else, for a subject outside
        quotation marks, whoever was just spoken of and is called by a description for variation's
        sake. `beside` are those whom its own sentence goes on to name.
        """
        holders = [
            entity
            for entity, held in islice(self.roles.items(), MAX_HOLDERS)
            if agree(gender, self.genders.get(entity)) and any(can_mean(role, h) for h in held)
        ]
        if not holders:
            varies = place.role in SUBJECTS and not place.quoted and role.varies
            return weighed(self._spoken_of(role, place, gender, beside)) if varies else ()
        paragraph = place.paragraph
        gaps = {e: paragraph - self.last_paragraph.get(e, paragraph - FAR) for e in holders}
        near = [e for e in holders if gaps[e] <= 1]
        if len(holders) > 1 and len(near) != 1:
            return self._among(frozenset(holders), role, place, gender, beside)
        return shares({e: 1 / (1 + gap) for e, gap in gaps.items()})

    def of_indefinite(self, role: Role, place: Place) -> Shares:
        """The one person of an office whom the article goes on to name ("A judge ruled …")."""
        if place.role not in SUBJECTS or place.quoted:
            return ()
        office = replace(role, words=frozenset({role.head}) | role.words & DEPUTIES)
        holders = [
            entity
            for entity, held in islice(self.roles.items(), MAX_HOLDERS)
            if any(can_mean(office, h) for h in held)
        ]
        if len(holders) != 1 or holders[0] in self.already_named:
            return ()
        return () if self._other_party(role, holders[0]) else ((holders[0], 1.0),)

    def _among(
        self,
        holders: Set[int],
        role: Role,
        place: Place,
        gender: str | None,
        beside: Set[int | None],
    ) -> Shares:
        """Of several holders the subject spoken of since the others, if there is such a one."""
        if any(self.last_sentence.get(e) == place.sentence for e in holders):
            return ()  # "With his partners, the minister …" may be cataphora or not.
        spoken = self._spoken_of(role, place, gender, beside, MAX_SENTENCES)
        options = [one for one in spoken if one.antecedent.entity in holders]
        last = [self.last_sentence.get(one.antecedent.entity or 0, 0) for one in options]
        # "Minister X met minister Y. The minister …": of whom is it now?
        subject = bool(options) and options[0].antecedent.place.role in SUBJECTS
        if len(last) > 1 and (last[1] >= last[0] or not subject):
            return ()
        return weighed(options)

    def _spoken_of(
        self,
        role: Role,
        place: Place,
        gender: str | None,
        beside: Set[int | None],
        reach: int = VARIED_SENTENCES,
    ) -> list[Option]:
        """The people just spoken of whom a description may mean, nobody of another party."""
        options = []
        for one in self.history.just_spoken_of(place, gender, reach):
            entity = one.antecedent.entity
            if entity is None or entity in beside or self._other_party(role, entity):
                continue
            fits = any(can_mean(role, h) for h in self.roles.get(entity, []))
            fits = fits or bool(role.parties & self._parties(entity))
            known = KNOWN * math.log(1 + self.counts.get(entity, 0))
            options.append(replace(one, score=one.score + FITS * fits + known))
        return sorted(options, key=lambda one: -one.score)

    def _parties(self, entity: int) -> frozenset[str]:
        return frozenset[str]().union(*(h.parties for h in self.roles.get(entity, [])))

    def _other_party(self, role: Role, entity: int) -> bool:
        """Whether somebody is known to be of another party than a description names."""
        parties = self._parties(entity)
        return bool(role.parties and parties and not role.parties & parties)


def agree(one: str | None, other: str | None) -> bool:
    """Whether two genders, as far as known, are not different ones."""
    return one is None or other is None or one == other
