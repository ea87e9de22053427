"""What the letters after a time of day mean: offsets from UTC in minutes, or a place's rules."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Only abbreviations that an English-language newsroom uses for one zone. IST (India, Israel,
# Ireland) and AST are left out: they are recognised as zones but give no instant.
_OFFSETS = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 60,
    "BST": 60,
    "CET": 60,
    "CEST": 120,
    "SAST": 120,
    "EET": 120,
    "EEST": 180,
    "MSK": 180,
    "PKT": 300,
    "SGT": 480,
    "HKT": 480,
    "JST": 540,
    "KST": 540,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "HST": -600,
    "AKST": -540,
    "AKDT": -480,
    "PST": -480,
    "PDT": -420,
    "MST": -420,
    "MDT": -360,
    "CST": -360,
    "CDT": -300,
    "EST": -300,
    "EDT": -240,
}
# "ET" does not say whether summer time is on; the date does.
_PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
_AMBIGUOUS = ("IST", "AST")

NAMES = tuple(sorted({*_OFFSETS, *_PLACES, *_AMBIGUOUS}, key=len, reverse=True))
"""The abbreviations that are recognised after a time, longest first."""

_NUMERIC = re.compile(r"(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d{2})?")
_MAX_OFFSET_HOURS = 14


def zone_of(printed: str) -> tzinfo | None:
    """The zone that `printed` ("GMT", "+02:00", "ET") names, None where it names no single one."""
    name = printed.upper().strip("() ")
    if name in _OFFSETS:
        return timezone(timedelta(minutes=_OFFSETS[name]))
    if name in _PLACES:
        try:
            return ZoneInfo(_PLACES[name])
        except ZoneInfoNotFoundError:  # a slim image without zone data
            return None
    if (match := _NUMERIC.fullmatch(name)) is None or int(match[2]) > _MAX_OFFSET_HOURS:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))


def instant_of(local: datetime, zone: tzinfo | None) -> datetime | None:
    """The aware UTC instant of a wall-clock time; None without a zone or off the calendar."""
    if zone is None:
        return None
    try:
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
