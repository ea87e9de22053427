"""Common nouns for organisations, and the words of names that they fit.

General knowledge, written from memory.
"""

from __future__ import annotations

from app.words import words

# What people run, and what states do.
STAFFS = words("campaign administration camp team")
ORGANS = words("government military police army")
# Words for one and the same staff.
SAME_STAFF = {"camp": "campaign"}
BETWEEN = words("presidential own re-election reelection current new former")
# Descriptions that fit many organisations, with the words of names that they fit best.
KINDS = (
    (
        words("company firm corporation business"),
        words("inc corp co company ltd llc plc holdings motors industries technologies airlines"),
    ),
    (
        words("group organization organisation nonprofit charity association coalition"),
        words("group association coalition alliance foundation network society fund watch"),
    ),
    (
        words("newspaper paper magazine publication outlet site website"),
        words("times post journal news herald tribune guardian telegraph gazette magazine press"),
    ),
    (
        words("network broadcaster channel station"),
        words("news radio tv television broadcasting channel network cnn bbc nbc abc cbs fox pbs"),
    ),
    (
        words("agency department"),
        words("agency administration department bureau service office ministry fbi cia"),
    ),
    (words("union"), words("union federation association brotherhood")),
)
GENERIC = {noun: fitting for nouns, fitting in KINDS for noun in nouns}
# Said only of what bears such a word in its name: others are rarely named without it.
STRICT = words("union newspaper paper magazine network broadcaster channel station site website")
# Words that end a name and describe its bearer ("the committee", "the department").
HEADS = words("""
    court committee commission department ministry university college school bank board council
    institute foundation bureau office panel airline party league church union association fund
    administration authority legislature parliament senate house
    """)
TELLING = HEADS.union(*(fitting for _, fitting in KINDS))
# Says little of which body is meant.
FREE = words("federal national state local same nonprofit independent powerful influential")
