"""Articles by chance for a record of any size: words, names and times as a large newsroom's.

Words, entities, outlets and speakers follow Zipf's law. An article has a topic, whose entities it
mentions beside those that everybody does, so that the same ones meet again and again. All names are
made up of syllables. The nth article is the same in every record of so many articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

QUOTES, ENTITIES, MENTIONS = 14.3, 13, 57.2  # an article, on average
BEARERS, TOPICS, OF_THE_TOPIC = 150_000, 300, 0.6
VOCABULARY, OUTLETS = 60_000, 200
FROM, DAYS = datetime(2023, 1, 1, tzinfo=UTC), 1_095
GIVEN, SURNAMES = 400, 20_000
KINDS = ("person", "organisation", "person", "location", "person")
CUES = ("said", "warned", "told reporters", "believes", "hopes", "denied", "announced")
ROLES = ("minister", "engineer", "harbour master", "spokeswoman", "judge")
NOBODY = ("officials", "residents", "people at the scene", "two engineers", "a spokesman")

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_SYLLABLES = [c + v for v in _VOWELS for c in _CONSONANTS]
_CHUNK = 1_000


def word(rank: int) -> str:
    """The made-up word of that rank: the common ones are short."""
    size, found = len(_SYLLABLES), []
    while True:
        rank, at = divmod(rank, size)
        found.append(_SYLLABLES[at])
        if rank == 0:
            return "".join(found)
        rank -= 1


def kind_of(bearer: int) -> str:
    """The kind of the nth entity."""
    return KINDS[bearer % len(KINDS)]


def name_of(bearer: int) -> str:
    """The name of the nth entity: first names and surnames recur as they do among people."""
    kind = kind_of(bearer)
    if kind == "person":
        chance = random.Random(bearer)
        # Some are common, most are rare; the square does that.
        given, surname = (int(n * chance.random() ** 2) for n in (GIVEN, SURNAMES))
        return f"{word(70 + given)} {word(400 + surname)}".title()
    if kind == "organisation":
        return f"{word(5_000 + bearer)} {word(100 + bearer % 60)}".title()
    return word(5_000 + bearer).title()


@dataclass(slots=True)
class Mentioned:
    """A mention: code points, and the number of its entity among those of the article."""

    start: int
    end: int
    type: str
    entity: int


@dataclass(slots=True)
class Said:
    """A quote. `speaker` and `about` are numbers among the article's entities."""

    content: tuple[int, int]
    cue: tuple[int, int]
    source: tuple[int, int]
    text: str
    speaker: int | None
    status: str
    via: str
    antecedent: tuple[int, int] | None
    described_as: str | None
    organisation: int | None
    about: list[int]
    kind: str
    polarity: str
    confidence: float | None


@dataclass(slots=True)
class Written:
    """An article; `bearers` are its entities, `roles` (start, end, entity)."""

    number: int
    at: datetime
    title: str
    text: str = ""
    outlet: str | None = None
    language: str = "en"
    bearers: list[int] = field(default_factory=list)
    mentions: list[Mentioned] = field(default_factory=list)
    quotes: list[Said] = field(default_factory=list)
    roles: list[tuple[int, int, int]] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)


def _zipf(size: int, shift: float) -> npt.NDArray[np.float64]:
    found = np.cumsum(1 / (np.arange(size) + shift))
    return found / found[-1]


