"""Datelines: where a story was filed, at the start of its first paragraph."""

from __future__ import annotations

import re

from app.documents.agencies import AGENCY
from app.domain import Span, Zone, ZoneKind

# A place is capitalised words, commas and slashes: "St. Louis", "Rio de Janeiro", "LONDON/PARIS".
_WORD = r"(?:[^\W\d_a-zß-ÿ][^\W\d_]*(?:[.'’-][^\W\d_]+)*\.?|de|da|do|del|la|le|am|an|der|sur|upon)"
_PLACE = rf"(?P<place>{_WORD}(?:(?:,\s?|/|\s){_WORD}){{0,5}}?)"
_DAY = (
    r"(?P<day>(?:[^\W\d_]{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,9}\.?)(?:,?\s\d{4})?)(?![^\W_])"
)
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\))"
_DASH = r"(?:\s?\.?[-–—]{1,2})(?=\s)|[–—]|--"
_NEXT = r"(?=\s*[\"“”„«'‘’(\[]?[^\W_a-zß-ÿ])"

_BRACKETS = re.compile(rf"\({_PLACE}(?:,\s{_DAY})?\)(?=\s)")
_AGENCY_FIRST = re.compile(rf"{_AGENCY}(?:{_DASH})?")
_PLAIN = re.compile(rf"{_PLACE}(?:,?\s{_DAY})?(?:,?\s?{_AGENCY}(?::|{_DASH})?|(?:{_DASH})){_NEXT}")

MAX_CHARS = 100
"""How far into the paragraph a dateline may reach, in code points."""

_NO_PLACE = {
    *("advertisement", "analysis", "breaking", "comment", "correction", "corrected", "editorial"),
    *("exclusive", "explainer", "feature", "file", "interview", "live", "nasa", "nato", "news"),
    *("opinion", "photo", "photos", "picture", "q&a", "question", "read more", "review", "unesco"),
    *("unicef", "update", "updated", "updates", "video", "warning", "watch", "note", "editor"),
    *("answer", "listen", "recap", "subscribe"),
}


def read_dateline(text: str, paragraph: Span) -> list[Zone]:
    """The DATELINE zone (value: the place) and AGENCY zone that open `paragraph`, if any.

    Read are "(Oldtown) …", "LIMA (Reuters) - …", "LIMA, Peru — …",
    "PARIS, Sept 8 (AFP) - …", "Paris, 8 September — …" and "(AFP) …".
    """
    end = min(paragraph.end, paragraph.start + MAX_CHARS)
    if (match := _BRACKETS.match(text, paragraph.start, end)) and not AGENCY.fullmatch(
        match["place"]
    ):
        return [_dateline(match)] if _is_place(match["place"]) else []
    if match := _AGENCY_FIRST.match(text, paragraph.start, end):
        return _agencies(text, match)
    match = _PLAIN.match(text, paragraph.start, end)
    if match is None or not _is_place(match["place"]) or not _is_filed(match):
        return []
    return [_dateline(match), *_agencies(text, match)]


def _is_place(printed: str) -> bool:
    return printed.lower() not in _NO_PLACE and not printed[0].islower()


def _is_filed(match: re.Match[str]) -> bool:
    """Whether more than a capitalised start makes this a dateline.

    A bracket must name an agency; where there is a dash only, it must follow a town in capitals or
    a date. A dash alone is no sign: "Mr Roe – The man who …".
    """
    if match["agency"] is not None:
        return AGENCY.fullmatch(match["agency"].strip()) is not None or _agency_list(
            match["agency"]
        )
    town = match["place"].split(",")[0]
    return match["day"] is not None or (town.isupper() and len(town) > 2)


def _agency_list(printed: str) -> bool:
    """Whether brackets hold several agencies ("AFP/Reuters")."""
    parts = [part.strip() for part in re.split(r"[/,&]| and ", printed)]
    return len(parts) > 1 and all(map(AGENCY.fullmatch, parts))


def _dateline(match: re.Match[str]) -> Zone:
    return Zone(ZoneKind.DATELINE, Span(*match.span()), match["place"])


def _agencies(text: str, match: re.Match[str]) -> list[Zone]:
    printed = match["agency"]
    if printed is None or not (AGENCY.fullmatch(printed) or _agency_list(printed)):
        return []
    return [
        Zone(ZoneKind.AGENCY, Span(*found.span()), found[0])
        for found in AGENCY.finditer(text, match.start("agency"), match.end("agency"))
    ]
