"""What a person types into a search field, read without ever failing (docs/search.md).

Words are ANDed; "a phrase" in quotation marks; `word*` for a beginning; `-word` and `-"a phrase"`
for what must not occur. All else is words, or means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.store.search_tokens import DROPPED, Token, folded, tokens, words

MOST_WORDS = 64
"""So many words of a query are read; the rest is ignored."""
LEAST_OF_PREFIX = 3
"""A beginning of fewer characters is taken for a word: it would be that of half the vocabulary."""

_MARKS = '"“”„«»'
_PIECE = re.compile(
    rf"(?P<minus>(?<!\S)-(?!-))?(?:[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]|(?P<word>[^\s{_MARKS}]+))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow one another, folded; of a prefix the last one goes on."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def text(self) -> str:
        """How it occurs in `search_tokens.words`."""
        return f" {' '.join(self.words)}{'' if self.is_prefix else ' '}"

    def begins(self, found: Sequence[Token], at: int) -> bool:
        """Whether it stands in `found` from the token at `at` on."""
        last = at + len(self.words) - 1
        if last >= len(found):
            return False
        if any(found[at + n].folded != word for n, word in enumerate(self.words[:-1])):
            return False
        if self.is_prefix:
            return found[last].folded.startswith(self.words[-1])
        return found[last].folded == self.words[-1]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of `wanted` must occur, none of `unwanted` may. One without `wanted` finds nothing."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it finds nothing, since it looks for nothing."""
        return not self.wanted

    def finds(self, text: str) -> bool:
        """Whether a text of one field passes, as the index would say."""
        within = words(text)
        return (
            not self.is_empty
            and all(term.text() in within for term in self.wanted)
            and not any(term.text() in within for term in self.unwanted)
        )

    def matches(self, text: str) -> list[tuple[int, int]]:
        """Where its terms stand in a text, in order: code points, end exclusive.

        They do not overlap: the first one stays, of those that start together the longest.
        """
        within = folded(text)
        if DROPPED in within:
            return self._spans(list(tokens(text)))
        # The same on the whole text at once: ten times quicker for an article.
        pattern = _pattern(self.wanted)
        return [found.span() for found in pattern.finditer(within)] if pattern else []

    def _spans(self, found: Sequence[Token]) -> list[tuple[int, int]]:
        spans = []
        at = 0
        while at < len(found):
            lengths = [len(term.words) for term in self.wanted if term.begins(found, at)]
            length = max(lengths, default=0)
            if length:
                spans.append((found[at].start, found[at + length - 1].end))
            at += length or 1
        return spans


@lru_cache(maxsize=64)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    """What finds terms in a folded text without accents, None where there are none."""
    if not terms:
        return None
    longest_first = sorted(terms, key=lambda term: -len(term.words))
    ways = (
        " +".join(map(re.escape, term.words)) + ("[^ ]*" if term.is_prefix else "")
        for term in longest_first
    )
    return re.compile(f"(?<![^ ])(?:{'|'.join(ways)})(?![^ ])")


def parse(typed: str) -> SearchQuery:
    """The query that a person typed, whatever it is."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    left = MOST_WORDS
    for is_unwanted, term in _terms(typed):
        if left == 0:
            break
        if len(term.words) > left:
            term = Term(term.words[:left])
        left -= len(term.words)
        (unwanted if is_unwanted else wanted)[term] = None
    return SearchQuery(tuple(wanted), tuple(unwanted))


def _terms(typed: str) -> Iterator[tuple[bool, Term]]:
    """Each term, and whether it is unwanted."""
    for piece in _PIECE.finditer(typed):
        phrase, word = piece["phrase"], piece["word"]
        text = word if phrase is None else phrase
        found = list(tokens(text))
        if not found:
            continue
        last = found[-1]
        is_prefix = (
            phrase is None
            and text[last.end : last.end + 1] == "*"
            and len(last.folded) >= LEAST_OF_PREFIX
        )
        yield piece["minus"] is not None, Term(tuple(t.folded for t in found), is_prefix)
