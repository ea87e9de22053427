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
        ", who runs a mill and is known to all but his mother as {P|Chip},",
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


def test_a_part_of_a_double_surname_is_the_same_person() -> None:
    text = "{P|Mira Brandt-Holloway} spoke. Ms {P|Holloway} left. {P|Mira Brandt} won."
    assert len(entities(text)) == 1
    assert len(entities("{P|Mira Brandt-Holloway} met {P|Jan Brandt}.")) == 2
