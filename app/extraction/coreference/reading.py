"""Pronouns and descriptions, tied to people in reading order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from app.domain import EntityKind, Mention, MentionType, Span
from app.extraction.attributes import text_of
from app.extraction.coreference.descriptions import descriptions, stated_roles
from app.extraction.coreference.holders import Holders
from app.extraction.coreference.people_nouns import PERSON_NOUNS
from app.extraction.coreference.places import Places
from app.extraction.coreference.pronouns import (
    GENDER,
    SUBJECTS,
    Antecedent,
    History,
    Place,
    first_after,
    possessed,
    weighed,
)
from app.extraction.coreference.rivals import SURE, Shares, open_between
from app.extraction.coreference.roles import Role, counterpart

# How many tokens behind a subject "her" is still the subject's: "the mayor praised her staff".
BOUND = 12
# How many sentences further down somebody may be named for the first time whom a headline or lead
# calls "he" or "she".
LEAD = 3


class Reading:
    """One pass over an article. `genders` are those of the person entities, for this pass only."""

    def __init__(
        self,
        doc: Doc,
        places: Places,
        names: Sequence[Mention],
        genders: Mapping[int, str | None],
        rivals: Mapping[Span, Shares] | None = None,
    ) -> None:
        self.doc = doc
        self.text: str = text_of(doc)
        self.places = places
        self.genders = dict(genders)
        self.rivals = dict(rivals or {})
        self.people = [m for m in names if m.kind is EntityKind.PERSON]
        self.starts = [m.span.start for m in self.people]
        self.named = bytearray(len(places.quoted) + 1)
        for mention in names:
            if mention.kind is EntityKind.PERSON:
                width = mention.span.end - mention.span.start
                self.named[mention.span.start : mention.span.end] = b"\x01" * width
        self.history = History()
        counts = Counter(m.entity for m in self.people)
        self.holders = Holders(self.genders, self.history, counts)
        self.found: list[Mention] = []
        self.pronoun_of: dict[int, int] = {}

    def read(self) -> list[Mention]:
        """The pronoun and nominal mentions, in text order."""
        described = {
            span.start: (span, head, role)
            for span, head, role in descriptions(self.doc, self.named)
        }
        self._prepare_roles()
        people = {m.span.start: m for m in self.people}
        inside = 0
        for token in self.doc:
            if token.idx in people:
                self._name(people[token.idx])
            elif token.idx in described:
                span, head, role = described[token.idx]
                self._description(span, self.doc[head], role)
                inside = span.end
            elif token.lower_ in GENDER and token.tag_ in ("PRP", "PRP$"):
                self._pronoun(token)
            elif token.lower_ in PERSON_NOUNS and token.idx >= inside:
                self._person_noun(token)
        return self.found

    def _prepare_roles(self) -> None:
        """Roles stated anywhere in the article: a description may precede its explanation."""
        for mention in self.people:
            if mention.entity is None:
                continue
            start, end = self.places.tokens(mention.span)
            stated = [self.doc[start - 1].lower_] if start else []
            for role in stated_roles(self.doc, start, end, self.named):
                self.holders.hold(mention.entity, role)
                stated.append(role.head)
            if self.genders.get(mention.entity) is None:
                found = (PERSON_NOUNS.get(word) for word in stated)
                self.genders[mention.entity] = next((one for one in found if one), None)

    def _name(self, mention: Mention) -> None:
        entity = mention.entity
        if entity is None:
            return
        place = self.places.of_span(mention.span)
        self._share_office(mention, entity)
        self.holders.already_named.add(entity)
        # Where a surname leaves it open who is meant, a pronoun may go back to any of them.
        ranked = self.rivals.get(mention.span, ())
        others = [one for one, _ in ranked[1:]] if open_between(ranked) else []
        for one in [*reversed(others), entity]:
            self.history.add(Antecedent(place, one, self.genders.get(one)))
        self.holders.note(entity, place)

    def _share_office(self, mention: Mention, entity: int) -> None:
        """Give "his German counterpart X" the office of the person that "his" means."""
        for position, role in enumerate(self.holders.roles.get(entity, [])):
            if role.head != "counterpart":
                continue
            start, _ = self.places.tokens(mention.span)
            owner = self._owner_before(start)
            if owner is not None and owner != entity and self.holders.roles.get(owner):
                self.holders.roles[entity][position] = counterpart(role, self.holders.roles[owner])

    def _owner_before(self, start: int) -> int | None:
        """Whom the possessive before a title means: "his counterpart", "X's counterpart"."""
        for i in range(start - 1, max(-1, start - 8), -1):
            if i in self.pronoun_of:
                return self.pronoun_of[i]
            if self.doc[i].tag_ == "POS" and self.history.recent:
                return self.history.recent[-1].entity
        return None

    def _pronoun(self, token: Token) -> None:
        place = self.places.of_token(token, token.idx)
        word = token.lower_
        gloss = self._gloss(token)
        span = Span(token.idx, token.idx + len(token))
        ahead = self._ahead(place)
        ranked = self.history.resolve(word, place, ahead) if gloss is None else []
        entity: int | None = None
        if gloss is not None:
            entity = gloss
        elif ranked:
            entity = ranked[0].antecedent.entity
            found = weighed(ranked)
            if entity is not None and len(found) > 1:
                self.rivals[span] = found
        if entity is None and gloss is None:
            reach = LEAD if not self.history.counts and not (ranked and place.paragraph) else 0
            later = first_after(word, place, self._later(token.idx), reach)
            entity = later.entity if later and (reach or not ranked) else None
        self._emit(span, MentionType.PRONOUN, entity)
        if entity is None:
            return
        self.pronoun_of[token.i] = entity
        if self.genders.get(entity) is None:
            self.genders[entity] = GENDER[word]
        self.history.add(Antecedent(place, entity, GENDER[word], named=False))
        self.holders.note(entity, place)

    def _gloss(self, token: Token) -> int | None:
        """The person an editor names behind a pronoun: "he [Kovalenko]"."""
        after = self.doc[token.i + 1 : token.i + 3]
        if len(after) < 2 or after[0].text not in ("[", "("):
            return None
        at = bisect_left(self.starts, after[1].idx)
        if at == len(self.starts) or self.starts[at] != after[1].idx:
            return None
        return self.people[at].entity

    def _later(self, start: int) -> list[Antecedent]:
        """The next few people named after `start`."""
        at = bisect_right(self.starts, start)
        return [
            Antecedent(self.places.of_span(m.span), m.entity, self.genders.get(m.entity or 0))
            for m in self.people[at : at + 3]
        ]

    def _ahead(self, place: Place) -> list[Antecedent]:
        """Who is named only as the subject of the clause that a pronoun's phrase opens.

        So in "In her speech, X said ...", where the sentence has named nobody before.
        """
        last = self.history.recent[-1] if self.history.recent else None
        if last is not None and last.place.sentence == place.sentence:
            return []
        verbs = {verb for verb, _ in place.above}
        return [
            one
            for one in self._later(place.start)
            if one.place.sentence == place.sentence
            and one.place.quoted == place.quoted
            and one.place.role in SUBJECTS
            and one.place.verb in verbs
            and not possessed(place, one.place)
        ]

    def _description(self, span: Span, head: Token, role: Role) -> None:
        place = self.places.of_token(head, span.start)
        if span.of(self.text)[:4].lower() == "the ":
            later = self._later(place.start)
            beside = {one.entity for one in later if one.place.sentence == place.sentence}
            ranked = self.holders.of_definite(role, place, self._gender(role, head), beside)
        else:
            ranked = self.holders.of_indefinite(role, place)
        if not ranked:
            return
        entity = ranked[0][0]
        if len(ranked) > 1:
            self.rivals[span] = ranked
        self._emit(span, MentionType.NOMINAL, entity)
        if ranked[0][1] < SURE:
            return  # A mere guess must not feed the next.
        self.history.add(Antecedent(place, entity, self.genders.get(entity), named=False))
        self.holders.note(entity, place)

    def _gender(self, role: Role, head: Token) -> str | None:
        """What a description says of its bearer's gender, itself or by "her" behind it."""
        stated = next((PERSON_NOUNS[w] for w in role.words if PERSON_NOUNS.get(w)), None)
        if stated is not None or head.dep_ not in SUBJECTS:
            return stated
        for token in self.doc[head.i + 1 : head.i + 1 + BOUND]:
            if token.is_sent_start or self.named[token.idx] or token.tag_ == "PRP":
                return None
            if token.tag_ == "PRP$":
                return GENDER.get(token.lower_)
        return None

    def _person_noun(self, token: Token) -> None:
        """Remember someone without a name, so that "she" need not be the last named woman."""
        if token.tag_ != "NN" or token.dep_ in ("compound", "appos", "attr", "nmod"):
            return
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if following is not None and self.named[following.idx]:
            return
        place = self.places.of_token(token, token.idx)
        self.history.add(Antecedent(place, None, PERSON_NOUNS[token.lower_], named=False))

    def _emit(self, span: Span, kind: MentionType, entity: int | None) -> None:
        # No confidence: a pronoun's score is an order and not yet a probability.
        self.found.append(Mention(span, kind, EntityKind.PERSON, entity))
