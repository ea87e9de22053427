"""What an article says of somebody's other name: "Mira Brandt, née Kovalenko"; pure functions.

Names by birth, by marriage and for the stage, each said of a full name directly behind it. What
could as well be the next of a list ("led by Mira Brandt, now Mira Holt") or speak of another
("who left as Mira Holt came") counts only where both names have the given name in common, and
behind verbs of what people do under a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain import Span
from app.extraction.coreference.person_names import is_short_for, name_words

LONGEST = 80
_MARK = r" ?[,(–—-] ?"
_CLOSES = r" ?[\"“‘(]?"
_WORD = r"(?:(?!as |same |well |just )[\w’'-]+ )"
# "the rower from Lindholm, …".
_APPOSED = rf"(?:, (?:the|an?) {_WORD}{{0,5}}[\w’'-]+(?=,))?"
_HOW = "better|best|also|formerly|previously|once|widely|professionally|popularly|otherwise|now"
_CERTAIN = re.compile(
    rf"{_APPOSED}(?:{_MARK}| )"
    r"(?:n[ée]e?|born|a\.?k\.?a\.?|alias|(?:her|his|their) (?:real|birth) name,?"
    rf"|(?:(?:who|and) (?:is|was) )?(?:(?:{_HOW}) )*known (?:(?:to|from) {_WORD}{{1,7}})?"
    r"as(?: just| simply)?"
    r"|whose (?:maiden|married|birth|real|given|legal|full|stage|pen) name (?:is|was)"
    r"|(?:maiden|married|real|birth|stage|pen) name:?)" + _CLOSES,
    re.IGNORECASE,
)
_FORMERLY = re.compile(rf"{_MARK}(?:formerly|previously) ?", re.IGNORECASE)
_NOW = re.compile(rf"{_MARK}now ?", re.IGNORECASE)
_DOES = (
    r"(?:(?:had|has|will|would|now|first|once|still|also|later) )*"
    r"(?:rac(?:ed?|es)|ran|runs?|compet(?:ed?|es)|perform(?:ed|s)?|record(?:ed|s)?|wrote|writes?"
    r"|coach(?:ed|es)?|sign(?:ed|s)?|work(?:ed|s)?|swam|swims?|fought|fights?|box(?:ed|es)?|sang"
    r"|sings?|publish(?:ed|es)?|blogs?|tweets?|enter(?:ed|s)?)"
)
_AS = re.compile(
    rf"{_APPOSED},? (?:the {_WORD}{{1,5}})?(?:who|and) {_DOES} {_WORD}{{0,5}}as{_CLOSES}"
    rf"|\. {_WORD}{{0,3}}(?:she|he|they)(?:['’](?:d|ll))? {_DOES} {_WORD}{{0,5}}as{_CLOSES}",
    re.IGNORECASE,
)
# Behind a name that is all that is said there.
_ENDS = re.compile(r"[\"”’]?[,.;)–—]")
_OWNS = re.compile(r"['’]s?\b|\s+(?:and|or)\b")


def renamed(text: str, people: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pairs of neighbours among the names of people of which the second is the first's, too.

    The first is a full name; where the second is one word it is a surname, or a short name.
    """
    for first in range(len(people) - 1):
        one, other = people[first], people[first + 1]
        if other.start - one.end > LONGEST:
            continue
        known, words = name_words(one.of(text)), name_words(other.of(text))
        if len(known) < 2 or known == words or not words[0].isalpha():
            continue
        # White space folded: no pattern has to try how much of it is whose.
        between = re.sub(r"\s+", " ", text[one.end : other.start])
        if not _OWNS.match(text, other.end) and _is_said(text, other.end, between, known, words):
            yield first, first + 1


def _is_said(text: str, end: int, between: str, known: list[str], words: list[str]) -> bool:
    if _CERTAIN.fullmatch(between):
        return True
    is_all = _ENDS.match(text, end) is not None
    if is_all and _FORMERLY.fullmatch(between):
        return len(words) == 1 or _same_given(known[0], words[0])
    if len(words) == 1:
        return False
    if is_all and known[0] == words[0] and _NOW.fullmatch(between):
        return True
    return _same_given(known[0], words[0]) and _AS.fullmatch(between) is not None


def _same_given(one: str, other: str) -> bool:
    return one == other or is_short_for(one, other) or is_short_for(other, one)
