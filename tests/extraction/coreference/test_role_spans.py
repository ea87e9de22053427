from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain import EntityKind
from app.extraction.coreference.occupations import ADDRESSES, KIN, is_role_noun
from app.extraction.coreference.role_spans import MOST
from tests.extraction.coreference.test_component import extract


def roles(nlp: Language, text: str, name: str) -> list[str]:
    """The roles of the entity of that name."""
    found = extract(nlp, text)
    [entity] = [e for e in found.entities if e.name == name]
    return [span.of(text) for span in entity.roles]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("US Secretary of State Peter Brandt arrived.", "US Secretary of State"),
        ("The German foreign minister Peter Brandt arrived.", "German foreign minister"),
        ("On Monday, Finance Minister Peter Brandt resigned.", "Finance Minister"),
        ("Germany's foreign minister Peter Brandt arrived.", "Germany's foreign minister"),
        ("His German counterpart Peter Brandt disagreed.", "German counterpart"),
        ("Former Lisbon mayor Peter Brandt spoke.", "Former Lisbon mayor"),
        ("The Bank of England governor Peter Brandt spoke.", "Bank of England governor"),
        ("Attorney General Peter Brandt spoke.", "Attorney General"),
        ("The 43-year-old nurse Peter Brandt spoke.", "43-year-old nurse"),
        ("Sen. Peter Brandt voted against it.", "Sen."),
        ("Last week President Peter Brandt resigned.", "President"),
        ("It ended with Labour blocking president Peter Brandt again.", "president"),
    ],
)
def test_a_title_before_a_name(nlp: Language, text: str, wanted: str) -> None:
    assert roles(nlp, text, "Peter Brandt") == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Peter Brandt, a longtime harbour pilot, told the court to wait.",
            ["longtime harbour pilot"],
        ),
        ("Peter Brandt, the head of German diplomacy, left.", ["head of German diplomacy"]),
        ("“We wait,” said Peter Brandt, 43, a nurse from Porto.", ["nurse from Porto"]),
        (
            "“No,” said Peter Brandt, spokesman for the ministry, on Friday.",
            ["spokesman for the ministry"],
        ),
        (
            "Peter Brandt, director of the port and chairman of its board, left.",
            ["director of the port", "chairman of its board"],
        ),
        ("Peter Brandt (the mayor of Lisbon) left.", ["mayor of Lisbon"]),
        (
            "Peter Brandt, now a lecturer at Leiden University, left.",
            ["lecturer at Leiden University"],
        ),
        ("Peter Brandt, who was mayor of Lisbon until May, left.", ["mayor of Lisbon"]),
        ("Peter Brandt, who is the first mayor of Lisbon, left.", ["first mayor of Lisbon"]),
        ("The head of the port authority, Peter Brandt, left.", ["head of the port authority"]),
        ("As mayor of Lisbon, Peter Brandt built bridges.", ["mayor of Lisbon"]),
        (
            "Peter Brandt is a professor of law at Leiden University.",
            ["professor of law at Leiden University"],
        ),
        ("Peter Brandt was elected as mayor in May.", ["mayor"]),
        ("A fisherman named Peter Brandt found it.", ["fisherman"]),
        (
            "Peter Brandt, assistant to Susan Falk and special adviser to the port, left.",
            ["assistant to Susan Falk", "special adviser to the port"],
        ),
    ],
)
def test_what_explains_a_name(nlp: Language, text: str, wanted: list[str]) -> None:
    assert roles(nlp, text, "Peter Brandt") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Peter Brandt arrived.",
        "Peter Brandt, Susan Falk and Mira Kovalenko arrived.",
        "Peter Brandt is a threat to the port.",
        "The minister of finance met Peter Brandt.",
        "Peter Brandt, the result of the vote in hand, left.",
        "Susan Falk spoke to reporters. Peter Brandt left.",
        "The architect of Peter Brandt's campaign left.",
        "Doctors and nurses told Peter Brandt to wait.",
        "His wife, Susan Falk, said Peter Brandt was ill.",
    ],
)
def test_what_is_no_role(nlp: Language, text: str) -> None:
    assert roles(nlp, text, "Peter Brandt") == []


def test_a_relative_is_one_of_somebody(nlp: Language) -> None:
    text = (
        "Susan Falk, his second wife, came with Peter Brandt, Mira Kovalenko's brother, on Monday."
    )
    assert roles(nlp, text, "Susan Falk") == []
    assert roles(nlp, text, "Peter Brandt") == ["Mira Kovalenko's brother"]


def test_the_next_name_of_a_list_has_its_own_role(nlp: Language) -> None:
    text = "President Peter Brandt and Chancellor Susan Falk met Polish prime minister Jan Nowak."
    assert roles(nlp, text, "Peter Brandt") == ["President"]
    assert roles(nlp, text, "Susan Falk") == ["Chancellor"]
    assert roles(nlp, text, "Jan Nowak") == ["Polish prime minister"]


def test_a_description_that_means_somebody_is_a_role(nlp: Language) -> None:
    text = (
        "German Foreign Minister Peter Brandt arrived on Monday.\n\n"
        "Talks were short. The head of German diplomacy said nothing."
    )
    assert roles(nlp, text, "Peter Brandt") == [
        "German Foreign Minister",
        "head of German diplomacy",
    ]


def test_a_role_is_given_once_in_its_fullest_form(nlp: Language) -> None:
    text = (
        "President Peter Brandt arrived. US President Peter Brandt spoke. The president left, and "
        "President Brandt slept."
    )
    assert roles(nlp, text, "Peter Brandt") == ["US President"]


def test_only_people_have_roles(nlp: Language) -> None:
    found = extract(nlp, "Airbus, the owner of the port, and president Peter Brandt met in Lisbon.")
    assert {e.kind for e in found.entities if e.roles} <= {EntityKind.PERSON}


def test_a_text_of_titles_keeps_some_of_them(nlp: Language) -> None:
    offices = [f"{n}th district judge" for n in range(3 * MOST)]
    text = " ".join(f"{office} Peter Brandt spoke." for office in offices)
    assert 0 < len(roles(nlp, text, "Peter Brandt")) <= MOST + 2


# fmt: off
PARTS = (
    "Peter Brandt", "Susan Falk", ",", ".", "the", "a", "mayor", "of", "Lisbon", "as", "and", "who",
    "was", "is", "(", ")", "’s", "\n\n", "43", "former", "named", "head", "president", "US", "–",
    "said", "his", "for",
)
# fmt: on


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_roles_lie_inside_the_text_beside_nothing_odd(nlp: Language, parts: list[str]) -> None:
    text = " ".join(parts)
    for entity in extract(nlp, text).entities:
        assert list(entity.roles) == sorted(entity.roles)
        texts = [span.of(text) for span in entity.roles]
        assert len(texts) == len({t.lower() for t in texts})
        for role in texts:
            assert role == role.strip()
            assert role.lower().split()[0] not in ("the", "a", "his", "of", "and", "’s")


def test_words_for_people_are_told_from_things() -> None:
    for word in ("nurse", "volcanologist", "co-founder", "vice-president", "sen.", "goalkeeper"):
        assert is_role_noun(word)
    for word in ("career", "playlist", "man", "mr.", "table", "matter", "member-state"):
        assert not is_role_noun(word)
    assert not KIN & ADDRESSES - {"father", "brother", "sister"}
