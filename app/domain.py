"""The nouns of Onrecord: what passes from reader to extractor to store.

Everything here is a frozen value without input or output. Offsets count Unicode code points into
`Document.text`, end exclusive, and `text[start:end]` is always the span's own text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: code points `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


# --- documents ------------------------------------------------------------------------------------


class ZoneKind(StrEnum):
    """What a stretch of an article is, beside being text."""

    DATELINE = "dateline"
    """Where the story was filed, brackets or dash included; `value` is the place."""
    PUBLISHED = "published"
    """A printed time of publication; `value` is the printed time."""
    UPDATED = "updated"
    """A printed time of an update; `value` is the printed time."""
    AUTHOR = "author"
    """A name in a byline; `value` is the name."""
    AGENCY = "agency"
    """A news agency in a byline or dateline; `value` is its name as printed."""
    HEADING = "heading"
    """The title in the text, a cross-heading or a pull quote that stands alone."""
    PARAGRAPH = "paragraph"
    """A paragraph of running text."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A marked stretch of `Document.text`. Zones of different kinds may lie inside one another."""

    kind: ZoneKind
    span: Span
    value: str | None = None


class Precision(StrEnum):
    """How exactly a printed time is known."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A time as an article states it.

    `instant` is aware and is None where the text names no zone (a wall-clock time is no instant);
    `local` is the wall-clock reading (naive; midnight where only the day is known).
    """

    local: datetime
    precision: Precision
    printed: str
    instant: datetime | None = None
    zone_assumed: str | None = None

    @property
    def day(self) -> date:
        """The calendar day as printed."""
        return self.local.date()


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a reader found it.

    `text` keeps the document's characters; only line ends are normalised to "\\n". `source_key` is
    the identifier that the source itself gives the article, where it gives one. `origin` says where
    the bytes came from (file, line), for messages only.
    """

    text: str
    origin: str
    title: str | None = None
    url: str | None = None
    source_key: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    publisher: str | None = None
    published: PrintedTime | None = None
    updated: PrintedTime | None = None
    dateline: str | None = None
    language: str | None = None
    zones: tuple[Zone, ...] = ()

    def spans(self, *kinds: ZoneKind) -> list[Span]:
        """The spans of all zones of the given kinds, in text order."""
        return sorted(z.span for z in self.zones if z.kind in kinds)


# --- extraction -----------------------------------------------------------------------------------


class EntityKind(StrEnum):
    """The three kinds of entity on record."""

    PERSON = "person"
    ORGANISATION = "organisation"
    LOCATION = "location"


class MentionType(StrEnum):
    """How a mention refers: by name, by description ("the minister") or by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an entity.

    `entity` indexes `Extraction.entities`; None where it could not be resolved. `kind` is the kind
    of what is referred to.
    """

    span: Span
    type: MentionType
    kind: EntityKind
    entity: int | None = None
    confidence: float | None = None


NEAR = "near:"
"""Before the key of another place: about there, because that is what stands beside it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one guessed to lie near one.

    `key` names its source and id there ("geonames:2921044"; behind NEAR for a guess), `kind` is one
    of country, region, county, town, airport, continent, sea or area, `country` ISO 3166-1 alpha-2
    and `region` the name of the first-order division, None where the place has none. Degrees of
    WGS 84.
    """

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    region: str | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class Located:
    """Where a location is: the likeliest place, how sure that is, and what else it might be.

    `confidence` and the alternatives' scores are shares of the evidence in [0, 1], best first.
    """

    place: Place
    confidence: float
    alternatives: tuple[tuple[Place, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleEntity:
    """An entity as one article knows it: its best name and the other surfaces it goes by.

    `roles` are stretches that say what a person is ("US Secretary of State"), in text order;
    `salience` in [0, 1] says how far the article is about the entity, None where not worked out;
    `located` is for locations that were found on the map.
    """

    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Span, ...] = ()
    salience: float | None = None
    located: Located | None = None


class QuoteKind(StrEnum):
    """Whether the words are the speaker's own (direct), partly (mixed) or reported (indirect)."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class CueClass(StrEnum):
    """What the cue says was done: saying, believing, intending or feeling."""

    SPEECH = "speech"
    BELIEF = "belief"
    INTENTION = "intention"
    FEELING = "feeling"


class Polarity(StrEnum):
    """Whether the content is put forward, denied ("denied that") or asked about."""

    ASSERTED = "asserted"
    DENIED = "denied"
    QUESTIONED = "questioned"


class SpeakerStatus(StrEnum):
    """What is known of the speaker."""

    RESOLVED = "resolved"
    """An entity of the article."""
    UNNAMED = "unnamed"
    """Described but not named ("US officials")."""
    UNRESOLVED = "unresolved"
    """Not found, or found but not tied to an entity."""


