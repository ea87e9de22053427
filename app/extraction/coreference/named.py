"""The names of an article, people's and others', tied to its entities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import ArticleEntity, EntityKind, Mention, Span
from app.extraction.coreference.groups import Name, best_name, group_names
from app.extraction.coreference.occupations import PROFESSIONS, RANKS
from app.extraction.coreference.people import PersonName, group_people
from app.extraction.coreference.person_names import is_clipped, name_words
from app.extraction.coreference.renamings import renamed
from app.extraction.coreference.rivals import Shares
from app.extraction.coreference.short_forms import stands_alone
from app.extraction.names.bodies import BODIES
from app.extraction.names.lexicon import HONORIFICS
from app.namesakes import NAMESAKE
from app.words import is_acronym

# Who is called so beside a namesake is of another generation.
_GENERATIONS = frozenset({"father", "son", "grandfather", "grandson"})
# Before the second of a name in an article, with a word on who that is at most.
_OTHER = re.compile(r"\b(?:the other|namesake),? (?:[\w’'-]+ )?$", re.IGNORECASE)
_LONGEST_OTHER = 40
# "Mira Kovalenko, the harbour's master, …".
_APPOSED = re.compile(r", ((?:[\w'’-]+ ){0,4}[\w'’-]+)(?=,| of | for | at | in | who |\.)")
_LONGEST_APPOSED = 60
# What stands between a name and the one that explains it: "World Food Group (WFG)".
_BRACKET = re.compile(r"(?:['’]s)?\s*[(\[]\s*(?:the\s+)?[\"“]?")
_LONGEST_BRACKET = 12
# A full name that stands so many times less often than one word of it says nothing of that word.
RARE = 4
# With how many of the article's people a clipped name ("K-Fed") is compared.
MOST_CLIPPED = 50
# So far from a word on namesakes, in code points, and so many names, are those it speaks of.
NEAR_NAMESAKE = 200
MOST_NEAR = 20


@dataclass(frozen=True, slots=True)
class Named:
    """The names of an article with their entities, and the entities in order of first mention.

    `genders` are those of the people, for the reading only; `rivals` are, for each name that
    several people bear, these with their shares.
    """

    mentions: list[Mention]
    entities: list[ArticleEntity]
    genders: Mapping[int, str | None]
    rivals: Mapping[Span, Shares]


def name_entities(text: str, names: Sequence[Mention]) -> Named:
    """Group names (in text order) into entities."""
    names = _as_people(text, names)
    people = [i for i, m in enumerate(names) if m.kind is EntityKind.PERSON]
    others = [i for i, m in enumerate(names) if m.kind is not EntityKind.PERSON]
    spans = [names[i].span for i in people]
    other_names = list(renamed(text, spans))
    persons = group_people(
        [_person_name(text, span) for span in spans],
        namesakes=_namesakes(text, spans),
        renamed=other_names,
    )
    bodies = group_names(
        [Name(names[i].span.of(text), names[i].kind) for i in others],
        _defined(text, [names[i].span for i in others]),
    )
    keys: dict[int, tuple[bool, int]] = {
        **{i: (True, owner) for i, owner in zip(people, persons.owners, strict=True)},
        **{i: (False, owner) for i, owner in zip(others, bodies.owners, strict=True)},
    }
    numbers: dict[tuple[bool, int], int] = {}
    mentions = []
    for i, mention in enumerate(names):
        person, owner = keys[i]
        kind = EntityKind.PERSON if person else bodies.kinds[owner]
        entity = numbers.setdefault(keys[i], len(numbers))
        mentions.append(replace(mention, kind=kind, entity=entity))
    shares = {names[i].span: ranked for i, ranked in zip(people, persons.shares, strict=True)}
    return Named(
        mentions,
        _entities(text, mentions, len(numbers), {spans[other] for _, other in other_names}),
        {n: persons.people[owner].gender for (person, owner), n in numbers.items() if person},
        {
            span: tuple((numbers[True, one], share) for one, share in ranked)
            for span, ranked in shares.items()
            if len(ranked) > 1
        },
    )


def _as_people(text: str, names: Sequence[Mention]) -> list[Mention]:
    """Names with organisations made people that are a part of a person's full name.

    A name has one sense in an article (Gale, Church and Yarowsky 1992): where "Mira Kovalenko" is
    a person, so is "Kovalenko". Not so where another name has the word, where everyone knows it
    for a body or place, or where the full name is rare beside it: a firm and somebody of its name.
    """
    whole = [name_words(mention.span.of(text)) for mention in names]
    parts: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    others: set[str] = set()
    full: dict[tuple[str, ...], None] = {}
    for mention, words in zip(names, whole, strict=True):
        if len(words) == 1:
            bare[words[0]] += mention.kind is EntityKind.ORGANISATION
            others |= {words[0]} if is_acronym(mention.span.of(text)) else set()
        elif mention.kind is EntityKind.PERSON:
            parts.update({words[0], words[-1]})
            full[tuple(words)] = None
        else:
            others.update(words)
    people = {
        part
        for part in parts.keys() - others - BODIES
        if len(part) > 2 and stands_alone(part) and bare[part] <= RARE * parts[part]
    }
    first = [*full][:MOST_CLIPPED]
    people |= {word for word in bare if any(is_clipped(word, one) for one in first)}
    return [
        replace(mention, kind=EntityKind.PERSON)
        if words[0] in people and len(words) == 1 and mention.kind is EntityKind.ORGANISATION
        else mention
        for mention, words in zip(names, whole, strict=True)
    ]


def _person_name(text: str, span: Span) -> PersonName:
    """A person's name with the form of address before it."""
    words = text[max(0, span.start - 15) : span.start].split()
    before = words[-1].rstrip(".,").lower() if words else ""
    title = before if before in HONORIFICS else ""
    # "He met the captain. Jan Brandt left": only short ranks have a full stop.
    role = RANKS.get(before) or (before if words and words[-1].isalpha() else "")
    apposed = _APPOSED.match(text, span.end, span.end + _LONGEST_APPOSED)
    if role not in PROFESSIONS and apposed:
        role = apposed.group(1).rsplit(maxsplit=1)[-1].lower()
    role = role if role in PROFESSIONS else ""
    is_other = _OTHER.search(text, max(0, span.start - _LONGEST_OTHER), span.start) is not None
    return PersonName(span.start, span.of(text), title, before in _GENERATIONS, role, is_other)


