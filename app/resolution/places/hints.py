"""Names in an article that are no mentions of places but tell where it plays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.domain import Document, EntityKind, Extraction, Place
from app.resolution.places.focus import Focus
from app.resolution.places.forms import folded
from app.resolution.places.toponyms import Toponym

_CAPITALISED = re.compile(r"\b[A-Z][\w'’]+(?:[ ][A-Z][\w'’]+)*")
# American telephone numbers: "(318) 555-0133", "318-555-0133".
_TELEPHONE = re.compile(r"(?<!\d)\(?([2-9]\d\d)\)?[-. ]{1,2}\d{3}[-. ]\d{4}(?!\d)")

MOST = 2000
"""Hints that are looked up; a longer text has enough of them."""
NAMESAKES = 3
"""A name of more places hints at none."""


class Hint(NamedTuple):
    """How much a name tells, and whether it may be a town's: "Lexham" in "Lexham Ledger".

    It tells nothing if the gazetteer has the longer name `unless`: "New" beside "New Lexham".
    """

    weight: float
    of_town: bool = False
    unless: str | None = None


def hints_of(
    document: Document, extraction: Extraction, toponyms: Sequence[Toponym]
) -> dict[str, Hint]:
    """Capitalised words and pairs of them, area codes, the publisher's home and the dateline.

    "Kentucky State Police" hints at Kentucky, "area code 318" at Louisiana. The names of persons
    are left out ("Georgia Brown"), and the toponyms themselves.
    """
    people = _people(document, extraction)
    found: dict[str, Hint] = {}
    for name in _capitalised(document.text, people):
        found[name] = Hint(0.5)
        if len(found) > MOST:
            break
    for source in (document.publisher, document.dateline):
        words = [word for word in folded(source or "").split() if word != "the"]
        longer = " ".join(words[:2])
        found[longer] = Hint(0.5, of_town=True)
        found[" ".join(words[:1])] = Hint(0.5, of_town=True, unless=longer)
    for code in _TELEPHONE.findall(document.text):
        found[f"area code {code}"] = Hint(1.0)
    for toponym in toponyms:
        for name in toponym.names:
            found.pop(name, None)
    found.pop("", None)
    return found


def _capitalised(text: str, without: Collection[str]) -> Iterator[str]:
    """The folded capitalised words of a text, and pairs of neighbours."""
    for match in _CAPITALISED.finditer(text):
        words = [word for word in match[0].split() if word not in without]
        for name in (*words, *(f"{one} {two}" for one, two in pairwise(words))):
            yield folded(name)


def _people(document: Document, extraction: Extraction) -> set[str]:
    return {
        word
        for mention in extraction.mentions
        if mention.kind is EntityKind.PERSON
        for word in mention.span.of(document.text).split()
    }


def focus_of_hints(hinted: Mapping[str, Hint], found: Mapping[str, Sequence[Place]]) -> Focus:
    """What the hints say the article is about."""
    focus = Focus()
    for name, hint in hinted.items():
        if hint.unless != name and hint.unless in found:
            continue
        places = [p for p in found.get(name, ()) if _tells(name, p, hint.of_town)][:NAMESAKES]
        for place in places:
            focus.add(place, hint.weight / len(places))
    return focus


def _tells(name: str, place: Place, of_town: bool) -> bool:
    # Towns bear people's names, counties bear towns' names.
    return (
        place.kind in ("country", "region")
        or (of_town and place.kind == "town" and folded(place.name) == name)
        or place.key.startswith("telephone:")
        or (place.kind == "county" and name.endswith("county"))
    )