class Via(StrEnum):
    """The evidence that led to the speaker."""

    NAME = "name"
    TITLE = "title"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    CONTINUATION = "continuation"
    """No source of its own: it continues the quote before it."""
    CONTEXT = "context"
    """No source of its own: taken from the sentences around it."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another entity that might have been the speaker. `entity` indexes `Extraction.entities`.

    `score` is its share of the evidence in [0, 1], not a calibrated probability. An unresolved
    speaker may have alternatives, the first being the favourite.
    """

    entity: int
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a quote has its speaker. `antecedent` is the named mention it was resolved through."""

    via: Via | None = None
    antecedent: Span | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A reported utterance or attitude.

    `content`, `cue` and `source` are spans in text order (content is never empty; quotation marks
    belong to it). `speaker` and `organisation` index `Extraction.entities`; `about` too; `parent`
    indexes `Extraction.quotes`. `described_as` is the source's own words for an unnamed speaker.
    """

    content: tuple[Span, ...]
    kind: QuoteKind
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    cue_class: CueClass = CueClass.SPEECH
    polarity: Polarity = Polarity.ASSERTED
    verbatim: bool = True
    status: SpeakerStatus = SpeakerStatus.UNRESOLVED
    speaker: int | None = None
    described_as: str | None = None
    organisation: int | None = None
    evidence: Evidence = field(default_factory=Evidence)
    about: tuple[int, ...] = ()
    parent: int | None = None
    confidence: float | None = None

    def text(self, article: str) -> str:
        """The content spans joined by a space."""
        return " ".join(span.of(article) for span in self.content)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document. Mentions and quotes stand in text order."""

    mentions: tuple[Mention, ...] = ()
    entities: tuple[ArticleEntity, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtractorInfo:
    """What made an extraction: stored as a run, shown as provenance."""

    version: str
    model: str
    model_digest: str
    settings_digest: str


def joined(spans: Sequence[Span], text: str) -> str | None:
    """The texts of `spans` joined by a space, None for no span."""
    return " ".join(span.of(text) for span in spans) or None


# --- resolution -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traits:
    """What articles say around an entity: the evidence that tells namesakes apart.

    Each mapping counts articles by term: `roles` what a person is called ("surgeon"), `names` the
    people and organisations beside it and `places` the locations (both `identity.name_norm`),
    `topics` the words of its sentences, `called` the best name of each article, as printed.
    `homes` the place that a person or body stands nearest to, `born` the year of birth that the age
    tells (a year off at most), `dead` the day of an article that says they are.
    `outlets` (of organisations alone) counts articles by publisher. `context` (of people alone)
    sums vectors of what is written around them (`resolution.contexts`); empty where not known.
    `read_as` counts the articles that read its name as another kind, by kind.
    `articles` is how many articles were counted, `first` and `last` their earliest and latest day.
    Of one article alone, and not stored: `is_namesake` (it says that somebody else has the name)
    and `roles_of_others`, what other people in it are called.
    """

    roles: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    called: Mapping[str, int] = field(default_factory=dict)
    articles: int = 0
    first: date | None = None
    last: date | None = None
    is_namesake: bool = False
    roles_of_others: frozenset[str] = frozenset()
    outlets: Mapping[str, int] = field(default_factory=dict)
    homes: Mapping[str, int] = field(default_factory=dict)
    born: Mapping[str, int] = field(default_factory=dict)
    dead: Mapping[str, int] = field(default_factory=dict)
    context: tuple[int, ...] = ()
    read_as: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity already on record that an article's entity might be.

    `aliases` are normalised (`identity.name_norm`): all of an earlier entity, else those by which
    it was sought and the best names of its articles.
    `traits` is what is known of it beside names (None: nothing yet), `articles` how many articles
    mention it, `places` the keys of the gazetteer under which it was located.
    """

    uid: str
    kind: EntityKind
    name: str
    aliases: frozenset[str] = frozenset()
    traits: Traits | None = None
    articles: int = 0
    places: frozenset[str] = frozenset()


class CandidateSource(Protocol):
    """What resolution asks of the record, for one article."""

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        """The entities under each of the keys given, who had it first stands first.

        A key is a full name (`identity.name_norm`) or one that resolution gave the entity when it
        was stored (`ResolvedEntity.keys`). Under a key that very many share only the first of them
        stand. A key that nobody has may be missing from the answer.
        """

    def earlier(self) -> Sequence[Candidate]:
        """The entities that the article had when it was extracted before, with their aliases."""


class Gazetteer(Protocol):
    """What places there are, by name."""

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Place]]:
        """The places that bear each of the names given (`identity.name_norm`), most populous first.

        A name that no place bears may be missing from the answer.
        """


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """A standing entity that may be the same as the one that carries the proposal.

    `score` in [0, 1] says how sure that is (no calibrated probability), `reasons` why, each a short
    sentence. Nothing is merged until an editor does.
    """

    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """An article's entity and its id on record, with what the record is to keep for later.

    `keys` are what the entity can be found by besides its `aliases`, `traits` what the article says
    of it, `name` its name on record from now on (None: as it is).
    """

    entity: ArticleEntity
    uid: str
    keys: tuple[str, ...] = ()
    traits: Traits | None = None
    name: str | None = None
    proposals: tuple[MergeProposal, ...] = ()
