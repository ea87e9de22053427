"""Where a name begins and ends: pure functions on a text and offsets.

A name keeps neither article nor possessive, neither quotation marks nor brackets, neither a
person's title nor the line break that ends a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import category

from app.domain import EntityKind, Span
from app.extraction.names.english import is_plural
from app.extraction.names.gazette import PLACES
from app.extraction.names.given import GIVEN
from app.extraction.names.lexicon import (
    ADJECTIVE_ENDINGS,
    ATHLETES,
    HOLDERS,
    HONORIFICS,
    MILITARY_UNITS,
    NAME_SUFFIXES,
    NOBLE,
    OFFICES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    PARTICLES,
    WORK,
)
from app.extraction.names.surfaces import name_key
from app.words import words

OPENING = "©®\"'“”„‘’`´«»([{<*•–—-_#@…,.;:!?/|"
CLOSING = "\"'“”„‘’`´«»([{<>*•–—-_#…,;:!?/|"
# What only goes on to something else ends no name ("Lindholm and").
_DANGLING = re.compile(r"\s(?:and|or|of|for|the|in|at|with|to|by|from)$")
# So many characters these two have at most: the whole name is not to be searched for each of them.
LONGEST_DANGLING, LONGEST_POSSESSIVE = 6, 2
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
# "St Mark's" is a church, a school or a hospital, "St Mark" somebody, "St Lucia's" a country's.
_SAINT = re.compile(r"(?:St\.?|Saint) ([A-Z][\w-]{1,20})['’]s")
_LONGEST_SAINT = 32
# States and islands that newspapers write so.
_ISLANDS = frozenset({"st lucia", "st helena", "st martin", "st thomas", "st kitts", "st barts"})
# What belongs to many keeps its mark: "Teachers' | Union".
_OF_MANY = re.compile(r"['’](?: [A-Z][\w-]{1,20}){1,3}")
# Trades that are given names and surnames as often.
_TRADES = (
    (WORK | ATHLETES)
    - GIVEN
    - words("""
    baker butcher carpenter cook farmer gardener hunter jumper miner model monk porter potter priest
    ranger runner sailor servant shepherd skipper tailor warden
    """)
)
_SEAT = re.compile(
    r" (?:for|of) the (?:[A-Z][a-z.]{1,20} ){1,3}"
    r"(?:Circuit|District(?: of (?:[A-Z][a-z]{1,20} ?\b){1,2})?)"
)
# What a body of that kind is the body of: "Department | of Health and Human Services".
_OBJECT = re.compile(
    r" of (?:the )?[A-Z][\w.'’-]{1,20}(?: (?:and |& |of )?[A-Z][\w'’-]{1,20}){0,4}"
)
_DISTRICT_OF_COLUMBIA = re.compile(r",? D\.? ?C\b\.?")
_ORDINAL = re.compile(r"(?<![\w-])\d{1,3}(?:st|nd|rd|th) $")
# A score ("Southport 2 – 1 Lindhaven") and a caption's credit ("Jan Brandt Image: Mira Lee").
_SCORE = re.compile(r"\s\d{1,3}(?=\s?[–—-]\s?\d)")
_POINTS = re.compile(r"\s\d[\d-]{0,9}$")
_CREDIT = re.compile(r"\s(?:Image|Images|Photo|Photos|Picture|Pictures|Video|Audio|Credit)(?=\s?:)")
_LINES = re.compile(r"[^\n\r\t]+")
# Whole words in lower case; after an apostrophe or hyphen they are part of another.
_LOWER = re.compile(r"(?<![\w'’.@/-])[a-zß-öø-ÿ]+(?![\w'’.@/-])")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
# How newspapers shorten the states and provinces of North America.
STATES = words("""
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev
    Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Sask Man
    """)
_SHORT = "|".join(sorted(STATES | {"Inc", "Corp", "Ltd", "Co", "Jr", "Sr", "St", "Bros"}))
_ABBREVIATION = re.compile(rf"(?:\b\w|\b(?:{_SHORT}))\.$")
# "the A406 North Circular Road": the number is another name of the road.
_ROAD_NUMBER = re.compile(r"[ABM]\d{1,4}\s(?=[A-Z][a-z])")
_BALANCED = {")": "(", "]": "[", "}": "{"}


def lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `text[start:end]` between line breaks and tabs."""
    for match in _LINES.finditer(text, start, end):
        yield match.start(), match.end()


