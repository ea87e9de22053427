"""What one article says around each of its entities: the evidence that tells namesakes apart; pure.

Roles come from the extraction where it found any, else from the words around the name. Sentences
are found by punctuation: they only say which words stand near which name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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
from app.resolution.occupations import SAME, is_occupation
from app.resolution.stopwords import STOPWORDS

# What one article adds to a profile at most; the article's first sentences say what it is about.
MOST_TOPICS = 24
# Longer ones are no words, and are not to be kept.
LONGEST_WORD = 40
MOST_NAMES = 16
MOST_PLACES = 10
LEAD_SENTENCES = 4

_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:mr|mrs|ms|dr|st|sr|jr|prof|rep|sen|gov|gen|col|capt|lt|sgt|corp|inc|ltd|co"
    r"|no|vs))\.$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_TITLE_BEFORE = re.compile(r"((?:[\w’'-]+ ){1,4})$")
_CALLED_BEFORE = re.compile(r"\b(?:its|his|her|their|whose|the|a|an) ([^.,;:!?\n]{1,50}), $", re.I)
_SAID_AFTER = re.compile(
    r"(?:, (?:\d+, )?|\s\(|\s(?:is|was|becomes?|became|as|has been|will be)\b)"
    r"([^.;:!?\n“”\"]{1,80})"
)
_THE_ONE = re.compile(
    r"\b[Tt]he (member (?:for|of [Pp]arliament)\b|"
    r"(?:(?!of |in |at |for |and |on |to |said |who )[a-z’'-]+ ){0,2}[a-z’'-]+)\b"
)
_LAWMAKER = re.compile(
    r"\bmember (?:for\b|of (?:the )?(?:\w+ )?(?:parliament|congress|assembly|house|senate)\b)", re.I
)
_FRONT, _BACK = 60, 90
# "She has the same name as the minister": what the sentence says of the minister is not hers. Films
# have "the same name" as their books.
_NAMESAKE = re.compile(
    r"\b(?:(?<!of the )same name|namesakes?|shares? (?:a|the|her|his|their) name"
    r"|no relation(?! (?:to|with)\b)|not to be confused)\b",
    re.I,
)


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
    roles = roles_of(text, extraction) if text else [frozenset[str]()] * len(entities)
    everybodys = frozenset[str]().union(*roles)
    of_entity: dict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        if mention.entity is not None:
            of_entity[mention.entity].append(mention)
    found = []
    for index, entity in enumerate(entities):
        near = sentences.near(m.span.start for m in of_entity[index])
        own = [number for number in near if number not in sentences.of_namesakes]
        found.append(
            Traits(
                roles=dict.fromkeys(sorted(roles[index]), 1),
                names=dict.fromkeys(_others(others, index, names[index][0], MOST_NAMES), 1),
                places=dict.fromkeys(_others(places, index, names[index][0], MOST_PLACES), 1),
                topics=dict.fromkeys(sentences.topics(own), 1),
                called={entity.name: 1},
                outlets=outlet if entity.kind is EntityKind.ORGANISATION else {},
                articles=1,
                first=day,
                last=day,
                is_namesake=entity.kind is EntityKind.PERSON and len(own) < len(near),
                roles_of_others=everybodys - roles[index],
            )
        )
    return found


def _norms(entity: ArticleEntity) -> list[str]:
    """The entity's name and its other full names; short ones are many people's."""
    others = (a for a in entity.aliases if entity.kind is not EntityKind.PERSON or " " in a)
    return list(dict.fromkeys(name_norm(n) for n in (entity.name, *others)))


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
        ends = [*self.starts[1:], len(text)]
        self.of_namesakes = {
            bisect_right(self.starts, m.start()) - 1 for m in _NAMESAKE.finditer(text)
        }
        # A sentence adds no more words than that, and one without end must not be read anew for
        # everybody in it.
        self.words = [
            list(islice(dict.fromkeys(_topic_words(text[s:e])), MOST_TOPICS))
            for s, e in zip(self.starts, ends, strict=True)
        ]

    def near(self, positions: Iterable[int]) -> list[int]:
        """The numbers of the sentences at some positions, then those the article begins with."""
        own = sorted({bisect_right(self.starts, position) - 1 for position in positions})
        lead = range(min(LEAD_SENTENCES, len(self.starts)))
        return list(dict.fromkeys([*own, *lead]))

    def topics(self, numbers: Iterable[int]) -> list[str]:
        """The distinct words of some sentences, the first of them."""
        words = dict.fromkeys(word for number in numbers for word in self.words[number])
        return list(words)[:MOST_TOPICS]


def _topic_words(sentence: str) -> Iterator[str]:
    found = (match.group() for match in _WORD.finditer(sentence))
    return filter(None, (_topic(word) for word in found if len(word) <= LONGEST_WORD))


@lru_cache(maxsize=1 << 15)
def _topic(word: str) -> str | None:
    """A word as a topic, without its plural; None for one that says little."""
    word = word.replace("’", "'").removesuffix("'s")
    if not word.islower() or len(word) <= 3 or word in STOPWORDS:
        return None
    return word if word.endswith("ss") else word.removesuffix("s")


# --- roles ----------------------------------------------------------------------------------------


def roles_of(text: str, extraction: Extraction) -> list[frozenset[str]]:
    """For each entity the occupations that the article gives it (people only)."""
    found: list[set[str]] = [set() for _ in extraction.entities]
    told = [bool(entity.roles) for entity in extraction.entities]
    for index, entity in enumerate(extraction.entities):
        for span in entity.roles:
            found[index] |= occupations(span.of(text))
    people = [m for m in extraction.mentions if m.kind is EntityKind.PERSON]
    for mention in people:
        if mention.type is MentionType.NOMINAL and mention.entity is not None:
            found[mention.entity] |= occupations(mention.span.of(text))
    names = [m for m in people if m.type is MentionType.NAME]
    starts = [*(m.span.start for m in names[1:]), len(text)]
    ends = [0, *(m.span.end for m in names)]
    for mention, end, start in zip(names, ends, starts, strict=False):
        if mention.entity is not None and not told[mention.entity]:
            found[mention.entity] |= _beside(text, mention.span, end, start)
    for index, roles in _spoken_of(text, names):
        if not told[index]:
            found[index] |= roles
    return [frozenset(roles) for roles in found]


def occupations(phrase: str) -> set[str]:
    """The occupations named in a phrase, one word for those that are the same."""
    words = (w.casefold() for w in _WORD.findall(phrase.replace("-", " ")))
    found = {SAME.get(w, w) for w in words if is_occupation(w)}
    return found | {"lawmaker"} if _LAWMAKER.search(phrase) else found


def _beside(text: str, name: Span, start: int, end: int) -> set[str]:
    """What stands directly before or after a name: a title, an apposition, a plain statement.

    The people named before and after it end at `start` and begin at `end`.
    """
    before = text[max(start, name.start - _FRONT) : name.start]
    after = text[name.end : min(end, name.end + _BACK)]
    found: set[str] = set()
    if title := _TITLE_BEFORE.search(before):
        found |= occupations(title.group(1))
    if called := _CALLED_BEFORE.search(before):
        found |= occupations(called.group(1))
    if said := _SAID_AFTER.match(after):
        # The first phrase only: behind its comma somebody else may be spoken of.
        found |= occupations(said.group(1).split(",")[0])
    return found


def _spoken_of(text: str, names: Sequence[Mention]) -> Iterator[tuple[int, set[str]]]:
    """ "The surgeon said": of whoever was named last."""
    starts = [m.span.start for m in names]
    for match in _THE_ONE.finditer(text):
        roles = occupations(match.group(1))
        place = bisect_right(starts, match.start()) - 1
        if not roles or place < 0:
            continue
        if _NAMESAKE.search(text, max(0, match.start() - _FRONT), match.start()):
            continue
        index = names[place].entity
        # A name that follows at once has the title before it.
        is_title = place + 1 < len(starts) and not text[match.end() : starts[place + 1]].strip()
        if index is not None and not is_title:
            yield index, roles
