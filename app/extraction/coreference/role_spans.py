"""What the text calls a person, as spans: offices, professions, relations.

Read off a title ("Polish Secretary of State Mira Kovalenko"), an apposition ("Mira Kovalenko, a
retired harbour pilot,", "the head of the port, Mira Kovalenko,"), a plain statement ("Mira
Kovalenko, who was the first mayor of …"), a phrase with "as" ("As mayor, Kovalenko …") and the
descriptions that coreference resolved ("the 43-year-old nurse").

A span begins at the first word that says something: articles, "his" and "her" stay outside,
"former" and whose ("the port's chief engineer") inside. It goes on past its noun with the phrases
that belong to it ("spokesman for the ministry"), up to a comma, a verb or a relative clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from app.domain import ArticleEntity, EntityKind, Mention, MentionType, Span
from app.extraction.coreference.noun_phrases import Phrase, phrase_after, phrase_before
from app.extraction.coreference.occupations import KIN
from app.extraction.names.tokens import token_range

# A person has no more roles in an article; a text that repeats a thousand must not cost their
# square.
MOST = 20
_BE = frozenset({"is", "was", "became", "remains", "remained"})
_MADE = frozenset({"elected", "re-elected", "appointed", "named", "made", "chosen"})
_NAMED = frozenset({"named", "called"})
_APPOSED = frozenset({",", "(", "–", "—"})
_ENDS = frozenset({",", ".", ")", ";", ":", "–", "—", "!", "?", "”", '"', "’", "-", "]"})


def with_roles(
    doc: Doc, mentions: Sequence[Mention], entities: Sequence[ArticleEntity]
) -> tuple[ArticleEntity, ...]:
    """The entities, people with their `roles`: each once, in text order."""
    people = [m for m in mentions if m.kind is EntityKind.PERSON and m.entity is not None]
    named = bytearray(len(doc))
    ranges = [token_range(doc, mention.span) for mention in people]
    for mention, (start, end) in zip(people, ranges, strict=True):
        if mention.type is MentionType.NAME:
            named[start:end] = b"\x01" * (end - start)
    found: dict[int, list[Phrase]] = defaultdict(list)
    for mention, (start, end) in zip(people, ranges, strict=True):
        if mention.entity is None or len(found[mention.entity]) >= MOST:
            continue
        if mention.type is MentionType.NAME:
            found[mention.entity] += _around(doc, start, end, named)
        elif mention.type is MentionType.NOMINAL:
            found[mention.entity] += _described(doc, start, end, named)
    return tuple(
        replace(entity, roles=_distinct(doc, found[i])) if found.get(i) else entity
        for i, entity in enumerate(entities)
    )


def _around(doc: Doc, start: int, end: int, named: bytearray) -> Iterator[Phrase]:
    """The roles that stand beside a name, tokens `start` to `end`."""
    title = phrase_before(doc, start, named)
    if title is not None:
        yield title
    elif start and doc[start - 1].lower_ in _NAMED:
        before = phrase_before(doc, start - 1, named)
        if before is not None:
            yield before
    else:
        yield from _explained(doc, start, end, named)
        yield from _as_before(doc, start, named)
    yield from _after(doc, end, named)


def _explained(doc: Doc, start: int, end: int, named: bytearray) -> Iterator[Phrase]:
    """The description that a name explains: "the head of the port, Mira Kovalenko, said"."""
    if start < 3 or doc[start - 1].text != "," or named[start - 2]:
        return
    closed = end >= len(doc) or doc[end].text in _ENDS or doc[end].tag_[:2] in ("VB", "MD")
    if not closed or _goes_on(doc, end, named):
        return
    for opener in range(start - 2, max(-1, start - 14), -1):
        token = doc[opener]
        if token.text in _ENDS or token.tag_[:2] in ("VB", "MD") or named[opener]:
            return
        if token.tag_ in ("DT", "PRP$") and not (opener and doc[opener - 1].tag_ == "IN"):
            phrase = phrase_after(doc, opener, named)
            if phrase is not None and phrase.end == start - 1:
                yield phrase
            return


def _goes_on(doc: Doc, end: int, named: bytearray) -> bool:
    """Whether a name is followed by another one of a list ("the mayor, X, Y and Z")."""
    after = end + 1 if end < len(doc) and doc[end].text == "," else end
    if after < len(doc) and doc[after].lower_ in ("and", "or", "&"):
        after += 1
    return after > end and after < len(doc) and bool(named[after])


def _as_before(doc: Doc, start: int, named: bytearray) -> Iterator[Phrase]:
    """The office in "As mayor of Lisbon, Mira Kovalenko …"."""
    if start < 2 or doc[start - 1].text != ",":
        return
    for i in range(start - 2, max(-1, start - 12), -1):
        if doc[i].text in _ENDS:
            return
        if doc[i].lower_ == "as" and (doc[i].is_sent_start or i == 0):
            phrase = phrase_after(doc, i + 1, named)
            if phrase is not None and phrase.end == start - 1:
                yield phrase
            return


def _after(doc: Doc, end: int, named: bytearray) -> Iterator[Phrase]:
    """The roles behind a name: appositions and plain statements."""
    if end + 1 >= len(doc):
        return
    at = end
    if doc[at].text in _APPOSED:
        at += 1
        at = _past_age(doc, at)
        if doc[at].lower_ == "who":
            yield from _stated(doc, at + 1, named)
            return
        yield from _apposed(doc, at, named)
        return
    yield from _stated(doc, at, named)


def _past_age(doc: Doc, at: int) -> int:
    """Past the age in ", 43, a nurse"."""
    if at + 1 < len(doc) and doc[at].tag_ == "CD" and doc[at + 1].text == ",":
        return at + 2 if at + 2 < len(doc) else at
    return at


def _apposed(doc: Doc, at: int, named: bytearray) -> Iterator[Phrase]:
    """The apposition that begins at token `at`, and the second role of "… and founder of Z"."""
    phrase = phrase_after(doc, at, named)
    if phrase is None or not _closes(doc, phrase.end):
        return
    yield phrase
    if phrase.end + 1 < len(doc) and doc[phrase.end].lower_ == "and":
        second = phrase_after(doc, phrase.end + 1, named)
        if second is not None and _closes(doc, second.end):
            yield second


def _closes(doc: Doc, end: int) -> bool:
    """Whether a phrase that ends before token `end` can be an apposition to what precedes it."""
    if end >= len(doc):
        return True
    token = doc[end]
    return (
        token.text in _ENDS
        or token.is_space
        or token.lower_ in ("who", "whose", "and", "but", "from", "since", "until", "in", "at")
        or token.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN", "MD", "WP", "WDT", "IN", "TO")
    )


def _stated(doc: Doc, at: int, named: bytearray) -> Iterator[Phrase]:
    """What a plain statement says: "is a nurse", "was the first mayor of", "serves as chair"."""
    if at + 1 >= len(doc):
        return
    verb = doc[at]
    follows = doc[at + 1]
    if verb.lower_ in _BE and follows.lower_ in _MADE:
        at += 1
    elif verb.lower_ not in _BE and not (verb.tag_ in ("VBD", "VBZ") and follows.lower_ == "as"):
        return
    if at + 1 < len(doc) and doc[at + 1].lower_ == "as":
        at += 1
    phrase = phrase_after(doc, at + 1, named)
    if phrase is not None:
        yield phrase


def _described(doc: Doc, start: int, end: int, named: bytearray) -> Iterator[Phrase]:
    """The role that a resolved description names."""
    phrase = phrase_after(doc, start, named)
    if phrase is not None and phrase.head < end:
        yield phrase


def _distinct(doc: Doc, phrases: Sequence[Phrase]) -> tuple[Span, ...]:
    """The spans of phrases, without those whose words another one has as well."""
    kept: list[Phrase] = []
    words: list[frozenset[str]] = []
    for phrase in sorted(phrases, key=lambda p: (p.start - p.end, p.start)):
        own = frozenset(t.lower_ for t in doc[phrase.start : phrase.end])
        whose = any(t.tag_ == "POS" or t.lower_ == "of" for t in doc[phrase.start : phrase.end])
        lonely = doc[phrase.head].lower_ in KIN and not whose
        if not lonely and not any(own <= other for other in words):
            kept.append(phrase)
            words.append(own)
    return tuple(sorted(_span(doc, phrase) for phrase in kept))


def _span(doc: Doc, phrase: Phrase) -> Span:
    last = doc[phrase.end - 1]
    return Span(doc[phrase.start].idx, last.idx + len(last))