def capitalised(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch between words that no name holds ("Boots saw Stephan").

    Those are words in lower case other than the small words of names ("of", "van").
    """
    for word in _LOWER.finditer(text, start, end):
        if word.group() in PARTICLES:
            continue
        if word.start() > start:
            yield start, word.start()
        start = word.end()
    if start < end:
        yield start, end


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Take marks, small words and possessives off both ends; start == end where nothing is left."""
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and _opens(text[start]):
            start += 1
        while start < end and _closes(text, start, end):
            end -= 1
        possessive = _POSSESSIVE.search(text, max(start, end - LONGEST_POSSESSIVE), end)
        if possessive and possessive.start() > start and not _is_saints(text, start, end):
            end = possessive.start()
        dangling = _DANGLING.search(text, max(start, end - LONGEST_DANGLING), end)
        if dangling and dangling.start() > start:
            end = dangling.start()
        article = _ARTICLE.match(text, start, end)
        if article and article.end() < end:
            start = article.end()
        changed = (start, end) != before
    return start, end


def _is_saints(text: str, start: int, end: int) -> bool:
    """Whether a name is a house's, called after a saint, and no place's."""
    found = _SAINT.fullmatch(text, start, end) if end - start <= _LONGEST_SAINT else None
    if found is None or found.group(1).lower() not in GIVEN:
        return False
    bare = name_key(text[start : end - 2])
    return bare not in PLACES and bare not in _ISLANDS


def _opens(first: str) -> bool:
    """Whether a first character does not belong to the name."""
    return first.isspace() or first in OPENING or _is_picture(first)


def _is_picture(sign: str) -> bool:
    """Whether a character is a picture, or one of those that make several pictures one."""
    return not sign.isascii() and (sign == "\ufe0f" or category(sign) in ("So", "Sk", "Cf"))


def _closes(text: str, start: int, end: int) -> bool:
    """Whether the last character does not belong to the name."""
    last = text[end - 1]
    if last.isspace() or last in CLOSING or _is_picture(last):
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
    found = list(_WORD.finditer(text, start, end))
    cut = 0
    for i, word in enumerate(found[:-1]):
        low = word.group().rstrip(".").lower()
        if low in GIVEN and low not in OFFICES:
            break
        if low in OFFICES or (low in HONORIFICS and low not in NOBLE):
            cut = i + 1
            if found[cut].group() == "of" and cut + 2 < len(found):
                cut += 2
    if cut == 0 and _is_trade(found):
        cut = 1
    if cut == 0 or not found[cut].group()[0].isupper():
        return start
    return found[cut].start()


def _is_trade(found: Sequence[re.Match[str]]) -> bool:
    """Whether a full name stands behind somebody's trade ("Rower Mira Kovalenko")."""
    if len(found) < 3 or found[0].group().lower() not in _TRADES:
        return False
    names = [word.group() for word in found[1:]]
    return all(n[0].isupper() and len(n.rstrip(".")) > 1 for n in names[:2]) and (
        names[1].rstrip(".").lower() not in NAME_SUFFIXES
    )


def office_start(text: str, start: int, end: int) -> int:
    """Where a body's name ends before someone's office in it ("Treasury Board spokesman")."""
    found = list(_WORD.finditer(text, start, end))
    while len(found) > 1 and found[-1].end() == end and found[-1].group().lower() in HOLDERS:
        found.pop()
        end = found[-1].end()
    return end


def court_end(text: str, start: int, end: int) -> int:
    """Where a court's name ends with what it is the court of ("… for the Ninth Circuit")."""
    if "Court" not in text[start:end]:
        return end
    seat = _SEAT.match(text, end)
    return seat.end() if seat else end


def start_of_name(text: str, start: int, end: int) -> int:
    """Where a name begins after an adjective made of another name ("Lindhaven-based Acme")."""
    first = text[start:end].split(maxsplit=1)
    stem, hyphen, ending = first[0].rpartition("-") if len(first) > 1 else ("", "", "")
    if stem and hyphen + ending in ADJECTIVE_ENDINGS:
        return text.index(first[1], start + len(first[0]))
    number = _ROAD_NUMBER.match(text, start, end)
    return number.end() if number else start


def end_of_name(text: str, start: int, end: int) -> int:
    """Where a name ends that a score or the word of a credit was glued to."""
    for pattern in (_SCORE, _CREDIT):
        glued = pattern.search(text, start + 1, min(end + 4, len(text)))
        if glued and glued.end() == end:
            end = glued.start()
    return end


def _before_points(text: str, start: int, end: int) -> int:
    """Where a person's name ends that stands in a table of results ("M. Brandt 4-55")."""
    points = _POINTS.search(text, start + 1, end)
    return points.start() if points else end


def extended(text: str, start: int, end: int) -> tuple[int, int]:
    """A body's or place's name with what belongs to it and stands right beside it.

    "Ministry | of Health", "20th | Armoured Brigade", "Washington | D.C.".
    """
    last = text[start:end].rsplit(maxsplit=1)[-1]
    if last.lower() in ORGANISATION_STARTS - {"court"}:
        found = _OBJECT.match(text, end, end + 120)
        end = found.end() if found else end
    elif last == "Washington":
        found = _DISTRICT_OF_COLUMBIA.match(text, end)
        end = found.end() if found else end
    elif is_plural(last.lower()) and name_key(text[start:end]) not in PLACES:
        end = _of_many(text, start, end)
    elif last.lower() in MILITARY_UNITS:
        ordinal = _ORDINAL.search(text, max(0, start - 6), start)
        start = ordinal.start() if ordinal else start
    return start, end


def _of_many(text: str, start: int, end: int) -> int:
    """Where the name of a body of many ends ("Oldmoor Teachers | ' Union")."""
    found = _OF_MANY.match(text, end, end + 64)
    front = max(0, start - 200)
    # The mark may close a quotation instead.
    if found is None or text.rfind("‘", front, start) > text.rfind("’", front, start):
        return end
    for word in _WORD.finditer(text, end + 1, found.end()):
        if word.group().lower() in ORGANISATION_HEADS:
            return word.end()
    return end


def _with_point(text: str, start: int, end: int) -> int:
    """Where a shortened state ends that stands behind its place: "Oldmoor, Ont."."""
    is_short = text[start:end] in STATES and text[max(0, start - 2) : start] == ", "
    return end + 1 if is_short and text[end : end + 1] == "." else end


def name_span(text: str, start: int, end: int, kind: EntityKind | None) -> Span | None:
    """The name within a stretch of one line, None where nothing that can be a name is left."""
    start, end = strip(text, start, end)
    if start < end:
        start, end = start_of_name(text, start, end), end_of_name(text, start, end)
    if kind is EntityKind.PERSON and start < end:
        start, end = title_end(text, start, end), _before_points(text, start, end)
        start, end = strip(text, start, end)
    if kind is not EntityKind.PERSON and start < end:
        end = court_end(text, start, office_start(text, start, end))
        start, end = extended(text, start, end)
        end = _with_point(text, start, end)
    if start >= end or not any(c.isalpha() for c in text[start:end]):
        return None
    return Span(start, end)
