"""Names the model missed where the article knows them from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from spacy.tokens import Doc, Token

from app.domain import EntityKind, Span
from app.extraction.names.lexicon import NAME_SUFFIXES
from app.extraction.names.surfaces import name_key
from app.words import is_acronym

# A single word is looked for only when it can hardly be anything else.
MIN_LETTERS = 3
# "pro-Lindhaven" is an adjective.
PREFIXES = frozenset({"pro", "anti", "non", "ex", "pre", "post"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "MD"})


class Known:
    """The names of an article, indexed by their first word, as printed."""

    def __init__(self, kinds: Mapping[str, EntityKind], surfaces: Mapping[str, EntityKind]) -> None:
        # first word -> length in words -> the names, so that a place in the text is tried but once
        # a length, however many names begin with its word.
        self.by_first: dict[str, dict[int, set[tuple[str, ...]]]] = defaultdict(dict)
        self.kinds = dict(kinds)
        for surface in surfaces:
            self._learn(surface)
        for surface, kind in surfaces.items():
            words = surface.split()
            if kind is EntityKind.PERSON and 2 <= len(words) <= 4:
                for word in {words[-1], words[0]}:
                    bare = word.strip(".,")
                    if len(bare) >= MIN_LETTERS and bare.lower() not in NAME_SUFFIXES:
                        self._learn(bare)
                        self.kinds.setdefault(name_key(bare), EntityKind.PERSON)

    def _learn(self, surface: str) -> None:
        words = tuple(surface.split())
        self.by_first[words[0]].setdefault(len(words), set()).add(words)

    def find(self, doc: Doc, taken: bytearray) -> Iterator[tuple[Span, EntityKind]]:
        """Occurrences of known names on tokens not yet taken. `taken` marks code points."""
        end = 0
        firsts = np.array([doc.vocab.strings[word] for word in self.by_first], dtype=np.uint64)
        for i in np.flatnonzero(np.isin(doc.to_array("ORTH"), firsts)).tolist():
            match = self._at(doc, i, taken) if i >= end else None
            if match is not None:
                length, kind = match
                last = doc[i + length - 1]
                yield Span(doc[i].idx, last.idx + len(last)), kind
                end = i + length

    def _at(self, doc: Doc, i: int, taken: bytearray) -> tuple[int, EntityKind] | None:
        """Length in tokens and kind of the longest known name that starts at token `i`."""
        token = doc[i]
        if taken[token.idx]:
            return None
        options = self.by_first[token.text]
        for length in sorted(options, reverse=True):
            tokens = doc[i : min(i + length, len(doc))]
            words = tuple(t.text for t in tokens)
            if words not in options[length] or any(taken[t.idx] for t in tokens):
                continue
            kind = self.kinds.get(name_key(" ".join(words)))
            if kind is not None and (length > 1 or self._single(doc, i)):
                return length, kind
        return None

    def _single(self, doc: Doc, i: int) -> bool:
        """Whether a lone word is used as a name here, not inside a longer one."""
        token = doc[i]
        following = doc[i + 1] if i + 1 < len(doc) else None
        if i > 1 and doc[i - 1].text == "-" and doc[i - 2].text.lower() in PREFIXES:
            return False
        if len(token) < MIN_LETTERS and not is_acronym(token.text):
            return False
        if token.tag_ not in _NAME_TAGS and token.is_sent_start and not _acts(token, following):
            return False
        if following is None:
            return True
        return following.tag_ not in _NAME_TAGS or not following.text[:1].isupper()


def _acts(token: Token, following: Token | None) -> bool:
    """Whether a word that opens a sentence does something: "Grant was late".

    There the tagger takes some names for verbs and adjectives, which no finite verb follows.
    """
    if following is None or not token.is_sent_start:
        return False
    return following.tag_ in _FINITE_TAGS
