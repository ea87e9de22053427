from __future__ import annotations

import pytest

from app.domain import EntityKind, Mention, MentionType, Span
from app.extraction.quotes.owners import Owners
from app.extraction.quotes.references import head_of

NAME, PRONOUN = MentionType.NAME, MentionType.PRONOUN
PERSON, ORGANISATION = EntityKind.PERSON, EntityKind.ORGANISATION


def owner(owners: Owners, text: str, source: str, *mentions: tuple[str, MentionType]) -> str | None:
    """The words of the owner's mention; names that start with "Lena" are a person's."""
    start = text.index(source)
    span = Span(start, start + len(source))
    within = []
    for i, (words, kind) in enumerate(mentions):
        at = text.index(words, start)
        what = PERSON if kind is PRONOUN or words.startswith("Lena") else ORGANISATION
        within.append(Mention(Span(at, at + len(words)), kind, what, i))
    head = head_of(text, span)
    assert head is not None
    found = owners.of(text, span, head, within)
    return None if found is None else found.span.of(text)


@pytest.mark.parametrize(
    ("source", "mention"),
    [
        ("Lena Vogt's letter", ("Lena Vogt", NAME)),
        ("Lena Vogt’s long letter", ("Lena Vogt", NAME)),
        ("her letter to the court", ("her", PRONOUN)),
        ("a recent Nordbahn survey", ("Nordbahn", NAME)),
        ("a survey by the Nordbahn", ("Nordbahn", NAME)),
        ("a panel of the Harbour Court", ("Harbour Court", NAME)),
    ],
)
def test_a_work_is_its_owners(source: str, mention: tuple[str, MentionType]) -> None:
    assert owner(Owners(), source + " said so.", source, mention) == mention[0]


@pytest.mark.parametrize(
    ("source", "mention"),
    [
        ("Lena Vogt's aides", ("Lena Vogt", NAME)),
        ("a letter to Lena Vogt", ("Lena Vogt", NAME)),
        ("a Nordbahn post", ("Nordbahn", NAME)),
        ("a panel of Lena Vogt", ("Lena Vogt", NAME)),
    ],
)
def test_what_is_no_owners_work(source: str, mention: tuple[str, MentionType]) -> None:
    assert owner(Owners(), source + " said so.", source, mention) is None


def test_a_work_spoken_of_again() -> None:
    owners = Owners()
    text = "A Nordbahn survey said so. The study found more. The letter said less."
    assert owner(owners, text, "A Nordbahn survey", ("Nordbahn", NAME)) == "Nordbahn"
    assert owner(owners, text, "The study") == "Nordbahn"
    assert owner(owners, text, "The letter") is None


def test_a_work_is_forgotten() -> None:
    owners = Owners()
    text = "A Nordbahn survey said so. " + "It rained. " * 300 + "The survey found more."
    assert owner(owners, text, "A Nordbahn survey", ("Nordbahn", NAME)) == "Nordbahn"
    assert owner(owners, text, "The survey") is None
