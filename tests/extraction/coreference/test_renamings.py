from __future__ import annotations

import pytest

from tests.extraction.coreference.test_named import entities


@pytest.mark.parametrize(
    "said",
    [
        ", née {P|Mira Brandt},",
        " (née {P|Brandt})",
        ", nee {P|Brandt},",
        ", born {P|Mira Brandt} in 1980,",
        " – formerly known as {P|Mira Brandt} –",
        ", better known as “{P|Minnie Vale}”,",
        ", a.k.a. {P|Minnie Vale},",
        ", whose maiden name was {P|Brandt},",
        " (real name: {P|Wilhelmina Stark})",
        ", formerly {P|Mira Brandt},",
        ", now {P|Mira Brandt},",
        ", who had raced for Lindholm as {P|Mira Brandt},",
        " who first ran as {P|Mira Brandt}",
        ", the rower from Oldmoor who now coaches in Lindholm as {P|Mira Brandt},",
        ". From January she’ll race as {P|Mira Brandt}, and",
        ", formerly {P|Brandt},",
        ", known to everyone on the quay as {P|Minnie},",
        ", the operations director, known to everyone on the quay as {P|Minnie},",
        ", who is also known as {P|Minnie Vale},",
        " (now {P|Mira Brandt})",
    ],
)
def test_what_the_text_calls_the_same_person_is_one(said: str) -> None:
    assert len(entities("{P|Mira Kovalenko}" + said + " spoke.")) == 1


@pytest.mark.parametrize(
    "said",
    [
        ", {P|Mira Brandt}",
        " and {P|Mira Brandt}",
        ", then {P|Jan Brandt}",
        ", now {P|Brandt}",
        ", who worked as {P|Mira Brandt}'s driver,",
        ", who starred as {P|Mira Brandt}",
        ", formerly of the club of {P|Mira Brandt},",
        ", born to {P|Mira Brandt} and {P|Jan Brandt}",
        ", who was born in Lindholm as was {P|Jan Brandt},",
        ". Now {P|Mira Brandt}",
        ", formerly {P|Brandt} & Co.,",
        ", who is known to admire {P|Mira Brandt},",
        ", known as {P|Jan Brandt}’s rival,",
        ". He called {P|Mira Brandt}",
        " called for calm as {P|Jan Brandt} resigned, and",
        " called the police as {P|Jan Brandt} fled, and",
        " is not as well known in Lindholm as {P|Jan Brandt}, who",
        ", who is known as a critic of the club as {P|Jan Brandt} is,",
        " and her husband, a singer known as {P|Jan Brandt},",
        "’s brother, known as {P|Jan Brandt},",
        " met a man known as {P|Jan Brandt} and",
        ", who left just as {P|Mira Brandt} arrived,",
        ", who has won as many races as {P|Mira Brandt},",
        " and her team as well as {P|Mira Brandt}",
        ". She ran in the same time as {P|Mira Brandt} and",
        ", who returns to the cast as {P|Mira Brandt},",
        ", then {P|Mira Brandt}, took the lead and",
        ", later {P|Mira Brandt},",
        ", now {P|Mira Brandt}: two mayors",
    ],
)
def test_the_next_name_is_somebody_else(said: str) -> None:
    assert len(entities("{P|Mira Kovalenko}" + said + " spoke.")) > 1


def test_the_other_name_is_known_in_the_whole_article() -> None:
    text = (
        "{P|Mira Brandt} won. {P|Jan Brandt} lost. {P|Mira Kovalenko}, née {P|Brandt}, left. "
        "{P|Kovalenko} had won as {P|Mira Brandt}."
    )
    assert [name for name, _, _ in entities(text)] == ["Mira Kovalenko", "Jan Brandt"]


def test_a_surname_alone_is_not_renamed() -> None:
    assert len(entities("{P|Kovalenko}, née {P|Brandt}, spoke.")) == 2


def test_a_part_of_a_double_surname_is_a_surname_where_nobody_else_has_it() -> None:
    alone = "{P|Mira Brandt-Holloway} spoke. Ms {P|Holloway} left."
    assert len(entities(alone)) == 1
    other = "{P|Jan Brandt} met {P|Mira Brandt-Holloway}. {P|Brandt} spoke."
    assert entities(other)[0] == ("Jan Brandt", "person", ("Brandt",))


def test_the_name_by_birth_is_hers_whoever_else_has_it() -> None:
    for text in (
        "{P|Mira Kovalenko}, née {P|Brandt}, spoke beside {P|Jan Brandt}.",
        "{P|Jan Brandt} spoke. {P|Mira Kovalenko} (née {P|Brandt}) left.",
    ):
        assert ("Mira Kovalenko", "person", ("Brandt",)) in entities(text)
    two = "{P|Mira Kovalenko}, née {P|Mira Vale}, left. {P|Lea Holt}, née {P|Mira Vale}, left."
    assert [(name, aliases) for name, _, aliases in entities(two)] == [
        ("Mira Kovalenko", ("Mira Vale",)),
        ("Lea Holt", ("Mira Vale",)),
    ]
    assert len(entities("{P|Jan Kovalenko}, born {P|Jan Brandt Jr.}, left.")) == 1


def test_the_first_name_of_the_two_is_the_name() -> None:
    [(name, _, aliases)] = entities("{P|Mo Vale}, born {P|Wilhelmina Clementine Stark}, won.")
    assert (name, aliases) == ("Mo Vale", ("Wilhelmina Clementine Stark",))


def test_marks_are_no_names() -> None:
    assert len(entities("{P|Mira Kovalenko}, née {P|.} left. {P|,} fell.")) > 1
