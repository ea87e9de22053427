"""Organisations by description: somebody's campaign, "the agency", "it" that says something.

What a person or a state runs has no name of its own in newspapers ("the Kovalenko campaign", "the
Brandt administration", "the Iranian government"): as a speaker it becomes an entity under these
words. Other descriptions go back to an organisation named before, by a word of its name ("the
appeals court") or, for words that fit any ("the group"), to the one last spoken of.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.domain import ArticleEntity, EntityKind, Mention, MentionType, Span
from app.extraction.attributes import text_of
from app.extraction.coreference.body_nouns import (
    BETWEEN,
    FREE,
    GENERIC,
    HEADS,
    ORGANS,
    SAME_STAFF,
    STAFFS,
    STRICT,
    TELLING,
)
from app.extraction.coreference.descriptions import INTRODUCTION
from app.extraction.coreference.places import Places
from app.extraction.coreference.pronouns import SUBJECTS, Place
from app.extraction.coreference.rivals import SURE, Shares, shares
from app.extraction.names.gazette import country_of
from app.extraction.names.surfaces import name_key, words_of

_VERBS = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "VB"})
# How many mentions back a description looks, and how many sentences.
WINDOW = 16
GENERIC_SENTENCES = 3
IT_SENTENCES = 1
TEMPERATURE = 0.5


@dataclass(frozen=True, slots=True)
class _Seen:
    """An organisation's mention: its entity, where it stands, the words of its name."""

    entity: int
    place: Place
    words: frozenset[str]


