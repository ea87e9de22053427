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

LONGEST = 60
_OPENS = r"\s*[,(–—-]?\s*"
_CLOSES = r"\s*[\"“‘(]?"
# Said of names alone.
_CERTAIN = re.compile(
    _OPENS
    + r"(?:n[ée]e?|born|a\.?k\.?a\.?|alias|(?:was )?born as|(?:her|his|their) (?:real|birth) name,?"
    r"|(?:formerly|previously|now|then|also|better|once|later) known (?:simply )?as"
    r"|whose (?:maiden|married|birth|real|given|legal|full|stage|pen) name (?:is|was)"
    r"|(?:maiden|married|real|birth|stage|pen) name:?)" + _CLOSES,
    re.IGNORECASE,
)
_LIKELY = re.compile(
    _OPENS + r"(?:formerly|previously|now|then|once|later|or"
    r"|(?:who|and) (?:\w+ )?(?:raced?|races|competed|ran|swam|played|wrote|writes|published|sang"
    r"|recorded|performed|performs|fought|boxed|wrestled|blogs|tweets|posts|married|enrolled"
    r"|registered|trained|served|worked|(?:was|is) (?:elected|known|registered|listed))"
    r" (?:\w+ ){0,3}as)" + _CLOSES,
    re.IGNORECASE,
)
_OWNS = re.compile(r"['’]s?\b|\s+(?:and|or)\b")


def renamed(text: str, people: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pairs of neighbours among the names of people of which the second is the first's, too.

    The first is a full name; where the second is one word it is a surname.
    """
    for first in range(len(people) - 1):
        one, other = people[first], people[first + 1]
        if other.start - one.end > LONGEST:
            continue
        between = text[one.end : other.start]
        known, words = name_words(one.of(text)), name_words(other.of(text))
        if len(known) < 2 or known == words:
            continue
        is_likely = len(words) > 1 and _same_given(known[0], words[0])
        if _CERTAIN.fullmatch(between) or (
            is_likely and _LIKELY.fullmatch(between) and not _OWNS.match(text, other.end)
        ):
            yield first, first + 1


def _same_given(one: str, other: str) -> bool:
    return one == other or is_short_for(one, other) or is_short_for(other, one)
