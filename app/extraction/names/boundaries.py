"""Where a name begins and ends: pure functions on a text and offsets.

A name keeps neither article nor possessive, neither quotation marks nor brackets, neither a
person's title nor the line break that ends a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain import EntityKind, Span
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import HOLDERS, HONORIFICS, NOBLE, OFFICES

OPENING = "©®\"'“”„‘’`´«»([{<*•–—-_#@…,.;:!?/|"
CLOSING = "\"'“”„‘’`´«»([{<>*•–—-_#…,;:!?/|"
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_SEAT = re.compile(
    r" (?:for|of) the (?:[A-Z][a-z.]{1,20} ){1,3}"
    r"(?:Circuit|District(?: of (?:[A-Z][a-z]{1,20} ?\b){1,2})?)"
)
_LINES = re.compile(r"[^\n\r\t]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
# How newspapers shorten the states and provinces of North America.
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb"
    "|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que|Alta|Sask|Man"
)
_ABBREVIATION = re.compile(rf"(?:\b\w|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|Bros|{_STATES}))\.$")
_BALANCED = {")": "(", "]": "[", "}": "{"}


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` between line breaks and tabs."""
    for match in _LINES.finditer(text, start, end):
        yield match.start(), match.end()


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Take marks, articles and possessives off both ends; start == end where nothing is left."""
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and (text[start].isspace() or text[start] in OPENING):
            start += 1
        while start < end and _closes(text, start, end):
            end -= 1
        possessive = _POSSESSIVE.search(text, start, end)
        if possessive and possessive.start() > start:
            end = possessive.start()
        article = _ARTICLE.match(text, start, end)
        if article and article.end() < end:
            start = article.end()
        changed = (start, end) != before
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the last character does not belong to the name."""
    last = text[end - 1]
    if last.isspace() or last in CLOSING:
        return True
    if last == ".":
        return _ABBREVIATION.search(text, start, end) is None
    return last in _BALANCED and _BALANCED[last] not in text[start:end]


def title_end(text: str, start: int, end: int) -> int:
    """Where a person's title ends and the name begins ("US Secretary of State Mira Kovalenko").

    Everything up to the last office word or plain form of address is title, so long as a
    capitalised word is left for the name and no given name stands before it. Titles
    that are part of what a person is called ("Prince", "Pope", "Lady") stay.
    """
    words = list(_WORD.finditer(text, start, end))
    cut = 0
    for i, word in enumerate(words[:-1]):
        low = word.group().rstrip(".").lower()
        if low in GIVEN and low not in OFFICES:
            break
        if low in OFFICES or (low in HONORIFICS and low not in NOBLE):
            cut = i + 1
            if words[cut].group() == "of" and cut + 2 < len(words):
                cut += 2
    if cut == 0 or not words[cut].group()[0].isupper():
        return start
    return words[cut].start()


def office_start(text: str, start: int, end: int) -> int:
    """Where a body's name ends before someone's office in it ("Treasury Board spokesman")."""
    words = list(_WORD.finditer(text, start, end))
    while len(words) > 1 and words[-1].end() == end and words[-1].group().lower() in HOLDERS:
        words.pop()
        end = words[-1].end()
    return end


def court_end(text: str, start: int, end: int) -> int:
    """Where a court's name ends with what it is the court of ("… for the Ninth Circuit")."""
    if "Court" not in text[start:end]:
        return end
    seat = _SEAT.match(text, end)
    return seat.end() if seat else end


def name_span(text: str, start: int, end: int, kind: EntityKind | None) -> Span | None:
    """The name within a stretch of one line, None where nothing that can be a name is left."""
    start, end = strip(text, start, end)
    if kind is EntityKind.PERSON and start < end:
        start = title_end(text, start, end)
        start, end = strip(text, start, end)
    if kind is not EntityKind.PERSON and start < end:
        end = court_end(text, start, office_start(text, start, end))
    if start >= end or not any(c.isalpha() for c in text[start:end]):
        return None
    return Span(start, end)