class Bodies:
    """Finds the descriptions of organisations in one article; `read` gives them.

    `mentions` are all mentions found so far, resolved, with their `rivals`; `entities` those of the
    article, to which `read` adds.
    """

    def __init__(
        self,
        doc: Doc,
        places: Places,
        mentions: Sequence[Mention],
        entities: list[ArticleEntity],
        rivals: Mapping[Span, Shares],
    ) -> None:
        self.doc = doc
        self.text: str = text_of(doc)
        self.places = places
        self.entities = entities
        self.rivals_of = rivals
        # The bodies named near the start, by the words of their names.
        self.ahead: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.by_start = {}
        self.taken = bytearray(len(doc) + 1)
        for mention in mentions:
            start, end = places.tokens(mention.span)
            self.by_start[start] = mention
            if start < 2 * INTRODUCTION and mention.kind is EntityKind.ORGANISATION:
                for word in words_of(name_key(mention.span.of(self.text))):
                    if mention.entity is not None and mention.type is MentionType.NAME:
                        self.ahead[word].append((start, mention.entity))
            self.taken[start:end] = b"\x01" * (end - start)
        self.recent: deque[_Seen] = deque(maxlen=WINDOW)
        self.by_head: dict[str, list[_Seen]] = defaultdict(list)
        self.staffs: dict[tuple[str, str], int] = {}
        self.last_staff: dict[str, int] = {}
        self.found: list[Mention] = []
        self.described: list[Mention] = []
        self.rivals: dict[Span, Shares] = {}

    def read(self) -> list[Mention]:
        """The mentions that name staffs and states' organs, in text order.

        Other descriptions are in `described` then.
        """
        for token in self.doc:
            mention = self.by_start.get(token.i)
            if mention is not None and mention.entity is not None:
                self._staff_of(mention)
                self._see(mention)
            elif token.tag_.startswith(("JJ", "NNP")):
                self._organ(token)
            if token.lower_ in ("the", "its") or token.i < INTRODUCTION:
                self._described(token)
            if token.lower_ == "it" and token.tag_ == "PRP" and mention is None:
                self._it(token)
        return self.found

    def _see(self, mention: Mention) -> None:
        if mention.kind is not EntityKind.ORGANISATION or mention.entity is None:
            return
        seen = _Seen(
            mention.entity,
            self.places.of_span(mention.span),
            frozenset(words_of(name_key(self.entities[mention.entity].name))),
        )
        self.recent.append(seen)
        for word in seen.words & HEADS:
            held = self.by_head[word]
            if held and held[-1].entity == seen.entity:
                held.pop()
            held.append(seen)

    # --- staffs and organs ------------------------------------------------------------------------

    def _staff_of(self, owner: Mention) -> None:
        """`the Kovalenko campaign`, `Mira Kovalenko's campaign`, `her campaign`."""
        if owner.kind is not EntityKind.PERSON or owner.entity is None:
            return
        start, at = self.places.tokens(owner.span)
        possessive = owner.type is MentionType.PRONOUN
        ranked = self.rivals_of.get(owner.span, ((owner.entity, 1.0),))
        if possessive and ranked[0][1] < SURE:
            return
        if not possessive and at < len(self.doc) and self.doc[at].tag_ == "POS":
            at += 1
        elif possessive and self.doc[start].tag_ != "PRP$":
            return
        while at < len(self.doc) and self.doc[at].lower_ in BETWEEN:
            at += 1
        head = self._head_at(at, STAFFS)
        if head is None:
            return
        if start and self.doc[start - 1].lower_ in ("the", "a"):
            start -= 1
        named = owner.span.of(self.text) if not possessive else self.entities[owner.entity].name
        surname = named.split()[-1]
        self._name_staff(surname, head, Span(self.doc[start].idx, head.idx + len(head)))

    def _organ(self, token: Token) -> None:
        """`the Iranian government`."""
        head = self._head_at(token.i + 1, ORGANS)
        if head is None or country_of(token.lower_) is None:
            return
        first = token.i
        if first and country_of(self.doc[first - 1 : first + 1].text.lower()) is not None:
            first -= 1
        owner = self.doc[first : token.i + 1].text
        first -= first > 0 and self.doc[first - 1].lower_ == "the"
        self._name_staff(owner, head, Span(self.doc[first].idx, head.idx + len(head)))

    def _head_at(self, at: int, heads: frozenset[str]) -> Token | None:
        """Token `at` if it is one of the heads and ends its noun phrase."""
        if at >= len(self.doc) or self.doc[at].lower_ not in heads:
            return None
        after = self.doc[at + 1] if at + 1 < len(self.doc) else None
        ends = after is None or not (after.tag_.startswith("NN") or after.tag_ in ("HYPH", "POS"))
        return self.doc[at] if ends else None

    def _name_staff(self, owner: str, head: Token, span: Span) -> None:
        """Tie a mention to its staff; one that does nothing in the article is no entity."""
        noun = SAME_STAFF.get(head.lower_, head.lower_)
        known = self.staffs.get((owner, noun))
        if known is None and not _acts(head):
            return
        if known is None:
            known = self.staffs[owner, noun] = len(self.entities)
            self.entities.append(ArticleEntity(EntityKind.ORGANISATION, f"{owner} {noun}"))
        self.last_staff[noun] = known
        mention = Mention(span, MentionType.NOMINAL, EntityKind.ORGANISATION, known)
        self.found.append(mention)
        self._see(mention)

    # --- descriptions -----------------------------------------------------------------------------

    def _described(self, opener: Token) -> None:
        """`the campaign`, `the appeals court`, `the group`."""
        definite = opener.lower_ in ("the", "its")
        bare = not definite and opener.lower_ not in ("a", "an")
        if bare and not opener.is_sent_start:
            return
        at = opener.i + (not bare)
        while (
            at < len(self.doc)
            and at - opener.i <= 4
            and self.doc[at].tag_ in ("JJ", "NN", "NNS", "NNP")
        ):
            following = self.doc[at + 1].tag_ if at + 1 < len(self.doc) else ""
            if not following.startswith(("NN", "JJ", "HYPH", "POS")):
                break
            at += 1
        if at >= len(self.doc) or self.doc[at].tag_ not in ("NN", "NNP"):
            return
        head = self.doc[at]
        noun = SAME_STAFF.get(head.lower_, head.lower_)
        if not _acts(head) or self.taken[at]:
            return
        span = Span(opener.idx, head.idx + len(head))
        place = self.places.of_token(head, span.start)
        if place.quoted:
            return
        described = frozenset(t.lower_ for t in self.doc[opener.i + (not bare) : at])
        if not definite:
            self._emit(span, self._introduced(noun, described, at), place)
            return
        ranked: Shares = ()
        if noun in STAFFS | ORGANS and not described:
            known = self.last_staff.get(noun)
            ranked = ((known, 1.0),) if known is not None else ()
        if not ranked and noun in HEADS:
            ranked = self._by_name(noun, described)
        if not ranked and noun in GENERIC:
            ranked = self._last_spoken_of(place, noun)
        self._emit(span, ranked, place)

    def _by_name(self, noun: str, described: frozenset[str]) -> Shares:
        """The organisation last named with this word, all other words of the description too."""
        for seen in reversed(self.by_head.get(noun, [])[-WINDOW:]):
            if described - FREE <= seen.words:
                return ((seen.entity, 1.0),)
        return ()

    def _introduced(self, noun: str, described: frozenset[str], at: int) -> Shares:
        """The body that the article goes on to name ("A federal appeals court ruled …")."""
        for i, entity in self.ahead.get(noun, ()) if noun in HEADS else ():
            name = frozenset(words_of(name_key(self.entities[entity].name)))
            if at < i < at + INTRODUCTION and described - FREE <= name:
                return ((entity, 1.0),)
        return ()

    def _last_spoken_of(self, place: Place, noun: str) -> Shares:
        """The organisations of the last sentences by weight, none that is plainly another kind."""
        fitting = GENERIC[noun] | {noun}
        scores: dict[int, float] = {}
        for seen in reversed(self.recent):
            distance = place.sentence - seen.place.sentence
            if distance > GENERIC_SENTENCES:
                break
            fits = bool(seen.words & fitting)
            if not fits and (noun in STRICT or seen.words & TELLING):
                continue
            score = -0.5 * distance + (1.0 if seen.place.role in SUBJECTS else 0.0) + fits
            scores[seen.entity] = max(score, scores.get(seen.entity, -math.inf))
        if not scores:
            return ()
        best = max(scores.values())
        return shares({e: math.exp((s - best) / TEMPERATURE) for e, s in scores.items()})

    def _it(self, token: Token) -> None:
        """`it said`: the organisation that the sentence, or the one before, has as its subject.

        Read as the source of a quote only, so "it rained" does no harm.
        """
        place = self.places.of_token(token, token.idx)
        if token.dep_ not in SUBJECTS or token.head.tag_ not in _VERBS or place.quoted:
            return
        options = [
            seen
            for seen in self.recent
            if 0 <= place.sentence - seen.place.sentence <= IT_SENTENCES
            and seen.place.role in SUBJECTS
            and not seen.place.quoted
        ]
        if options:
            self._emit(
                Span(token.idx, token.idx + len(token)),
                ((options[-1].entity, 1.0),),
                place,
                MentionType.PRONOUN,
            )

    def _emit(
        self, span: Span, ranked: Shares, place: Place, kind: MentionType = MentionType.NOMINAL
    ) -> None:
        """Note a description."""
        if not ranked:
            return
        entity = ranked[0][0]
        self.described.append(Mention(span, kind, EntityKind.ORGANISATION, entity))
        if len(ranked) > 1:
            self.rivals[span] = ranked
        own = frozenset(words_of(name_key(self.entities[entity].name)))
        self.recent.append(_Seen(entity, place, own))


def _acts(head: Token) -> bool:
    """Whether a noun phrase does something: a subject, or the source of what is reported."""
    if head.dep_ in SUBJECTS or head.dep_ == "conj":
        return True
    return (
        head.dep_ == "pobj"
        and head.head.lower_ in ("by", "to")
        and (head.head.lower_ == "by" or head.head.head.lower_ == "according")
    )
