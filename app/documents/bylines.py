"""Bylines: who wrote the article, and the agency that is often glued to the name.

A byline is read whole or not at all, like a line of times. Names keep their printed form, letter
case included ("Ada QUILL").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.documents.agencies import AGENCY
from app.documents.blocks import trimmed
from app.domain import Span, Zone, ZoneKind

MAX_LINE_CHARS = 120
"""Longer lines are prose."""

_BY = re.compile(
    r"(?:(?:(?:written|reporting|reported|story|words|text)\s+)?by\s*:?|authors?\s*:)\s+",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|from|agency|agencies|via)\s*:?\s+", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:[,;/|·•()]|\s[-–—]\s)\s*|\s+(?P<word>and|und|et|with|for|of|in|at)\s+|\s+&\s+",
)
# What follows these is a place or an outlet, not another author.
_ASIDE_WORDS = {"for", "of", "in", "at"}

_PARTICLES = {
    *("al", "ap", "bin", "binti", "da", "dal", "de", "del", "della", "den", "der", "di", "dos"),
    *("du", "el", "ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu", "zur"),
}
_ROLE = re.compile(
    r"\b(?:correspondents?|editors?|reporters?|writers?|staff|staffer|bureau|chief|columnist"
    r"|journalists?|producer|desk|team|agencies|contributor|analyst|newsroom|specialist)\b",
    re.IGNORECASE,
)
_NO_NAME = {
    *("a", "an", "the", "this", "that", "our", "from", "source", "photo", "photos", "picture"),
    *("image", "video", "copyright", "news", "story", "breaking", "update", "exclusive", "with"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january"),
    *("february", "march", "april", "june", "july", "august", "september", "october"),
    *("november", "december", "why", "how", "what", "who", "when", "where", "morning", "evening"),
}
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_HANDLE = re.compile(r"@\w+|\S+@\S+\.\w+")
_OTHER_CREDIT = re.compile(
    r"(?:additional\s+reporting|editing|edited|photo\w*|pictures?|graphics?|translat\w+)\s+by\s.*",
    re.IGNORECASE,
)
_PLACE_OR_OUTLET = re.compile(r"(?:the\s+)?[^\W\d_a-zß-ÿ][\w.'’ -]{1,40}")
_MAX_NAME_WORDS = 5
_MAX_ROLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a byline between separators; `aside` where a word like "for" stands before it."""

    span: Span
    aside: bool


def read_byline(text: str, line: Span, first: bool = False) -> list[Zone]:
    """The AUTHOR and AGENCY zones of a line that is a byline; otherwise none.

    Without "By" a line counts only when it ends in an agency. `first` says that the line opens the
    document: there "Judge Rebukes Reuters" is a headline, so a name needs a family name in capitals
    or a separator before the agency.
    """
    if line.end - line.start > MAX_LINE_CHARS:
        return []
    start = line.start + (text[line.start] == "(")
    by = _BY.match(text, start, line.end) or _SOURCE.match(text, start, line.end)
    body = trimmed(text, by.end() if by else line.start, line.end)
    if body is None:
        return []
    if text[line.end - 1] == "." and len(text[line.start : line.end].split()[-1]) > 3:
        return []  # a sentence; "Ada Quill Jr." is none
    zones: list[Zone] = []
    for piece in _pieces(text, body):
        found = _read_piece(text, piece, wary=first and by is None)
        if found is None:
            return []
        if by is None and not zones and not found:
            return []  # "Staff at Reuters"
        zones.extend(found)
    if by is None and not (zones and zones[-1].kind is ZoneKind.AGENCY):
        return []
    if by is not None and _SOURCE.match(by[0]) and any(z.kind is ZoneKind.AUTHOR for z in zones):
        return []  # "From Jane Roe" may be a letter; only an agency is a source
    return zones


def _pieces(text: str, body: Span) -> list[Piece]:
    pieces = []
    start, aside = body.start, False
    for match in _SEPARATOR.finditer(text, body.start, body.end):
        if AGENCY.match(text, start, body.end) and _inside_agency(text, start, match):
            continue
        if span := trimmed(text, start, match.start()):
            pieces.append(Piece(span, aside))
        start, aside = match.end(), match["word"] in _ASIDE_WORDS
    if span := trimmed(text, start, body.end):
        pieces.append(Piece(span, aside))
    return pieces


def _inside_agency(text: str, start: int, separator: re.Match[str]) -> bool:
    """Whether the separator belongs to a name such as "Press Trust of India"."""
    return any(
        found.start() < separator.start() and separator.end() < found.end()
        for found in AGENCY.finditer(text, start)
    )


def _read_piece(text: str, piece: Piece, wary: bool) -> list[Zone] | None:
    """The zones of one piece: empty where it may be ignored, None where it is in no byline."""
    span, printed = piece.span, piece.span.of(text)
    agency = _last_agency(text, span)
    if agency is not None and agency == span:
        return [_zone(ZoneKind.AGENCY, agency, text)]
    if agency is not None and agency.start == span.start:
        rest = text[agency.end : span.end].split()  # "Associated Press writer"
        return [_zone(ZoneKind.AGENCY, agency, text)] if all(map(_ROLE.fullmatch, rest)) else None
    if agency is not None and agency.end == span.end:
        name = trimmed(text, span.start, agency.start)
        if (
            name is None
            or not _is_name(name.of(text))
            or (wary and not _ends_in_capitals(name, text))
        ):
            return None
        return [_zone(ZoneKind.AUTHOR, name, text), _zone(ZoneKind.AGENCY, agency, text)]
    is_role = _ROLE.search(printed) and len(printed.split()) <= _MAX_ROLE_WORDS
    if is_role or _HANDLE.fullmatch(printed) or _OTHER_CREDIT.fullmatch(printed):
        return []
    if piece.aside:
        return [] if _PLACE_OR_OUTLET.fullmatch(printed) else None
    return [_zone(ZoneKind.AUTHOR, span, text)] if _is_name(printed) else None


def _last_agency(text: str, span: Span) -> Span | None:
    found = None
    for match in AGENCY.finditer(text, span.start, span.end):
        found = Span(*match.span())
    return found


def _is_name(printed: str) -> bool:
    """Whether the words could be a person's full name: at least two, none impossible."""
    words = printed.split()
    if not 2 <= len(words) <= _MAX_NAME_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    if any(word.lower().rstrip(".") in _NO_NAME for word in words):
        return False
    # A name neither ends in a sentence's full stop nor in a particle ("Jane Roe Jr." may).
    if words[-1].lower() in _PARTICLES or (words[-1].endswith(".") and len(words[-1]) > 3):
        return False
    return words[0][0].isupper() and all(
        word[0].isupper() or word.lower() in _PARTICLES or word[:3] in {"al-", "el-"}
        for word in words
    )


def _ends_in_capitals(name: Span, text: str) -> bool:
    last = name.of(text).split()[-1]
    return last.isupper() and len(last) > 2


def _zone(kind: ZoneKind, span: Span, text: str) -> Zone:
    return Zone(kind, span, span.of(text))
