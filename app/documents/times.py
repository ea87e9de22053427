"""Printed times: the lines of an article that say when it was published and updated.

A line is read whole or not at all: labels ("Posted on", "Updated at"), moments and separators must
account for every character, so that a sentence with a date in it is never taken for one.

Numeric dates are read month first ("08/09/2021" is 9 August) unless that is impossible
("25/12/2021") or they are written with full stops ("08.09.2021"), which is day first wherever it is
customary. Relative times ("3 hours ago") are not read: they depend on when the page was copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any, cast

from app.documents.clock import NAMES, instant_of, zone_of
from app.domain import Precision, PrintedTime, Span, ZoneKind

MAX_LINE_CHARS = 200
"""Longer lines are prose; this also bounds the patterns' work."""

_LABEL = r"""(?P<label>
    (?P<updated>(?:last\s+)?(?:updated?|modified|changed|revised)
        | mis\ à\ jour | modifié | aktualisiert | zuletzt\ aktualisiert | actualizado | aggiornato)
  | (?:(?:first|originally)\s+)?(?:published|posted|issued|created|filed|released|publication\ date
        | date | publié | publie | veröffentlicht | publicado | pubblicato)
    )(?:\s+on|\s+at|\s+le|\s+am|\s+el|\s+il|\s+em|\s+à)*\s*[:.]?\s*"""
_WEEKDAY = r"""(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?
  | (?:lun|mar|mercre|jeu|vendre|same)di | dimanche
  | (?:mon|diens|donners|frei|sams|sonn)tag | mittwoch | sonnabend
  | lunes | martes | miércoles | jueves | viernes | sábado | domingo
  | (?:lune|marte|mercole|giove|vener)dì | sabato | domenica"""
_DATE = (
    rf"""(?:(?:{_WEEKDAY})\.?,?\s+)?"""
    r"""(?:
    (?P<{p}iso>\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}})
  | (?P<{p}numeric>\d{{1,2}}(?P<{p}mark>[/.-])\d{{1,2}}(?P={p}mark)\d{{4}})
  | (?P<{p}words>[^\W\d_]{{3,10}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}
      | \d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?[^\W\d_]{{3,10}}\.?,?
        \s+(?:de\s+)?\d{{4}})
    )(?!\d)"""
)
_ZONE = (
    r"""\s*\(?(?P<{p}zone>(?:UTC|GMT)?[+\-−]\d{{1,2}}(?::?\d{{2}})?(?!\d)|(?:{names})(?!\w))\)?"""
)
_TIME = (
    r"""(?P<{p}time>(?P<{p}hour>\d{{1,2}})
    (?:[:.h](?P<{p}minute>\d{{2}})(?::(?P<{p}second>\d{{2}})(?:\.\d{{1,9}})?)?)?
    (?:\s*(?P<{p}half>[ap]\.?\s?m\b\.?))?(?:\s*(?:Uhr|hrs|h)\b)?)(?![\d/])(?:"""
    + _ZONE
    + ")?"
)
_GAP = r"(?:\s*[,|–—-])?\s*(?:(?:at|à|um|a\ las|alle|T)\s*)?"


def _pattern() -> re.Pattern[str]:
    names = "|".join(NAMES)
    date_time = f"{_DATE}(?:{_GAP}{_TIME})?".format(p="a_", names=names)
    time_date = f"{_TIME}(?:\\s*[,|–—-])?\\s*(?:on\\s+)?{_DATE}".format(p="b_", names=names)
    bare = _TIME.format(p="c_", names=names)
    return re.compile(
        f"(?:{_LABEL})?(?P<moment>{date_time}|{time_date}|{bare})", re.VERBOSE | re.IGNORECASE
    )


