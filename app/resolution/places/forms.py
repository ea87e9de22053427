"""The names under which a surface is looked up: pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.identity import name_norm
from app.words import without_accents

LONGEST = 100
"""Longer surfaces, in code points, name no place."""

# Spelled out and short: the gazetteer has "Saint Paul" and "St. Paul" for different towns.
_SHORT = (("saint", "st"), ("mount", "mt"), ("fort", "ft"), ("north", "n"), ("south", "s"),
          ("east", "e"), ("west", "w"), ("county", "co"), ("township", "twp"))  # fmt: skip
_LEADING = re.compile(r"^(?:the|greater|downtown|central|metro|metropolitan|city of|town of"
                      r"|village of|province of|state of|county of|port of)\s+")  # fmt: skip
_SIDE = re.compile(
    r"^(?:(?:north|south|east|west|northern|southern|eastern|western|upper|lower|inner|mid|n|s|e|w)"
    r"(?:[ -]|\b(?=central)))+"
)
_TRAILING = re.compile(
    r"\s+(?:city|township|twp|county|co|parish|district|province|state|region|area|metro|village"
    r"|station|borough|governorate|oblast|prefecture|valley|heights|island|islands)$"
)
_FEATURE = re.compile(
    r"\b(?:river|creek|lake|park|mountains?|mount|valley|island|islands|bay|beach|hills?|harbou?r"
    r"|airport|church|cathedral|hospital|university|college|school|street|avenue|road|stadium"
    r"|forest|reservoir|dam|bridge|square|museum|center|centre|falls|canyon|trail|cemetery|hotel"
    r"|mall|reserve|refuge|base|port|tower|house|hall|court|plaza|arena|field)\b"
)
_POSSESSIVE = re.compile(r"(?:'s|')$")
_PEOPLE = re.compile(r"(?:ers|er|ans|an|ians|ian|ites|ite|s)$")


def folded(surface: str) -> str:
    """A surface as the gazetteer has it: normalised, without accents and possessive."""
    if len(surface) > LONGEST:
        return ""
    return _POSSESSIVE.sub("", without_accents(name_norm(surface)))


def is_feature(surface: str) -> bool:
    """Whether a surface names a river, a park, a building: what no list of towns has."""
    return _FEATURE.search(surface.casefold()) is not None


def spellings(norm: str) -> list[str]:
    """A normalised name and the other ways to write it, itself first."""
    found = [norm]
    if norm.startswith("the "):
        found.append(norm[4:])
    for name in tuple(found):
        words = name.split()
        for long, short in _SHORT:
            for one, other in ((long, short), (short, long)):
                if one in words:
                    found.append(" ".join(other if w == one else w for w in words))
    if "-" in norm:
        found.append(norm.replace("-", " "))
    return list(dict.fromkeys(found))


def reductions(norm: str) -> Iterator[str]:
    """Names that a name not in the gazetteer contains, the closest first.

    "north london" lies in London, "clinton township" is about Clinton, "londoners" are of London.
    """
    seen = {norm}
    todo = [norm]
    while todo:
        name = todo.pop(0)
        for pattern in (_LEADING, _TRAILING, _SIDE):
            less = pattern.sub("", name).strip()
            if less and less not in seen and len(less) > 2:
                seen.add(less)
                todo.append(less)
                yield less
    less = _PEOPLE.sub("", norm)
    if len(less) > 3 and less not in seen:
        yield less
