"""What an article says of somebody's other name: "Mira Brandt, née Kovalenko"; pure functions.

Names by birth, by marriage and for the stage, each said of a full name directly behind it. What
could as well be the next of a list ("met Mira Brandt, then Jan Brandt") counts only where both
names have the given name in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain import Span
from app.extraction.coreference.person_names import is_short_for, name_words

LONGEST = 80
_OPENS = r"\s*[,(–—-]?\s*"
_CLOSES = r"\s*[\"“‘(]?"
_WORD = r"(?:[\w’'-]+ )"
# "the rower from Lindholm, who …".
_TOLD = r"(?:[\w’'-]+,? ){0,7}"
# Said of names alone.
_CERTAIN = re.compile(
    _OPENS + r"(?:n[ée]e?|born|a\.?k\.?a\.?|alias|born as|(?:her|his|their) (?:real|birth) name,?"
    rf"|{_TOLD}(?:known|called) {_WORD}{{0,7}}as(?: just| simply)?"
    r"|whose (?:maiden|married|birth|real|given|legal|full|stage|pen) name (?:is|was)"
    r"|(?:maiden|married|real|birth|stage|pen) name:?)" + _CLOSES,
    re.IGNORECASE,
)
# What could as well be the next of a list, or a part that an actor plays.
_LIKELY = re.compile(
    _OPENS
    + r"(?:formerly|previously|now|then|once|later"
    + rf"|{_TOLD}(?:who|and) (?!{_WORD}{{0,2}}(?:star|appear|cast|play)){_WORD}{{1,7}}as"
    + rf"|\. {_WORD}{{0,3}}(?:she|he|they)(?:['’](?:d|ll))? {_WORD}{{1,6}}as)"
    + _CLOSES,
    re.IGNORECASE,
)
# Of a name behind which nothing else of it can stand.
_FORMERLY = re.compile(_OPENS + r"(?:formerly|previously)\s*", re.IGNORECASE)
_ENDS = re.compile(r"[,.;)–—]")
_OWNS = re.compile(r"['’]s?\b|\s+(?:and|or)\b")


def renamed(text: str, people: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pairs of neighbours among the names of people of which the second is the first's, too.

    The first is a full name; where the second is one word it is a surname, or a short name.
    """
    for first in range(len(people) - 1):
        one, other = people[first], people[first + 1]
        if other.start - one.end > LONGEST:
            continue
        between = text[one.end : other.start]
        known, words = name_words(one.of(text)), name_words(other.of(text))
        if len(known) < 2 or known == words:
            continue
        if _OWNS.match(text, other.end):
            continue
        if len(words) > 1:
            is_likely = _same_given(known[0], words[0]) and _LIKELY.fullmatch(between)
        else:
            is_likely = _FORMERLY.fullmatch(between) and _ENDS.match(text, other.end)
        if is_likely or _CERTAIN.fullmatch(between):
            yield first, first + 1


def _same_given(one: str, other: str) -> bool:
    return one == other or is_short_for(one, other) or is_short_for(other, one)
