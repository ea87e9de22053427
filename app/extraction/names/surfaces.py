"""Names as keys: when two surfaces are the same name."""

from __future__ import annotations

import re

from app.extraction.names.lexicon import LEGAL_FORMS

_SPACE = re.compile(r"\s+")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "&", "de", "la", "du", "des", "to"})


def name_key(surface: str) -> str:
    """Lower case, one space, no article, no full stops: the key a name is counted under."""
    flat = _SPACE.sub(" ", surface.replace("’", "'").replace(".", "")).strip().lower()
    return _ARTICLE.sub("", flat) or flat


def words_of(key: str) -> list[str]:
    """The words of a name key."""
    return key.split(" ")


def initials(surface: str) -> set[str]:
    """What initials of a name may be, upper case, with and without its small words.

    "Agence France-Presse" gives AFP, "Bank of England" gives BOE and BE.
    """
    words = [w for w in re.split(r"[\s\-/]+", surface.replace(".", "")) if w]
    if len(words) < 2:
        return set()
    large = [w for w in words if w.lower() not in _SMALL]
    return {"".join(w[0] for w in chosen).upper() for chosen in (words, large) if len(chosen) > 1}


def without_legal_form(key: str) -> str:
    """A company's everyday name: "acme corp" is "acme"."""
    words = words_of(key.replace(",", ""))
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words)
