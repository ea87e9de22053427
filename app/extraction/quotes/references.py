"""The words of a source: its head, whether it describes or names; pure.

The head of a source is found as heads of noun phrases are (the last word before a comma,
preposition or relative word).
"""

from __future__ import annotations

import re

from app.domain import Span
from app.extraction.names.gazette import is_people
from app.words import listed, words

TOKEN = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")
CUT = frozenset(
    listed("who whom whose which that of for from in at with to on by where when , ( [ — – -- ; :")
)
PRONOUNS = words(
    """
    i you he she it we they me him her us them his its their my our your himself herself
    themselves myself ourselves itself this that these those one who which whom
    """
)
FIRST_PERSON = frozenset(("i", "me", "my", "we", "us", "our"))
# Before a name, these do not belong to a title of its bearer.
NOT_TITLES = CUT | {"and", "or", "&", "near", "under", "about", "against", "'s", "’s"}
RELATIVES = frozenset(("who", "which", "that", "whom"))
DETERMINERS = words("a an the this that these those some any another his her its their our")
GENERIC = frozenset(("some", "many", "others", "another", "most", "few", "several", "both", "all"))
# What counts or measures people leaves them without a name, capitals or not.
COUNTS = words(
    """
    one two three four five six seven eight nine ten dozens hundreds thousands no every each at
    more less fewer nearly almost about all both half other others another such some many most few
    several only even not various numerous
    """
)
# Followers are called by the thing they follow; alone they name nobody.
FOLLOWERS = words("republicans democrats conservatives liberals libertarians progressives")
# What is written or filmed speaks for whoever made it.
WORKS = words(
    """
    account ad advertisement analysis announcement article biography blog book brief column comment
    commentary comments data editorial email essay filing findings lawsuit letter memo memoir
    message motion op-ed page plan platform poll post proposal release remarks report research
    response review speech statement study submission survey testimony tweet tweets video website
    """
)
# What bodies make under their own names ("a Nordbahn memo"); a "Facebook post" is not Facebook's.
ISSUED = words("ad article brief editorial filing lawsuit memo release statement")
# Works that go by any of these once they were spoken of.
STUDIES = words("analysis data findings poll report research results review study survey")
# Parts of a body speak for the whole.
PARTS = words("panel division branch arm majority office")


def head_of(text: str, source: Span) -> Span | None:
    """The head word of a source phrase, possessive ending excluded; None if it has no word."""
    head: Span | None = None
    for match in TOKEN.finditer(text, source.start, source.end):
        word = match.group()
        if word.lower() in CUT and head is not None:
            break
        if word[0].isalnum():
            stop = match.end() - (2 if word.endswith(("'s", "’s")) and len(word) > 2 else 0)
            head = Span(match.start(), stop)
    return head


def is_described(text: str, source: Span, head: Span) -> bool:
    """Whether a source describes somebody rather than giving a name ("one Democrat", "Scots")."""
    first = source.of(text).split()[0].lower().strip(",")
    word = head.of(text)
    if first in DETERMINERS or first in COUNTS or first[:1].isdigit():
        return True
    return word.lower() in FOLLOWERS or (word.endswith("s") and is_people(word))
