"""The model's entities as candidates for names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from app.domain import Document, EntityKind, Span, ZoneKind
from app.extraction.attributes import text_of
from app.extraction.names import gazette
from app.extraction.names.boundaries import capitalised, lines, name_span
from app.extraction.names.english import is_plural
from app.extraction.names.evidence import (
    LABEL_VOTES,
    context_votes,
    in_brackets,
    shouted,
    sport_share,
    surface_votes,
    team_votes,
)
from app.extraction.names.given import GIVEN
from app.extraction.names.joining import Stretch, joined
from app.extraction.names.lexicon import (
    ADJECTIVE_ENDINGS,
    CALENDAR,
    COMPASS,
    EVENT_ENDINGS,
    EVENT_HEADS,
    FAITHS,
    HONORIFICS,
    NO_BODY,
    OFFICES,
    VESSELS,
)
from app.extraction.names.tokens import token_range
from app.extraction.names.voting import Votes
from app.words import is_acronym

# "Secretary of State" is an office; its "State" is no name.
STATE_OFFICES = frozenset({"State", "Defense", "Defence", "Staff", "Health", "Commons", "Lords"})
# Labels under which a sports report's teams are found.
TEAM_LABELS = frozenset({"GPE", "LOC", "FAC", "ORG", ""})
HIDING = frozenset({"WORK_OF_ART", "EVENT", "LAW"})
# What a dateline makes of the place in it, and what are the places in one.
FILED = 4.0
_PLACE_OF_FILING = re.compile(r"[^,/\s][^,/]*")
# What a plural at the end of a name weighs, where a label weighs 1.
PLURAL = 1.5
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_VERB_TAGS = frozenset({"VBZ", "VBP", "VBD"})
# Labels of numbers and times: a lone capitalised word under one of them is a mistake of the model.
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL", "PERCENT"})
# Bounded: on a long run of spaces an open end would be tried from every one of them.
_OF = re.compile(r"\s{1,9}(?:of|the|and|in|at|from|for)\s{1,9}")
# The same before a name: "pro-Lindhaven" is an adjective.
_PREFIXED = re.compile(r"(?<!\w)(?:pro|anti|non|ex|pre|post)[-–]$", re.IGNORECASE)
_DASH = re.compile(r" (?:-|–|—|/) ")
# Two streets, or a house and its street: "Mill Street-Dock Road", "Harbour Hall on Mill Street".
_STREET = r"(?:Street|Road|Avenue|Lane|Drive|Boulevard|Highway)\b"
_CORNER = re.compile(
    rf"(?<=[a-z])-(?=(?:[A-Z][\w.'’]{{0,20}} ){{1,3}}{_STREET})"
    rf"| on (?=(?:[A-Z][\w.'’]{{0,20}} ){{1,3}}{_STREET})"
)
_PREFIX = re.compile(r"(?:pro|anti|non|ex|pre|post)-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name, with what speaks for each kind.

    `tokens` are the first one's index and the one after the last; `label` is the model's, "" for
    none; `labelled` is false where the model did not take it for a name.
    """

    span: Span
    surface: str
    tokens: tuple[int, int]
    label: str
    votes: Votes
    context: Votes
    labelled: bool


def candidates(doc: Doc, forbidden: bytearray) -> Iterator[Candidate]:
    """Every stretch that may be a name, in text order, outside what is `forbidden`.

    `forbidden` holds a non-zero byte for every code point in which no name counts.
    """
    text = text_of(doc)
    sport = sport_share(doc)
    filed = filed_from(doc)
    for start, end, label in _with_places(joined(text, _stretches(doc)), filed):
        for line_start, line_end in _pieces(text, start, end, label):
            kind = EntityKind.PERSON if label == "PERSON" else None
            span = name_span(text, line_start, line_end, kind)
            if span is None or any(forbidden[span.start : span.end]):
                continue
            candidate = candidate_of(doc, span, span.of(text), label, sport)
            if candidate is not None and any(place.start <= start < place.end for place in filed):
                votes = dict(candidate.votes)
                votes[EntityKind.LOCATION] = votes.get(EntityKind.LOCATION, 0.0) + FILED
                candidate = replace(candidate, votes=votes)
            if candidate is not None:
                yield candidate


def filed_from(doc: Doc) -> list[Span]:
    """The places of a document's datelines ("OLDMOOR, Varnland, 15 June —"), in text order."""
    document: Document | None = doc._.document
    found = []
    for zone in document.zones if document is not None else ():
        if zone.kind is ZoneKind.DATELINE and zone.value:
            start = text_of(doc).find(zone.value, zone.span.start, zone.span.end)
            found += [
                Span(start + part.start(), start + part.end())
                for part in _PLACE_OF_FILING.finditer(zone.value)
                if start >= 0
            ]
    return found