_MOMENT = _pattern()
_BETWEEN = re.compile(r"[\s,;|/·•()\[\]–—.-]*")
_LANGUAGES = ["en", "fr", "de", "es", "it", "pt", "nl"]
_YEARS = range(1500, 2200)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time found in a line: its kind, where it stands in the text, and what it says.

    `time` is None where the line states a time of day only and nothing before it gives the day.
    """

    kind: ZoneKind
    span: Span
    time: PrintedTime | None


def read_times(text: str, line: Span, posted: PrintedTime | None = None) -> list[Moment]:
    """The printed times of a line that consists of nothing else; otherwise none.

    A bare time of day ("Updated at 1:56 pm") is of the day last named in the line, else of the day
    of `posted`, the time of publication found before.
    """
    if line.end - line.start > MAX_LINE_CHARS:
        return []
    moments: list[Moment] = []
    at, day = _skip(text, line.start, line.end), posted.day if posted else None
    while at < line.end:
        match = _MOMENT.match(text, at, line.end)
        if match is None or (moment := _moment(match, day, first=not moments)) is None:
            return []
        moments.append(moment)
        if moment.time is not None:
            day = moment.time.day
        at = _skip(text, match.end(), line.end)
    return _without_impossible_updates(moments, posted)


def starts_with_date(text: str, line: Span) -> bool:
    """Whether the line begins with a full date, whatever follows."""
    match = _MOMENT.match(text, line.start, line.end)
    return match is not None and _moment(match, None, first=True) is not None


def _skip(text: str, at: int, end: int) -> int:
    match = _BETWEEN.match(text, at, end)
    return match.end() if match else at


def _moment(match: re.Match[str], day: date | None, first: bool) -> Moment | None:
    part = next((p for p in "abc" if match[f"{p}_time"]), "a")
    labelled = match["label"] is not None
    # Without a label only a full date at the start of the line is a publication time.
    if not labelled and (part == "c" or not first):
        return None
    if part == "c" and match["c_minute"] is None and match["c_half"] is None:
        return None  # "Updated 5" is no time
    if part != "c" and (day := _date(match, part)) is None:
        return None
    clock = _clock(match, part)
    if match[f"{part}_time"] and clock is None:
        return None
    kind = ZoneKind.UPDATED if match["updated"] else ZoneKind.PUBLISHED
    span = Span(*match.span("moment"))
    zone = match[f"{part}_zone"]
    return Moment(kind, span, _printed(match["moment"], day, clock, zone))


def _printed(
    printed: str, day: date | None, clock: tuple[time, Precision] | None, zone: str | None
) -> PrintedTime | None:
    if day is None:
        return None
    if clock is None:
        return PrintedTime(datetime.combine(day, time()), Precision.DAY, printed)
    local = datetime.combine(day, clock[0])
    instant = instant_of(local, zone_of(zone)) if zone else None
    return PrintedTime(local, clock[1], printed, instant)


def _clock(match: re.Match[str], part: str) -> tuple[time, Precision] | None:
    if match[f"{part}_time"] is None:
        return None
    hour, half = int(match[f"{part}_hour"]), match[f"{part}_half"]
    if half is None and match[f"{part}_minute"] is None:
        return None
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    second = match[f"{part}_second"]
    try:
        clock = time(hour, int(match[f"{part}_minute"] or 0), int(second or 0))
    except ValueError:
        return None
    return clock, Precision.SECOND if second else Precision.MINUTE


def _date(match: re.Match[str], part: str) -> date | None:
    if printed := match[f"{part}_words"]:
        return _date_in_words(printed)
    if printed := match[f"{part}_iso"]:
        return _calendar_day(*map(int, re.split("[-/]", printed)))
    first, second, year = map(int, re.split("[/.-]", match[f"{part}_numeric"]))
    if match[f"{part}_mark"] == ".":
        return _calendar_day(year, second, first) or _calendar_day(year, first, second)
    return _calendar_day(year, first, second) or _calendar_day(year, second, first)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


@lru_cache(maxsize=4_096)
def _date_in_words(printed: str) -> date | None:
    parsed = _date_parser().get_date_data(printed).date_obj
    return parsed.date() if parsed is not None and parsed.year in _YEARS else None


@cache
def _date_parser() -> Any:
    """One parser a process; imported late because most documents are read without it."""
    from dateparser.date import DateDataParser

    # `try_previous_locales` would make the answer depend on the documents read before.
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "MDY", "TIMEZONE": "UTC"}
    return DateDataParser(
        languages=_LANGUAGES, try_previous_locales=False, settings=cast(Any, settings)
    )


def _without_impossible_updates(moments: list[Moment], posted: PrintedTime | None) -> list[Moment]:
    """Take back the time of an update that would lie before the publication.

    "Posted on Mar 4 at 11:40 pm, updated at 12:20 am" is of a later day, but of which is not said.
    """
    printed = (m.time for m in moments if m.kind is ZoneKind.PUBLISHED and m.time)
    posted = posted or next(printed, None)
    if posted is None:
        return moments
    return [
        Moment(m.kind, m.span, None)
        if m.kind is ZoneKind.UPDATED and m.time and _is_before(m.time, posted)
        else m
        for m in moments
    ]


def _is_before(one: PrintedTime, other: PrintedTime) -> bool:
    if Precision.DAY in (one.precision, other.precision):
        return one.day < other.day
    if one.instant and other.instant:
        return one.instant < other.instant
    return one.local < other.local


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?P<second>:\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d.*)?")


def parse_iso(value: str) -> PrintedTime:
    """Read an ISO 8601 date or time, e.g. "2021-09-08T07:12:00+02:00".

    With an offset it gives an instant, without one only a wall-clock time. Raises `ValueError`.
    """
    if _ISO_DAY.fullmatch(value):
        return PrintedTime(datetime.fromisoformat(value), Precision.DAY, value)
    match = _ISO.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no ISO 8601 time such as 2021-09-08T07:12:00+02:00")
    moment = datetime.fromisoformat(value).replace(microsecond=0)
    local = moment.replace(tzinfo=None)
    instant = instant_of(local, moment.tzinfo)
    if moment.tzinfo is not None and instant is None:
        raise ValueError(f"{value!r} lies off the calendar")
    precision = Precision.SECOND if match["second"] else Precision.MINUTE
    return PrintedTime(local, precision, value, instant)
