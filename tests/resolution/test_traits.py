from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import (
    ArticleEntity,
    Document,
    EntityKind,
    Extraction,
    Mention,
    MentionType,
    Precision,
    PrintedTime,
    Span,
    Traits,
)
from app.resolution.traits import traits_of
from tests.builders import document, extraction, span
from tests.work import lines_run

PERSON, ORGANISATION, LOCATION = EntityKind


def people_in(text: str, *names: str) -> Extraction:
    """People who are named once each."""
    mentions = tuple(
        Mention(span(text, name), MentionType.NAME, PERSON, i) for i, name in enumerate(names)
    )
    return Extraction(mentions, tuple(ArticleEntity(PERSON, name) for name in names))


def told(text: str, *names: str) -> list[Traits]:
    """The traits of people who are named once each."""
    return traits_of(document(text), people_in(text, *names))


def told_on(day: str, text: str, *names: str) -> list[Traits]:
    """The same in an article of some day."""
    time = PrintedTime(datetime.fromisoformat(day), Precision.DAY, day)
    dated = replace(document(text), published=time)
    return traits_of(dated, people_in(text, *names))


def test_a_title_an_apposition_and_a_statement_are_roles() -> None:
    text = "Mayor Ana Berg met Jon Holm, a transplant surgeon. Pia Lund is the new director."
    ana, jon, pia = told(text, "Ana Berg", "Jon Holm", "Pia Lund")
    assert set(ana.roles) == {"mayor"}
    assert set(jon.roles) == {"surgeon"}
    assert set(pia.roles) == {"director"}


def test_a_description_is_of_whom_was_named_last() -> None:
    ana, jon = told(
        "Ana Berg came. Jon Holm spoke. The surgeon left early.", "Ana Berg", "Jon Holm"
    )
    assert set(jon.roles) == {"surgeon"}
    assert not ana.roles


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_who_speaks_is_not_whom_the_quotation_names(opening: str, closing: str) -> None:
    text = f"Ana Berg came. {opening}Jon Holm asks good questions,{closing} the mayor said."
    _, jon = told(text, "Ana Berg", "Jon Holm")
    assert not jon.roles
    text = f"Jon Holm came. {opening}Nobody asks,{closing} the mayor said."
    (jon,) = told(text, "Jon Holm")
    assert set(jon.roles) == {"mayor"}


def test_roles_of_the_extraction_come_first() -> None:
    text = "Ana Berg, the harbour minister, spoke. The judge laughed."
    entity = ArticleEntity(PERSON, "Ana Berg", roles=(span(text, "harbour minister"),))
    mention = Mention(span(text, "Ana Berg"), MentionType.NAME, PERSON, 0)
    (ana,) = traits_of(document(text), Extraction((mention,), (entity,)))
    assert set(ana.roles) == {"minister"}


def test_a_sentence_about_a_namesake_says_nothing() -> None:
    text = "Ana Berg bakes buns. Her namesake repairs cranes."
    (ana,) = told(text, "Ana Berg")
    assert ana.is_namesake
    assert "bun" in ana.topics
    assert "crane" not in ana.topics
    (ana,) = told(text.replace("namesake", "neighbour"), "Ana Berg")
    assert not ana.is_namesake
    assert "crane" in ana.topics


@pytest.mark.parametrize(
    "text",
    ["Ana Berg played in the film of the same name.", "Ana Berg saw no relation to the fire."],
)
def test_who_is_no_namesake(text: str) -> None:
    (ana,) = told(text, "Ana Berg")
    assert not ana.is_namesake


def test_work_on_very_many_people_is_linear() -> None:
    def cost(people: int) -> int:
        text = " ".join(f"Mayor Ana Berg{n} spoke." for n in range(people))
        names = [f"Ana Berg{n}" for n in range(people)]
        starts = [text.index(f"{name} ") for name in names]
        mentions = tuple(
            Mention(Span(start, start + len(name)), MentionType.NAME, PERSON, n)
            for n, (start, name) in enumerate(zip(starts, names, strict=True))
        )
        entities = tuple(ArticleEntity(PERSON, name) for name in names)
        found = Extraction(mentions, entities)
        return lines_run(lambda: traits_of(document(text), found))

    assert cost(400) < 15 * cost(40)


def test_company_and_places_are_those_beside_it() -> None:
    found = extraction()
    mira, watch, lindholm = traits_of(document(), found)
    assert set(mira.names) == {"harbour watch"}
    assert set(mira.places) == {"lindholm"}
    assert set(watch.names) == {"mira kovalenko"}
    assert not lindholm.places
    assert mira.called == {"Mira Kovalenko": 1}


def test_a_place_in_a_body_s_own_name_is_no_evidence() -> None:
    entities = (
        ArticleEntity(ORGANISATION, "Lindholm City Council"),
        ArticleEntity(LOCATION, "Lindholm"),
    )
    council, _ = traits_of(None, Extraction(entities=entities))
    assert not council.places


