"""The surfaces a place goes by: pure functions from what the packages print to names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from math import cos, hypot, radians
from typing import Any

from app.words import without_accents

LONGEST = 100
"""Longer names, in code points, are names of no place."""

# Latin letters of all its alphabets, accents, apostrophes; codes of three letters are no names.
_LATIN = re.compile(r"[A-ZÀ-Þ][ -~À-ɏ‘’]{3,99}")
_LANGUAGE = re.compile(r"\s*\((\w+)\)$")
# What ISO 3166-2 calls a division beside its name, in the languages it prints it in.
_DIVISION_WORD = re.compile(
    r"""^(?:Republic\ of|Province\ of|(?:Free\ and\ Sovereign\ )?State\ of
        |Free\ (?:and\ Hanseatic\ City|State)\ of|Région|Provincia\ de|Departamento\ de)\s+
    |,\s.+$ | \s\[.+\]$
    |\s(?:oblast'?|kray|kraj|okrug|Sheng|Zizhiqu|Shi|Respublika|Region|Province|Governorate
        |Department|District|County)$""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTY_WORD = re.compile(r"\s(?:County|Parish|Borough|Census Area|Municipality|Municipio)$")
_AIRPORT_WORD = re.compile(
    r"\b(?:Airport|Air\s?(?:field|base|port)|Air (?:Force )?Base|Air Station|Army|Naval|AFB|Afb"
    r"|RAF)\b",
)
_PLAIN_AIRPORT = re.compile(r"\s(?:International|Regional|Municipal|County|Airport|Intl)\b")


def plain(name: str) -> str:
    """A name without accents: "São Paulo" as "Sao Paulo"."""
    return without_accents(name).replace("‘", "'").replace("’", "'")


def is_latin_name(name: str) -> bool:
    """Whether a name may stand in an English text; codes ("LON") and other scripts do not."""
    return _LATIN.fullmatch(name) is not None and not name.isupper()


def contain(one: str, other: str) -> bool:
    """Whether one of two names contains the other: "Hull", "Kingston upon Hull"."""
    one, other = plain(one).casefold(), plain(other).casefold()
    return one in other or other in one


def people(name: str) -> tuple[str, ...]:
    """The name of a people or its adjective, and the plural: "German", "Germans".

    Abbreviations ("Calif.", "UK") and words in -s, -sh, -ch or -ese have none.
    """
    regular = name.isalpha() or " " in name
    if not regular or name.isupper() or "." in name or re.search(r"(?:s|sh|ch|ese)$", name):
        return (name,)
    return (name, f"{name}s")


def division_names(
    division: Mapping[str, Any], as_listed: bool, known_as: str | None = None
) -> tuple[str, ...]:
    """The names of an ISO 3166-2 division, the one to show first.

    That is the one it is `known_as`, else the one `as_listed` by ISO or else an English one.
    """
    local = [part.strip() for part in (division["localOtherName"] or "").split(",")]
    in_english = [_DIVISION_WORD.sub("", n[:-6]) for n in local if n.endswith(" (eng)")]
    others = [_LANGUAGE.sub("", n) for n in local if not n.endswith("(eng)")]
    name = division["name"]
    bare = _DIVISION_WORD.sub("", name) or name
    # English names may be nicknames ("The Banner County") or abbreviations ("Qld").
    proper = (n for n in in_english if len(n) + 4 > len(bare) and not n.startswith("The "))
    best = known_as or (bare if as_listed else next(proper, plain(bare)))
    ordered = [best, name, bare, *in_english, *(n for n in others if is_latin_name(n))]
    return tuple(dict.fromkeys(n for n in ordered if n and len(n) <= LONGEST))


def county_names(name: str) -> tuple[str, ...]:
    """Other surfaces of an American county: "Lake Co.", "Lake"."""
    bare = _COUNTY_WORD.sub("", name)
    if bare == name:
        return ()
    return (f"{bare} Co.", bare) if name.endswith(" County") else (bare,)


def airport_names(name: str, city: str, *, known: bool) -> tuple[str, ...]:
    """The surfaces of an airport; none for what its name does not show to be one.

    One that is `known` (it has an IATA code) also goes by parts of its name: "London Heathrow
    Airport" is "Heathrow" and "Heathrow Airport".
    """
    if not _AIRPORT_WORD.search(name):
        return ()
    names = [name]
    names += [re.sub(r"\bAfb Airport\b", military, name) for military in ("Air Force Base", "AFB")]
    if known:
        short = _PLAIN_AIRPORT.sub("", name).strip()
        own = short.removeprefix(f"{city} ")
        for part in (short, own, own.split()[-1] if own else ""):
            names += [f"{part} Airport", f"{part} International Airport"]
        if own not in (short, city):
            names.append(own)
    return tuple(dict.fromkeys(names))


def paired(
    divisions: Mapping[str, Mapping[str, Any]], towns: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """GeoNames' codes of first-order divisions to ISO's, by where their towns lie."""
    cells: dict[tuple[int, int], list[Mapping[str, Any]]] = defaultdict(list)
    for town in towns:
        cells[_cell(town["latitude"], town["longitude"])].append(town)
    votes: Counter[tuple[str, str]] = Counter()
    for iso, division in divisions.items():
        if division["latLng"]:
            near = _nearest(cells, towns, *division["latLng"])
            for rank, town in enumerate(near):
                votes[town["admin1code"], iso] += len(near) - rank
    found: dict[str, str] = {}
    for (own, iso), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
        if own not in found and iso not in found.values():
            found[own] = iso
    return found


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // 1), int(lon // 1)


def _nearest(
    cells: Mapping[tuple[int, int], Sequence[Mapping[str, Any]]],
    towns: Sequence[Mapping[str, Any]],
    lat: float,
    lon: float,
) -> list[Mapping[str, Any]]:
    """The ten towns nearest to a point, or (where it is lonely) nearly so."""
    row, column = _cell(lat, lon)
    around = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    near = [town for cell in around for town in cells.get(cell, ())]
    shrink = cos(radians(lat))

    def far(town: Mapping[str, Any]) -> float:
        return hypot(town["latitude"] - lat, (town["longitude"] - lon) * shrink)

    return nsmallest(10, near if len(near) >= 10 else towns, key=far)
