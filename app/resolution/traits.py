"""What one article says around each of its entities: the evidence that tells namesakes apart; pure.

Sentences are found by punctuation: they only say which words stand near which name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Mention,
    MentionType,
    Span,
    Traits,
)
from app.identity import name_norm
from app.namesakes import NAMESAKE
from app.resolution.contexts import Contexts
from app.resolution.occupations import is_occupation
from app.resolution.people import parse
from app.resolution.roles import roles_of
from app.resolution.words_of import topic_words

# What one article adds to a profile at most; the article's first sentences say what it is about.
MOST_TOPICS = 24
MOST_NAMES = 16
MOST_PLACES = 10
LEAD_SENTENCES = 4
# A surname of more people in one article is no family's.
MOST_RELATIVES = 8

_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:mr|mrs|ms|dr|st|sr|jr|prof|rep|sen|gov|gen|col|capt|lt|sgt|corp|inc|ltd|co"
    r"|no|vs))\.$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r", (?:who (?:is|was|turns|turned) )?(?:aged? )?([1-9]\d)(?=[,.;](?!\d)| years old\b)"
)
_AGE_BEFORE = re.compile(
    r"\b([1-9]\d)[- ]year[- ]old(?: (?!of |who |said |told |where |when |to )[\w’'-]+){0,2} $"
)
_DEAD_BEFORE = re.compile(
    r"\b(?:the late|death of|funeral (?:of|for)|memory of|mourn(?:s|ed|ing)?|buried"
    r"|tributes? to|inherited from|widow of|widower of|estate of) ((?:[\w’'-]+\.? ){0,3})$",
    re.I,
)
_DEAD_AFTER = re.compile(
    r"(?:, [^.;:!?\n“”\"]{1,60}?,|, (?:aged )?\d{1,3},)?(?:,? who)? "
    r"(?:(?:has |had )?died|passed away|was (?:buried|killed)|(?:is|was) survived by)\b"
    r"|['’]s (?:death|funeral)\b(?! (?:threat|toll|wish|sentence|penalty))"
)
# So many characters before a name are read for its age and death.
_FRONT = 60


def traits_of(document: Document | None, extraction: Extraction) -> list[Traits]:
    """For each entity of an extraction, in order, what the article says of it.

    Each term counts once. Without the document only the other entities are known.
    """
    entities = extraction.entities
    names = [_norms(entity) for entity in entities]
    beside = [(n, name) for n, some in enumerate(names) for name in some]
    places = [x for x in beside if entities[x[0]].kind is EntityKind.LOCATION]
    # A surname alone is many people's.
    others = [
        (n, name)
        for n, name in beside
        if entities[n].kind is EntityKind.ORGANISATION
        or (entities[n].kind is EntityKind.PERSON and " " in name)
    ]
    text = "" if document is None else document.text
    day = None
    if document is not None and document.published is not None:
        day = document.published.day
    outlet = {}
    if document is not None and document.publisher:
        outlet = {document.publisher: 1}
    sentences = _Sentences(text)
    families = _families(entities)
    roles = roles_of(text, extraction, families) if text else [frozenset[str]()] * len(entities)
    everybodys = frozenset[str]().union(*roles)
    of_entity: dict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.entity is not None:
            of_entity[mention.entity].append(mention)
    homes = _Homes(sentences, extraction)
    has_people = text and any(entity.kind is EntityKind.PERSON for entity in entities)
    contexts = Contexts(text) if has_people else None
    found = []
    for index, entity in enumerate(entities):
        starts = [m.span.start for m in of_entity[index]]
        near = sentences.near(starts)
        own = [number for number in near if number not in sentences.of_namesakes]
        if relatives := families[index]:
            own = sentences.without(own, starts, (of_entity[other] for other in relatives))
        found.append(
            Traits(
                roles=dict.fromkeys(sorted(roles[index]), 1),
                names=dict.fromkeys(_others(others, index, names[index][0], MOST_NAMES), 1),
                places=dict.fromkeys(_others(places, index, names[index][0], MOST_PLACES), 1),
                homes=homes.of(index, starts),
                topics=dict.fromkeys(sentences.topics(own), 1),
                born=_born(text, of_entity[index], day),
                dead=_dead(text, of_entity[index], day),
                called={entity.name: 1},
                outlets=outlet if entity.kind is EntityKind.ORGANISATION else {},
                articles=1,
                first=day,
                last=day,
                context=_context(contexts, entity, of_entity[index]),
                is_namesake=entity.kind is EntityKind.PERSON and sentences.are_of_namesakes(starts),
                roles_of_others=everybodys - roles[index],
            )
        )
    return found


def _norms(entity: ArticleEntity) -> list[str]:
    """The entity's name and its other full names; short ones are many people's."""
    others = (a for a in entity.aliases if entity.kind is not EntityKind.PERSON or " " in a)
    return list(dict.fromkeys(name_norm(n) for n in (entity.name, *others)))


def _context(
    contexts: Contexts | None, entity: ArticleEntity, mentions: Sequence[Mention]
) -> tuple[int, ...]:
    if contexts is None or entity.kind is not EntityKind.PERSON:
        return ()
    return contexts.of((m.span for m in mentions), _names_of_people(mentions))


def _born(text: str, mentions: Iterable[Mention], day: date | None) -> dict[str, int]:
    """The year of birth by the age that is given, as text; a year off at most."""
    if day is None:
        return {}
    for name in _names_of_people(mentions):
        front = max(0, name.start - _FRONT)
        age = _AGE_AFTER.match(text, name.end) or _AGE_BEFORE.search(text, front, name.start)
        if age:
            return {str(day.year - int(age.group(1))): 1}
    return {}


def _dead(text: str, mentions: Iterable[Mention], day: date | None) -> dict[str, int]:
    """The day of an article that speaks of somebody as dead, as text."""
    if day is None:
        return {}
    for name in _names_of_people(mentions):
        before = _DEAD_BEFORE.search(text, max(0, name.start - _FRONT), name.start)
        is_named = before is not None and all(map(_is_title, before.group(1).split()))
        if is_named or _DEAD_AFTER.match(text, name.end):
            return {day.isoformat(): 1}
    return {}


def _is_title(word: str) -> bool:
    """Whether a word before a name says who that is: "the late Mayor", "the former actor"."""
    bare = word.rstrip(".").casefold()
    return word[0].isupper() or is_occupation(bare) or bare in ("former", "retired")


def _names_of_people(mentions: Iterable[Mention]) -> Iterator[Span]:
    for mention in mentions:
        if mention.kind is EntityKind.PERSON and mention.type is MentionType.NAME:
            yield mention.span


def _families(entities: Sequence[ArticleEntity]) -> list[list[int]]:
    """For each person the others in the article of one surname with it, where they are few."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, entity in enumerate(entities):
        if entity.kind is EntityKind.PERSON:
            names = (entity.name, *entity.aliases)
            for surname in {parse(name).surname for name in names}:
                bearers[surname].append(index)
    found: list[list[int]] = [[] for _ in entities]
    for some in bearers.values():
        if len(some) <= MOST_RELATIVES:
            for index in some:
                found[index] += [other for other in some if other != index]
    return found