class World:
    """So many articles of one seed."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.size = articles
        self._draw = np.random.default_rng(seed)
        self._chance = random.Random(seed)
        self._vocabulary = np.array([word(rank) for rank in range(VOCABULARY)], dtype=object)
        self._of_words = _zipf(VOCABULARY, 2.7)
        self._of_bearers = _zipf(BEARERS, 4)
        self._of_a_topic = _zipf(BEARERS // TOPICS, 2)
        self._of_topics = _zipf(TOPICS, 5)
        self._of_outlets = _zipf(OUTLETS, 3)
        self._words: list[str] = []
        self._at = 0
        self._heard: list[str] = []
        self.names: dict[int, str] = {}

    def articles(self) -> Iterator[Written]:
        """All articles, by time on the whole, one in five out of turn."""
        for first in range(0, self.size, _CHUNK):
            count = min(_CHUNK, self.size - first)
            bearers = self._bearers(count)
            outlets = np.searchsorted(self._of_outlets, self._draw.random(count))
            sizes = self._draw.poisson(QUOTES, count)
            for i in range(count):
                yield self._article(first + i, bearers[i], int(outlets[i]), int(sizes[i]))

    def name(self, bearer: int) -> str:
        """The name of an entity."""
        if bearer not in self.names:
            self.names[bearer] = name_of(bearer)
        return self.names[bearer]

    def words(self, count: int) -> list[str]:
        """So many words by Zipf's law."""
        if self._at + count > len(self._words):
            ranks = np.searchsorted(self._of_words, self._draw.random(500_000))
            self._words, self._at = self._vocabulary[ranks].tolist(), 0
        self._at += count
        return self._words[self._at - count : self._at]

    def _bearers(self, articles: int) -> list[list[int]]:
        shape = (articles, 20)
        common = np.searchsorted(self._of_bearers, self._draw.random(shape))
        topics = np.searchsorted(self._of_topics, self._draw.random((articles, 1)))
        local = np.searchsorted(self._of_a_topic, self._draw.random(shape))
        chosen = np.where(
            self._draw.random(shape) < OF_THE_TOPIC, topics + TOPICS * local, common
        ).tolist()
        sizes = self._draw.integers(ENTITIES - 5, ENTITIES + 6, articles).tolist()
        return [list(dict.fromkeys(row))[:size] for row, size in zip(chosen, sizes, strict=True)]

    def _article(self, number: int, bearers: list[int], outlet: int, quotes: int) -> Written:
        chance = self._chance
        turn = number / self.size if chance.random() < 0.8 else chance.random()
        at = FROM + timedelta(seconds=int(turn * DAYS * 86_400) + chance.randrange(3_600))
        made = Written(number, at, " ".join(self.words(7)).capitalize(), bearers=bearers)
        made.outlet = None if chance.random() < 0.05 else f"The {word(300 + outlet).title()} Post"
        made.language = "de" if chance.random() < 0.1 else "en"
        _Text(self, made, chance).write(quotes)
        return made

    def content(self, chance: random.Random, inside: str | None) -> str:
        """The words of a quote, `inside` among them; one in thirty was said before."""
        if inside is None and self._heard and chance.random() < 0.033:
            return chance.choice(self._heard)
        words = self.words(min(45, 4 + int(chance.expovariate(1 / 11))))
        if inside is not None:
            words = [*words[: len(words) // 2], inside, *words[len(words) // 2 :]]
        content = " ".join(words)
        if inside is None and chance.random() < 0.01:
            self._heard.append(content)
        return content


class _Text:
    """Writes one article's text, and notes where things stand in it."""

    def __init__(self, world: World, article: Written, chance: random.Random) -> None:
        self._world, self._article, self._chance = world, article, chance
        self._parts: list[str] = []
        self._at = 0
        self._first: dict[int, tuple[int, int]] = {}
        kinds = [kind_of(bearer) for bearer in article.bearers]
        self._people = [i for i, kind in enumerate(kinds) if kind == "person"]
        self._speakers = [i for i, kind in enumerate(kinds) if kind != "location"] or [0]
        self._organisations = [i for i, kind in enumerate(kinds) if kind == "organisation"]

    def write(self, quotes: int) -> None:
        """The whole text, of so many quotes."""
        count = len(self._article.bearers)
        per_quote = (MENTIONS - 1.2 * QUOTES - count) / QUOTES
        begin = self._at
        for index in range(count):
            self._told(index)
        self._end(begin)
        for _ in range(quotes):
            begin = self._at
            self._quote()
            for _ in range(int(per_quote + self._chance.random())):
                self._told(self._pick(count))
            self._end(begin)
        self._article.text = "".join(self._parts)

    def _pick(self, count: int) -> int:
        # Some of an article's entities are mentioned much oftener than others.
        return int(count * self._chance.random() ** 2)

    def _add(self, text: str) -> tuple[int, int]:
        start = self._at
        self._parts.append(text)
        self._at += len(text)
        return start, self._at

    def _end(self, begin: int) -> None:
        self._article.breaks.append((begin, self._at))
        self._add("\n\n")

    def _named(self, index: int) -> tuple[int, int]:
        span = self._add(self._world.name(self._article.bearers[index]))
        self._article.mentions.append(Mentioned(*span, "name", index))
        self._first.setdefault(index, span)
        return span

    def _told(self, index: int) -> None:
        self._add(" ".join(self._world.words(4)) + " ")
        if index not in self._first and index in self._people and self._chance.random() < 0.3:
            self._article.roles.append((*self._add(self._chance.choice(ROLES)), index))
            self._add(" ")
        self._named(index)
        self._add(". ")

    def _quote(self) -> None:
        chance, article = self._chance, self._article
        about = self._pick(len(article.bearers)) if chance.random() < 0.35 else None
        named = None if about is None else self._world.name(article.bearers[about])
        words = self._world.content(chance, named)
        kind = chance.choices(("direct", "indirect", "mixed"), (6, 3, 1))[0]
        text = f"“{words},”" if kind == "direct" else words
        content = self._add(text)
        if about is not None and named is not None:
            start = content[0] + text.index(named)
            article.mentions.append(Mentioned(start, start + len(named), "name", about))
        self._add(" ")
        cue = self._add(chance.choice(CUES))
        self._add(" ")
        said = Said(
            content, cue, (0, 0), text, None, "resolved", "name", None, None, None,
            [] if about is None else [about], kind, "asserted", None,
        )  # fmt: skip
        self._source(said)
        if chance.random() < 0.06:
            said.polarity = chance.choice(("denied", "questioned"))
        if chance.random() > 0.05:
            said.confidence = round(1 - 0.6 * chance.random() ** 2, 3)
        article.quotes.append(said)
        self._add(". ")

    def _source(self, said: Said) -> None:
        chance = self._chance
        drawn = chance.random()
        if drawn < 0.8:
            index = self._speakers[int(len(self._speakers) * chance.random() ** 2)]
            said.speaker = index
            if drawn < 0.3 and index in self._people:
                said.via, said.antecedent = "pronoun", self._first[index]
                said.source = self._add("she")
                self._article.mentions.append(Mentioned(*said.source, "pronoun", index))
            else:
                said.source = said.antecedent = self._named(index)
            return
        said.described_as = chance.choice(NOBODY)
        said.source = self._add(said.described_as)
        said.status, said.via = "unnamed", "nominal"
        if drawn > 0.93:
            said.status, said.described_as = "unresolved", None
        elif self._organisations and drawn < 0.85:
            said.organisation = chance.choice(self._organisations)
