"""Common nouns for one person, with the gender they state (None where they state none).

General knowledge, written from memory.
"""

from __future__ import annotations

from app.words import words

PERSON_NOUNS: dict[str, str | None] = {
    **dict.fromkeys(
        words("""
        man boy father son husband brother uncle nephew grandfather grandson boyfriend gentleman
        spokesman businessman policeman fireman chairman congressman salesman cameraman fisherman
        king prince waiter actor widower stepfather dad guy
        """),
        "m",
    ),
    **dict.fromkeys(
        words("""
        woman girl mother daughter wife sister aunt niece grandmother granddaughter girlfriend lady
        spokeswoman businesswoman policewoman chairwoman congresswoman queen princess waitress
        actress widow stepmother mum mom housewife
        """),
        "f",
    ),
}  # fmt: skip