class _Homes:
    """Which place each person or body of an article belongs to, as far as its words tell."""

    def __init__(self, sentences: _Sentences, extraction: Extraction) -> None:
        self.sentences = sentences
        self.entities = extraction.entities
        places = sorted(
            (m.span.start, m.entity)
            for m in extraction.mentions
            if m.entity is not None and self.entities[m.entity].kind is EntityKind.LOCATION
        )
        self.starts = [start for start, _ in places]
        self.places = [place for _, place in places]

    def of(self, index: int, mentions: Iterable[int]) -> dict[str, int]:
        """The place nearest to the first mention that shares its sentence with one."""
        if self.entities[index].kind is EntityKind.LOCATION:
            return {}
        for start in mentions:
            at, end = self.sentences.around(start)
            after = bisect_left(self.starts, start)
            beside = [
                (abs(self.starts[n] - start), n)
                for n in (after - 1, after)
                if 0 <= n < len(self.starts) and at <= self.starts[n] < end
            ]
            if beside:
                return {name_norm(self.entities[self.places[min(beside)[1]]].name): 1}
        return {}


def _others(candidates: Iterable[tuple[int, str]], index: int, own: str, most: int) -> list[str]:
    """The names of other entities than `index`, but those that stand in its own name."""
    around = f" {own} "
    names = (norm for other, norm in candidates if other != index and f" {norm} " not in around)
    return list(islice(names, most))


class _Sentences:
    """The sentences of a text with the words that say what they are about."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        for end in _END.finditer(text):
            if not _ABBREVIATION.search(text, max(0, end.start() - 6), end.start() + 1):
                self.starts.append(end.end())
        self.length = len(text)
        ends = [*self.starts[1:], len(text)]
        self.of_namesakes = {
            bisect_right(self.starts, m.start()) - 1 for m in NAMESAKE.finditer(text)
        }
        # A sentence adds no more words than that, and one without end must not be read anew for
        # everybody in it.
        self.words = [
            list(islice(dict.fromkeys(topic_words(text[s:e])), MOST_TOPICS))
            for s, e in zip(self.starts, ends, strict=True)
        ]

    def around(self, position: int) -> tuple[int, int]:
        """Where the sentence at a position begins and ends."""
        number = bisect_right(self.starts, position)
        end = self.starts[number] if number < len(self.starts) else self.length
        return self.starts[number - 1], end

    def without(
        self, own: Sequence[int], starts: Iterable[int], others: Iterable[Sequence[Mention]]
    ) -> list[int]:
        """Of some sentences those that say nothing of somebody's namesakes or family, if any do."""
        theirs = {self.number(m.span.start) for mentions in others for m in mentions}
        mine = {self.number(start) for start in starts}
        alone = [number for number in own if number in mine and number not in theirs]
        return alone or [number for number in own if number in mine] or list(own)

    def are_of_namesakes(self, positions: Iterable[int]) -> bool:
        """Whether a sentence at one of some positions, or one beside it, speaks of a namesake."""
        return any(
            not self.of_namesakes.isdisjoint((number - 1, number, number + 1))
            for number in map(self.number, positions)
        )

    def number(self, position: int) -> int:
        """The number of the sentence at a position."""
        return bisect_right(self.starts, position) - 1

    def near(self, positions: Iterable[int]) -> list[int]:
        """The numbers of the sentences at some positions, then those the article begins with."""
        own = sorted({self.number(position) for position in positions})
        lead = range(min(LEAD_SENTENCES, len(self.starts)))
        return list(dict.fromkeys([*own, *lead]))

    def topics(self, numbers: Iterable[int]) -> list[str]:
        """The distinct words of some sentences, the first of them."""
        words = dict.fromkeys(word for number in numbers for word in self.words[number])
        return list(words)[:MOST_TOPICS]
