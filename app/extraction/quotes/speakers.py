"""From a source mention to the entity that speaks, with the evidence for it.

A source that names or means an entity of the article is `resolved`; one that only describes
somebody ("US officials") is `unnamed` and keeps its words; everything else is `unresolved`. Nothing
is guessed: a pronoun that coreference left open stays open here, and so does a name or pronoun that
two people have nearly equal claims to; both are then alternatives.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain import (
    Alternative,
    ArticleEntity,
    EntityKind,
    Evidence,
    Mention,
    MentionType,
    Span,
    SpeakerStatus,
    Via,
    joined,
)
from app.extraction.coreference.rivals import RUNNERS_UP, Shares, open_between
from app.extraction.names.surfaces import initials
from app.extraction.quotes.attributions import Attribution
from app.extraction.quotes.owners import Owners
from app.extraction.quotes.references import (
    FIRST_PERSON,
    GENERIC,
    NOT_TITLES,
    PRONOUNS,
    RELATIVES,
    head_of,
    is_described,
)

EXAMPLES = NOT_TITLES | {"including", "like", "such", "especially", "particularly", "notably"}
# Between the comma of an apposition and the name, so many words can be a title.
TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Speaker:
    """The answer to "who said it" for one quote (indices into the article's entities)."""

    status: SpeakerStatus = SpeakerStatus.UNRESOLVED
    entity: int | None = None
    described_as: str | None = None
    organisation: int | None = None
    evidence: Evidence = field(default_factory=Evidence)


class Speakers:
    """Resolves sources against the mentions and entities of one article.

    `rivals` are those of `doc._.rivals`: whom a mention may mean, with shares; `described` those of
    `doc._.described`: mentions only where they are a source. Those that were are in `spoke` then.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        entities: Sequence[ArticleEntity],
        rivals: Mapping[Span, Shares] = MappingProxyType({}),
        described: Sequence[Mention] = (),
    ) -> None:
        self.text = text
        self.mentions = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
        self.entities = entities
        self.rivals = rivals
        self.described = {m.span.end: m for m in described}
        self.spoke: list[Mention] = []
        self._starts = [m.span.start for m in self.mentions]
        self._names: dict[int, list[Span]] = {}
        for mention in self.mentions:
            if mention.type is MentionType.NAME and mention.entity is not None:
                self._names.setdefault(mention.entity, []).append(mention.span)
        self._words = self._surnames()
        self.owners = Owners()

    def _surnames(self) -> dict[str, int | None]:
        """Last words and initials of names → their entity; None where two entities share one."""
        words: dict[str, int | None] = {}
        for index, entity in enumerate(self.entities):
            for name in {entity.name, *entity.aliases}:
                keys = {*name.split()[-1:], *initials(name)}
                for word in keys:
                    words[word] = index if words.get(word, index) == index else None
        return words

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly inside a span, in text order."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [m for m in self.mentions[first:last] if m.span.end <= span.end]

    def covering(self, span: Span, limit: int = 12) -> Mention | None:
        """The longest mention that covers a span (of the few that start last before its end)."""
        at = bisect_right(self._starts, span.start)
        found = [m for m in self.mentions[max(0, at - limit) : at] if m.span.contains(span)]
        return max(found, key=lambda m: m.span.end - m.span.start, default=None)

    def knows(self, source: Span, head: Span) -> bool:
        """Whether a mention, an apposition or a surname already tells whom a source names."""
        word = head.of(self.text)
        if word.lower() in PRONOUNS or self.covering(head) is not None:
            return True
        if head.end in self.described or self._surname(word) is not None:
            return True
        return self._titled(source) is not None or self._apposed(source) is not None

    def first_person(self, attribution: Attribution) -> bool:
        """Whether a source is "I" or "we"."""
        head = head_of(self.text, attribution.source[0]) if attribution.source else None
        return head is not None and head.of(self.text).lower() in FIRST_PERSON

    def of(self, source: Sequence[Span]) -> Speaker:
        """The speaker that a source names, describes or stands for."""
        if not source:
            return Speaker()
        head = head_of(self.text, source[0])
        if head is None:
            return Speaker()
        word = head.of(self.text).lower()
        if word in RELATIVES:
            mention = self._antecedent(source[0])
        else:
            mention = self._titled(source[0]) or self.covering(head)
        if mention is not None and mention.entity is not None:
            return self._resolved(mention, source)
        mention = self.described.get(head.end)
        if mention is not None and source[0].contains(mention.span):
            if mention not in self.spoke[-1:]:
                self.spoke.append(mention)
            return self._resolved(mention, source)
        if word in PRONOUNS:
            return Speaker(evidence=Evidence(via=Via.PRONOUN))
        mention = self._apposed(source[0]) or self._first_of(source[0])
        mention = mention or self.owners.of(self.text, source[0], head, self.within(source[0]))
        if mention is not None:
            return self._resolved(mention, source)
        return self._by_surname(head) or self._described(source, head)

    def _titled(self, source: Span) -> Mention | None:
        """The person at the end of a title ("Secretary of State Mira Kovalenko", not "… for X")."""
        comma = self.text.find(",", source.start, source.end)
        end = comma if comma >= 0 else source.end
        named = [
            m
            for m in self.within(Span(source.start, end))
            if m.span.end == end and m.type is MentionType.NAME and m.kind is EntityKind.PERSON
        ]
        before = self.text[source.start : named[-1].span.start].split() if named else []
        return named[-1] if before and before[-1].lower() not in NOT_TITLES else None

    def _resolved(self, mention: Mention, source: Sequence[Span]) -> Speaker:
        entity = mention.entity
        assert entity is not None
        antecedent = None
        if mention.type is not MentionType.NAME:
            antecedent = self._named_before(entity, mention.span.start)
        ranked = self.rivals.get(mention.span, ())
        if open_between(ranked):
            both = tuple(Alternative(one, share) for one, share in ranked[:RUNNERS_UP])
            return Speaker(evidence=Evidence(via=self._via(mention), alternatives=both))
        evidence = Evidence(
            via=self._via(mention),
            antecedent=antecedent,
            alternatives=self._alternatives(mention, source),
        )
        return Speaker(
            SpeakerStatus.RESOLVED,
            entity,
            organisation=self._organisation(source, entity),
            evidence=evidence,
        )

    def _alternatives(self, mention: Mention, source: Sequence[Span]) -> tuple[Alternative, ...]:
        """Who else may have said it, the likeliest first.

        The score of one whom the mention may mean instead is a share of the evidence, as
        `coreference.rivals` says; of n people who speak together, each has 1/n.
        """
        scores = dict(self.rivals.get(mention.span, ())[1:])
        if self._joint(source):
            beside = {
                m.entity: None
                for span in source
                for m in self.within(span)
                if m.entity not in (None, mention.entity) and m.kind is EntityKind.PERSON
            }
            for e in beside:
                if e is not None:
                    scores[e] = max(scores.get(e, 0.0), round(1 / (len(beside) + 1), 3))
        ranked = sorted(scores.items(), key=lambda one: -one[1])
        return tuple(Alternative(e, score) for e, score in ranked[:RUNNERS_UP] if score > 0)

    def _joint(self, source: Sequence[Span]) -> bool:
        """Whether a source names several speakers ("A and B")."""
        return " and " in (joined(source, self.text) or "")

    def _via(self, mention: Mention) -> Via:
        """How the mention refers; one with a capital ("the Foreign Minister") is a title."""
        if mention.type is MentionType.NAME:
            return Via.NAME
        if mention.type is MentionType.PRONOUN:
            return Via.PRONOUN
        words = mention.span.of(self.text).split()
        return Via.TITLE if any(w[:1].isupper() for w in words[1:]) else Via.NOMINAL

    def _named_before(self, entity: int, at: int) -> Span | None:
        """The last named mention of an entity before a position, else its first one."""
        names = self._names.get(entity)
        if not names:
            return None
        i = bisect_left(names, Span(at, at + 1)) - 1
        return names[max(0, i)]

    def _antecedent(self, source: Span) -> Mention | None:
        """The mention right before a relative pronoun."""
        at = source.start
        while at > 0 and (self.text[at - 1].isspace() or self.text[at - 1] in ",—–-"):
            at -= 1
        found = self.covering(Span(at - 1, at)) if at > 0 else None
        place = found is not None and found.kind is EntityKind.LOCATION
        return None if place and source.of(self.text).lower() == "who" else found

    def _apposed(self, source: Span) -> Mention | None:
        """A person named behind a description ("the city's mayor, Senator Mira Kovalenko")."""
        comma = self.text.find(",", source.start, source.end)
        if comma < 0:
            return None
        for mention in self.within(Span(comma, source.end)):
            named = mention.type is MentionType.NAME and mention.kind is EntityKind.PERSON
            if not named or mention.entity is None:
                continue
            title = self.text[comma + 1 : mention.span.start].split()
            if len(title) <= TITLE_WORDS and not any(w.lower() in EXAMPLES for w in title):
                return mention
            return None
        return None

    def _first_of(self, source: Span) -> Mention | None:
        """The first of several who speak together ("Nordbahn and the Harbour newspaper chain")."""
        for mention in self.within(source)[:1]:
            before = self.text[source.start : mention.span.start].strip().lower()
            joined = self.text.startswith(" and ", mention.span.end)
            if joined and before in ("", "the", "both") and mention.type is MentionType.NAME:
                return mention
        return None

    def _by_surname(self, head: Span) -> Speaker | None:
        """A name that the mentions missed but whose last word belongs to one entity."""
        entity = self._surname(head.of(self.text))
        if entity is None:
            return None
        evidence = Evidence(via=Via.NAME, antecedent=self._named_before(entity, head.start))
        return Speaker(SpeakerStatus.RESOLVED, entity, evidence=evidence)

    def _surname(self, word: str) -> int | None:
        """The one entity of a last word or of initials, in capitals too ("WALLACE: …")."""
        if not word[:1].isupper():
            return None
        entity = self._words.get(word)
        if entity is None and word.isupper() and word not in self._words:
            entity = self._words.get(word.capitalize())
        return entity

    def _described(self, source: Sequence[Span], head: Span) -> Speaker:
        """Somebody described but not named, or a name nobody knows."""
        words = head.of(self.text)
        described = is_described(self.text, source[0], head)
        acronym = words.isupper() and len(words) > 1
        name = words[:1].isupper() and words.lower() not in GENERIC
        name = name and (acronym or not self._opens(head))
        name = name and not described
        if name:
            return Speaker(evidence=Evidence(via=Via.NAME))
        return Speaker(
            SpeakerStatus.UNNAMED,
            described_as=joined(source, self.text),
            organisation=self._organisation(source, None),
            evidence=Evidence(via=Via.NOMINAL),
        )

    def _opens(self, head: Span) -> bool:
        """Whether a word stands at the start of a sentence, where a capital tells nothing."""
        before = self.text[max(0, head.start - 3) : head.start].rstrip(" \xa0“\"'‘")
        return not before or before[-1] in ".!?\n"

    def _organisation(self, source: Sequence[Span], speaker: int | None) -> int | None:
        """The organisation that a source speaks for ("a spokesman for X", "X spokeswoman Y")."""
        for span in source:
            for mention in self.within(span):
                if mention.kind is EntityKind.ORGANISATION and mention.entity not in (
                    None,
                    speaker,
                ):
                    return mention.entity
        return None