def _with_places(stretches: Iterable[Stretch], places: Sequence[Span]) -> Iterator[Stretch]:
    """The stretches, with places in the stead of what overlaps them; the rest of that stays."""
    rest = list(places)
    for start, end, label in stretches:
        while rest and rest[0].start < end:
            place = rest.pop(0)
            if start < place.start:
                yield start, place.start, label
            yield place.start, place.end, "GPE"
            start = max(start, place.end)
        if start < end:
            yield start, end, label
    yield from ((place.start, place.end, "GPE") for place in rest)


def _stretches(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The model's entities and, with label "", the runs of proper nouns it left out."""
    ents = iter(doc.ents)
    ent = next(ents, None)
    for start, stop in _runs(doc):
        while ent is not None and ent.start < start:
            following = next(ents, None)
            if following is not None and _given_name(ent, following):
                yield ent.start_char, following.end_char, "PERSON"
                following = next(ents, None)
            elif following is not None and _airport(ent, following):
                yield ent.start_char, following.end_char, "FAC"
                following = next(ents, None)
            elif ent.label_ in LABEL_VOTES:
                yield ent.start_char, _before_verb(ent), ent.label_
            elif ent.label_ in _MEASURES and _bare_name(ent):
                yield ent.start_char, ent.end_char, ""
            ent = following
        if start < len(doc) and _unlabelled_name(doc, start, stop):
            yield doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1]), ""


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """The runs of proper nouns outside the model's entities, then the end of the text.

    A word that is only written like a name is a run of its own.
    """
    orths, tags, entities = doc.to_array(["ORTH", "TAG", "ENT_TYPE"]).reshape(len(doc), 3).T
    strings = doc.vocab.strings
    words, where = np.unique(orths, return_inverse=True)
    capital = np.array([strings[int(w)][0].isupper() for w in words], dtype=bool)[where]
    like = np.array([not strings[int(w)][1:].islower() for w in words], dtype=bool)[where]
    outside = capital & (entities == 0)
    named = outside & np.isin(tags, np.array([strings[t] for t in _NAME_TAGS], dtype=np.uint64))
    start = stop = -1
    for i in np.flatnonzero(named | (outside & like)).tolist():
        if named[i] and i == stop:
            stop = i + 1
            continue
        if start < stop:
            yield start, stop
        start = stop = -1
        if named[i]:
            start, stop = i, i + 1
        elif _defined(doc, i) or _unlike_a_word(doc, i):
            yield i, i + 1
    if start < stop:
        yield start, stop
    yield len(doc), len(doc)


def _given_name(ent: Tokens, following: Tokens) -> bool:
    """Whether an entity is the given name of the person right after it ("Jordan | Lindqvist")."""
    return (
        len(ent) == 1
        and following.label_ == "PERSON"
        and following.start == ent.end
        and ent[0].whitespace_ == " "
        and ent[0].lower_ in GIVEN
    )


def _airport(ent: Tokens, following: Tokens) -> bool:
    """Whether two entities are the name of one airport ("Oldmoor-Jan Brandt | Airport")."""
    return (
        following.start == ent.end + 1
        and ent.doc[ent.end].text in ("-", "–", "/")
        and not ent[-1].whitespace_
        and not ent.doc[ent.end].whitespace_
        and following[-1].text == "Airport"
    )


def _before_verb(ent: Tokens) -> int:
    """Where an entity ends that took in its verb: "Mira Kovalenko Goes After …" in a headline."""
    verb = ent[-1]
    if len(ent) > 1 and verb.tag_ in _VERB_TAGS and ent[-2].head.i == verb.i:
        return ent[-2].idx + len(ent[-2])
    return ent.end_char


def _bare_name(ent: Tokens) -> bool:
    """Whether something labelled as a number or time is a lone capitalised word, no month."""
    word = ent.text
    return word.isalpha() and word[0].isupper() and word.lower() not in CALENDAR


def _defined(doc: Doc, i: int) -> bool:
    """Whether token `i` is initials in brackets: "World Health Organization (WHO)"."""
    return in_brackets(doc, i, i + 1) and is_acronym(doc[i].text)


def _unlike_a_word(doc: Doc, i: int) -> bool:
    """Whether a token that the tagger takes for a common word is written like a body's name.

    That is in capitals between words in lower case, or with capitals after small letters.
    """
    text = doc[i].text
    if not text.isalpha() or not text[0].isupper() or text[1:].islower():
        return False
    if not text.isupper():
        return text[-1].islower() and text[1].islower()
    beside = [t for t in doc[max(0, i - 1) : i + 2] if t.i != i and len(t) > 1]
    return len(text) > 2 and not any(t.is_upper for t in beside)


