"""What one article calls its people by what they do; pure.

From the extraction where it found any, else from the words around the name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from app.domain import EntityKind, Extraction, Mention, MentionType, Span
from app.namesakes import NAMESAKE
from app.resolution.occupations import SAME, is_occupation
from app.resolution.words_of import words_of

# So many characters before and behind a name are read for what its bearer is called.
_FRONT, _BACK = 60, 90
# So far behind a name the end of its quotation is looked for.
LONGEST_QUOTATION = 500

_TITLE_BEFORE = re.compile(
    r"((?:[\w’'-]+ |\b(?:Adm|Capt|Cmdr|Col|Coun|Det|Dr|Gen|Gov|Insp|Lt|Maj|Prof|Rep|Rev|Sen|Sgt"
    r"|Supt)\. ){1,4})$"
)
_CALLED_BEFORE = re.compile(r"\b(?:its|his|her|their|whose|the|a|an) ([^.,;:!?\n]{1,50}), $", re.I)
_SAID_AFTER = re.compile(
    r"(?:, (?:\d+, )?|\s\(|\s(?:is|was|becomes?|became|as|has been|will be)\b)"
    r"([^.;:!?\n“”\"]{1,80})"
)
_THE_ONE = re.compile(
    r"\b[Tt]he (member (?:for|of [Pp]arliament)\b|"
    r"(?:(?!of |in |at |for |and |on |to |said |who )[a-z’'-]+ ){0,2}[a-z’'-]+)\b"
)
# "The general secretary", "a major donor", "the attorney general" are no soldiers.
_NO_RANK = re.compile(
    r"\b(?:general|major|marine)(?= (?!(?:of|in|for|at|and|who|from|with|on|to)\b)(?-i:[a-z]))"
    r"|\b(attorney|secretary|solicitor|governor|director) general\b",
    re.I,
)
_LAWMAKER = re.compile(
    r"\bmember (?:for\b|of (?:the )?(?:\w+ )?(?:parliament|congress|assembly|house|senate)\b)", re.I
)
_DEPARTMENT = (
    r"(?:agriculture|commerce|culture|defen[cs]e|education|energy|environment|finance|fisheries"
    r"|foreign|health|home|housing|interior|justice|labou?r|security|trade|transport"
    r"|transportation|treasury)"
)
_MINISTER = re.compile(
    rf"\b{_DEPARTMENT} secretary\b|\bsecretary (?:of state\b|(?:of|for) (?:the )?{_DEPARTMENT}\b)",
    re.I,
)
# Clubs have presidents, too.
_STATESMAN = re.compile(
    r"\b(?:vice|regional|federal|acting|interim|deputy) president\b"
    r"|\bpresident of (?:the )?(?:region|republic|federation|country|united states|assembly)\b",
    re.I,
)


def roles_of(
    text: str, extraction: Extraction, families: Sequence[Sequence[int]]
) -> list[frozenset[str]]:
    """For each entity the occupations that the article gives it (people only).

    `families` are for each the others of one surname: "the skipper" may be either.
    """
    found: list[set[str]] = [set() for _ in extraction.entities]
    told = [bool(entity.roles) for entity in extraction.entities]
    for index, entity in enumerate(extraction.entities):
        for span in entity.roles:
            found[index] |= occupations(span.of(text))
    people = [m for m in extraction.mentions if m.kind is EntityKind.PERSON]
    for mention in people:
        if mention.type is MentionType.NOMINAL and mention.entity is not None:
            found[mention.entity] |= occupations(mention.span.of(text))
    names = [m for m in people if m.type is MentionType.NAME]
    starts = [*(m.span.start for m in names[1:]), len(text)]
    ends = [0, *(m.span.end for m in names)]
    for mention, end, start in zip(names, ends, starts, strict=False):
        if mention.entity is not None and not told[mention.entity]:
            found[mention.entity] |= _beside(text, mention.span, end, start)
    for index, roles in _spoken_of(text, names):
        if not (told[index] or families[index]):
            found[index] |= roles
    return [frozenset(roles) for roles in found]


def occupations(phrase: str) -> set[str]:
    """The occupations named in a phrase, one word for those that are the same."""
    said = _NO_RANK.sub(r"\1 ", phrase.replace("-", " "))
    words = (w.casefold() for w in words_of(said))
    found = {SAME.get(w, w) for w in words if is_occupation(w)}
    if _LAWMAKER.search(phrase):
        found.add("lawmaker")
    if _MINISTER.search(phrase):
        found = found - {"secretary"} | {"minister"}
    if _STATESMAN.search(phrase):
        found.add("statesman")
    return found


def _beside(text: str, name: Span, start: int, end: int) -> set[str]:
    """What stands directly before or after a name: a title, an apposition, a plain statement.

    The people named before and after it end at `start` and begin at `end`.
    """
    before = text[max(start, name.start - _FRONT) : name.start]
    after = text[name.end : min(end, name.end + _BACK)]
    found: set[str] = set()
    if title := _TITLE_BEFORE.search(before):
        found |= occupations(title.group(1))
    if called := _CALLED_BEFORE.search(before):
        found |= occupations(called.group(1))
    if said := _SAID_AFTER.match(after):
        # The first phrase only: behind its comma somebody else may be spoken of.
        found |= occupations(said.group(1).split(",")[0])
    return found


def _is_within_quote(after: str) -> bool:
    """Whether a name stands in a quotation that ends behind it: it is the speaker who follows."""
    closing = after.find("”")
    return (closing >= 0 and "“" not in after[:closing]) or after.count('"') % 2 == 1


def _spoken_of(text: str, names: Sequence[Mention]) -> Iterator[tuple[int, set[str]]]:
    """ "The surgeon said": of whoever was named last."""
    starts = [m.span.start for m in names]
    for match in _THE_ONE.finditer(text):
        roles = occupations(match.group(1))
        place = bisect_right(starts, match.start()) - 1
        if not roles or place < 0:
            continue
        if NAMESAKE.search(text, max(0, match.start() - _FRONT), match.start()):
            continue
        end = names[place].span.end
        if _is_within_quote(text[end : min(match.start(), end + LONGEST_QUOTATION)]):
            continue
        index = names[place].entity
        # A name that follows at once has the title before it.
        is_title = place + 1 < len(starts) and not text[match.end() : starts[place + 1]].strip()
        if index is not None and not is_title:
            yield index, roles