def test_topics_are_common_words_near_the_name() -> None:
    (ana,) = told("Ana Berg counted eels in the river with St. Olaf's pupils.", "Ana Berg")
    assert {"counted", "eel", "river", "pupil"} <= set(ana.topics)


@given(st.text(max_size=200), st.lists(st.integers(0, 190), max_size=4))
def test_any_text_has_traits(text: str, starts: list[int]) -> None:
    spans = [Span(start, start + 5) for start in starts if start + 5 <= len(text)]
    entities = tuple(ArticleEntity(PERSON, s.of(text)) for s in spans)
    mentions = tuple(Mention(s, MentionType.NAME, PERSON, index) for index, s in enumerate(spans))
    found = traits_of(Document(text, "test"), Extraction(mentions, entities))
    assert len(found) == len(entities)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Ana Berg, 46, spoke.", "1978"),
        ("Ana Berg, aged 46, spoke.", "1978"),
        ("Ana Berg, who was 46, spoke.", "1978"),
        ("The 46-year-old Ana Berg spoke.", "1978"),
        ("The 46-year-old surgeon Ana Berg spoke.", "1978"),
        ("Ana Berg 46, Jon Holm 41.", None),
        ("Ana Berg, 460, spoke.", None),
        ("Ana Berg (46) scored.", None),
        ("Ana Berg, 10,000 people and a dog.", None),
        ("Ana Berg, 12.5 percent of it.", None),
        ("The 12-year-old son of Ana Berg spoke.", None),
    ],
)
def test_an_age_tells_the_year_of_birth(text: str, year: str | None) -> None:
    (ana,) = told_on("2024-05-01", text, "Ana Berg")
    assert ana.born == ({year: 1} if year else {})


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Ana Berg died on Monday.", True),
        ("Ana Berg, who founded the yard, has died.", True),
        ("Ana Berg, 81, died at home.", True),
        ("They met at the funeral of Ana Berg.", True),
        ("The late Ana Berg had a boat.", True),
        ("Ana Berg’s death was reported.", True),
        ("Ana Berg said the boat had died.", False),
        ("Ana Berg was late.", False),
        ("The late former mayor Ana Berg had a boat.", True),
        ("In the late 1990s Ana Berg sang.", False),
        ("In the late afternoon Ana Berg sang.", False),
        ("It was buried by pathologist Ana Berg.", False),
        ("Ana Berg’s death threats were read.", False),
    ],
)
def test_who_has_died_is_told(text: str, dead: bool) -> None:
    (ana,) = told_on("2024-05-01", text, "Ana Berg")
    assert ana.dead == ({"2024-05-01": 1} if dead else {})


def test_a_home_is_the_nearest_place_in_the_sentence() -> None:
    text = "In Aster it rained. Ana Berg of Lindholm flew to Bree. Jon Holm stayed."
    names = {"Aster": LOCATION, "Ana Berg": PERSON, "Lindholm": LOCATION, "Bree": LOCATION}
    names["Jon Holm"] = PERSON
    mentions = tuple(
        Mention(span(text, name), MentionType.NAME, kind, i)
        for i, (name, kind) in enumerate(names.items())
    )
    entities = tuple(ArticleEntity(kind, name) for name, kind in names.items())
    _, ana, lindholm, _, jon = traits_of(document(text), Extraction(mentions, entities))
    assert ana.homes == {"lindholm": 1}
    assert not lindholm.homes
    assert not jon.homes


def test_what_is_said_of_one_of_a_family_is_not_the_other_s() -> None:
    text = "Ana Berg sang. Ana Berg met Jon Berg, whose trawler sank. Jon Berg rowed ashore."
    entities = (ArticleEntity(PERSON, "Ana Berg"), ArticleEntity(PERSON, "Jon Berg"))
    mentions = tuple(
        Mention(Span(m.start(), m.end()), MentionType.NAME, PERSON, m.group() == "Jon Berg")
        for m in re.finditer("Ana Berg|Jon Berg", text)
    )
    ana, jon = traits_of(document(text), Extraction(mentions, entities))
    assert "trawler" not in ana.topics
    assert "ashore" in jon.topics
    assert "sang" not in jon.topics


@pytest.mark.parametrize("surname", ["Berg", "B"])
def test_a_crowd_of_one_surname_costs_a_line_each(surname: str) -> None:
    def read(n: int) -> None:
        text = " ".join(f"Given{i} {surname} of Aster, 46, who came, died." for i in range(n))
        people = [ArticleEntity(PERSON, f"Given{i} {surname}") for i in range(n)]
        mentions = [
            Mention(Span(m.start(), m.end()), MentionType.NAME, PERSON, i)
            for i, m in enumerate(re.finditer(rf"Given\d+ {surname}", text))
        ]
        traits_of(document(text), Extraction(tuple(mentions), tuple(people)))

    assert lines_run(lambda: read(400)) < 12 * lines_run(lambda: read(40))