def _unlabelled_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of proper nouns without a label may be a name at all."""
    words = [doc[k].lower_.strip(".") for k in range(start, end)]
    if end - start > 4 or any(w in CALENDAR or w in NO_BODY for w in words):
        return False
    if words[-1] in OFFICES or words[-1] in HONORIFICS or gazette.is_people(words[-1]):
        return False
    return not shouted(doc, start)


def _pieces(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """The lines of a stretch, and what stands between dashes and words in lower case.

    A person's name also ends at a small word ("X of the Y Party").
    """
    for line_start, line_end in lines(text, start, end):
        if label == "PERSON":
            small = _OF.search(text, line_start, line_end)
            if small is not None and text[line_start : small.start()].count(" ") >= 1:
                line_end = small.start()
        breaks = [*_DASH.finditer(text, line_start, line_end)]
        breaks += _CORNER.finditer(text, line_start, line_end)
        for end_of_piece in (*sorted(breaks, key=re.Match.start), None):
            piece_end = end_of_piece.start() if end_of_piece else line_end
            yield from capitalised(text, line_start, piece_end)
            line_start = end_of_piece.end() if end_of_piece else line_end


def candidate_of(doc: Doc, span: Span, surface: str, label: str, sport: float) -> Candidate | None:
    """Weigh one span; None for a people's name, a common noun or initials of no body."""
    words = surface.split()
    if not any(c.isupper() for c in surface) or _PREFIX.match(surface):
        return None
    if is_adjective(surface) or _PREFIXED.search(text_of(doc), max(0, span.start - 6), span.start):
        return None
    if label not in ("GPE", "LOC") and surface.replace(".", "").lower() in NO_BODY:
        return None
    if _is_no_body(surface.lower().split(), label):
        label = "EVENT"
    if _of_people(words, label):
        return None
    start, end = token_range(doc, span)
    if start > 1 and doc[start - 1].lower_ == "of" and surface in STATE_OFFICES:
        return None
    if len(words) == 1 and _describes(doc, start, end):
        return None
    votes = dict(LABEL_VOTES[label])
    context: Votes = {}
    if label not in HIDING:
        loud = shouted(doc, start)
        if label == "PERSON" and is_acronym(surface) and len(surface) > 2 and not loud:
            votes = {EntityKind.PERSON: 0.3}
        if label == "PERSON" and _is_firm(surface.lower().split()):
            votes[EntityKind.ORGANISATION] = PLURAL
        context = context_votes(doc, start, end, label)
        for more in (
            surface_votes(surface, loud),
            context,
            team_votes(doc, start, end, sport) if label in TEAM_LABELS else {},
        ):
            for kind, weight in more.items():
                votes[kind] = votes.get(kind, 0.0) + weight
    return Candidate(
        span, surface, (start, end), label, votes, context, label not in HIDING and label != ""
    )


def _describes(doc: Doc, start: int, end: int) -> bool:
    """Whether a lone word is an office before a name or a point of the compass, and no name.

    "Outfielder Jan Brandt"; "Central and Eastern Europe", "the South of France", but "the South".
    """
    low = doc[start].lower_
    after = doc[end] if end < len(doc) else None
    capital = after is not None and after.text[:1].isupper()
    if low in OFFICES:
        return capital
    if low in COMPASS:
        article = start > 0 and doc[start - 1].lower_ == "the"
        return not article or capital or (after is not None and after.lower_ == "of")
    return False


def _is_no_body(words: Sequence[str], label: str) -> bool:
    """Whether the words of a name are those of an event, a prize, a law, a vessel or a faith.

    A person may end in one ("Jan Derby").
    """
    if len(words) == 1:
        return words[0] in FAITHS or words[0] in VESSELS
    return (
        (words[-1] in EVENT_HEADS and label != "PERSON")
        or " ".join(words[-2:]) in EVENT_ENDINGS
        or words[0] in VESSELS
        or words[:2] == ["space", "shuttle"]
    )


def _is_firm(words: Sequence[str]) -> bool:
    """Whether what the model takes for somebody ends as a firm or team does ("Varn Turbines")."""
    first = words[0].rstrip(".")
    is_persons = len(first) == 1 or first in GIVEN or first in HONORIFICS
    return len(words) > 1 and not is_persons and is_plural(words[-1])


def is_adjective(surface: str) -> bool:
    """Whether a surface ends in an adjective made of a name ("NATO-led"), not in the name."""
    stem, hyphen, ending = surface.rpartition("-")
    return bool(stem) and hyphen + ending in ADJECTIVE_ENDINGS


def _of_people(words: Sequence[str], label: str) -> bool:
    """Whether a surface names a people or followers, not a body or place."""
    if label == "PERSON":
        return len(words) == 1 and words[0].endswith("s") and gazette.is_people(words[0])
    if label == "NORP":
        return len(words) > 2 or gazette.looks_like_people(words[-1])
    return len(words) <= 2 and all(gazette.is_people(w) for w in words)