def _namesakes(text: str, people: Sequence[Span]) -> frozenset[str]:
    """The surnames of people near whose names the text says that somebody else has the name."""
    found: set[str] = set()
    starts = [span.start for span in people]
    for match in NAMESAKE.finditer(text):
        first = bisect_left(starts, match.start() - NEAR_NAMESAKE)
        last = bisect_left(starts, match.end() + NEAR_NAMESAKE)
        some = people[first:last][:MOST_NEAR]
        found |= {name_words(span.of(text))[-1] for span in some}
    return frozenset(found)


def _defined(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The pairs of neighbours of which the second stands in brackets behind the first."""
    found = []
    for i in range(1, len(spans)):
        between = text[spans[i - 1].end : spans[i].start]
        if len(between) <= _LONGEST_BRACKET and _BRACKET.fullmatch(between):
            found.append((i - 1, i))
    return found


def _entities(
    text: str, names: Sequence[Mention], count: int, other_names: Collection[Span]
) -> list[ArticleEntity]:
    """The entities with their best names and other surfaces, in order of first mention.

    The best name is none of those that the text gives as the other one ("née").
    """
    surfaces: dict[int, list[str]] = defaultdict(list)
    others: dict[int, set[str]] = defaultdict(set)
    kinds: dict[int, EntityKind] = {}
    for mention in names:
        if mention.entity is not None:
            surface = " ".join(mention.span.of(text).split())
            surfaces[mention.entity].append(surface)
            kinds[mention.entity] = mention.kind
            if mention.span in other_names:
                others[mention.entity].add(surface)
    found = []
    for entity in range(count):
        own = [surface for surface in surfaces[entity] if surface not in others[entity]]
        name = best_name(own or surfaces[entity], kinds[entity])
        aliases = dict.fromkeys(s for s in surfaces[entity] if s != name)
        found.append(ArticleEntity(kinds[entity], name, tuple(aliases)))
    return found
