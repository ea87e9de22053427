"""What evidence decides: on a record that is built article by article."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain import (
    ArticleEntity,
    Candidate,
    Document,
    EntityKind,
    Extraction,
    Located,
    Mention,
    MentionType,
    Place,
    Precision,
    PrintedTime,
    ResolvedEntity,
    Traits,
)
from app.resolution.linking import TOO_MANY, resolve
from tests.builders import span
from tests.resolution.record import MemoryRecord
from tests.work import lines_run

PERSON, ORGANISATION, LOCATION = EntityKind


def article(text: str, *entities: ArticleEntity) -> tuple[Document, Extraction]:
    """An article that names each entity once, by its name."""
    mentions = tuple(
        Mention(span(text, entity.name), MentionType.NAME, entity.kind, index)
        for index, entity in enumerate(entities)
    )
    return Document(text, "test"), Extraction(mentions, entities)


def person(name: str, *aliases: str) -> ArticleEntity:
    return ArticleEntity(PERSON, name, aliases)


def place(name: str) -> ArticleEntity:
    return ArticleEntity(LOCATION, name)


def body(name: str, *aliases: str) -> ArticleEntity:
    return ArticleEntity(ORGANISATION, name, aliases)


class Newsroom:
    """Articles in the order of arrival."""

    def __init__(self) -> None:
        self.record = MemoryRecord()
        self.count = 0

    def read(
        self,
        text: str,
        *entities: ArticleEntity,
        outlet: str | None = None,
        day: str | None = None,
    ) -> list[ResolvedEntity]:
        self.count += 1
        document, extraction = article(text, *entities)
        time = day and PrintedTime(datetime.fromisoformat(day), Precision.DAY, day)
        document = replace(document, publisher=outlet, published=time or None)
        found = resolve(f"a_{self.count}", extraction, self.record, document)
        self.record.remember(found)
        return found

    def uid(
        self,
        text: str,
        *entities: ArticleEntity,
        outlet: str | None = None,
        day: str | None = None,
    ) -> str:
        return self.read(text, *entities, outlet=outlet, day=day)[0].uid


SURGEON = "The surgeon Ana Berg of Lindholm opened a ward for transplant patients."
TRAINER = "The boxing trainer Ana Berg of Lindholm lost a fight on points."


def test_a_text_that_speaks_of_the_namesake_is_not_about_her() -> None:
    """Both are in Lindholm and the word surgeon stands beside both."""
    news = Newsroom()
    surgeon = news.uid(SURGEON, person("Ana Berg"), place("Lindholm"))
    text = "Ana Berg sells buns in Lindholm. “I have the same name as the surgeon,” she says."
    assert news.uid(text, person("Ana Berg"), place("Lindholm")) != surgeon
    without = "Ana Berg asks for a second ward in Lindholm. “I am a surgeon,” she says."
    assert news.uid(without, person("Ana Berg"), place("Lindholm")) == surgeon


def test_a_paper_means_the_theatre_of_its_town() -> None:
    """No town is named: other papers have other theatres."""
    news = Newsroom()
    theatre = body("Lantern Theatre")
    opened = "The Lantern Theatre has a new roof, paid for by its friends."
    first = news.uid(opened, theatre, outlet="The Gull")
    text = "The Lantern Theatre plays a farce again this winter."
    assert news.uid(text, theatre, outlet="The Tern") != first
    assert news.uid(text, theatre) != first
    later = "The Lantern Theatre has sold its chairs."
    assert news.uid(later, theatre, outlet="The Gull") == first


def test_ages_tell_namesakes_apart() -> None:
    """In one town and one trade; a birthday may lie between two articles."""
    news = Newsroom()
    text = "The surgeon Ana Berg, {}, spoke in Lindholm about the new ward."
    people = (person("Ana Berg"), place("Lindholm"))
    first = news.uid(text.format(46), *people, day="2020-05-01")
    assert news.uid(text.format(47), *people, day="2020-12-01") == first
    text = "The surgeon Ana Berg, 71, left Lindholm."
    assert news.uid(text, *people, day="2020-12-02") != first


def test_who_has_died_does_not_speak() -> None:
    """A son takes over name and office."""
    news = Newsroom()
    people = (person("Jon Berg"), body("Berg & Holm"), place("Lindholm"))
    first = news.uid(
        "Jon Berg of Berg & Holm bought a quay in Lindholm.", *people, day="2015-01-01"
    )
    text = "Jon Berg, who bought the quay in Lindholm for Berg & Holm, has died."
    assert news.uid(text, *people, day="2016-01-01") == first
    text = "Jon Berg of Berg & Holm said the crane in Lindholm was paid for."
    assert news.uid(text, *people, day="2017-01-01") != first


def test_a_first_name_beside_the_family_is_one_of_them() -> None:
    news = Newsroom()
    (jon, _, watch, _) = news.read(
        "Jon Berg and Ana Berg of Harbour Watch want a quay in Lindholm.",
        *(person("Jon Berg"), person("Ana Berg"), body("Harbour Watch"), place("Lindholm")),
    )
    found = news.read(
        "Ana Berg spoke for Harbour Watch in Lindholm. Her husband, Jon, took the pictures.",
        *(person("Ana Berg"), person("Jon"), body("Harbour Watch"), place("Lindholm")),
    )
    assert found[1].uid == jon.uid
    assert found[2].uid == watch.uid


def test_city_councils_of_two_towns_are_two() -> None:
    news = Newsroom()
    first = news.uid(
        "The City Council of Aster votes on a quay.", body("City Council"), place("Aster"),
        outlet="The Gull",
    )  # fmt: skip
    full = news.uid(
        "Aster City Council votes on a quay in Aster.", body("Aster City Council"), place("Aster"),
        outlet="The Gull",
    )  # fmt: skip
    other = news.uid(
        "Lindholm City Council votes on a quay in Lindholm.", body("Lindholm City Council"),
        place("Lindholm"), outlet="The Gull",
    )  # fmt: skip
    assert first == full != other


def test_namesakes_of_other_trades_are_two_in_one_town() -> None:
    news = Newsroom()
    surgeon = news.uid(SURGEON, person("Ana Berg"), place("Lindholm"))
    trainer = news.uid(TRAINER, person("Ana Berg"), place("Lindholm"))
    assert surgeon != trainer
    again = news.uid(
        "Ana Berg, the surgeon, hopes for a second ward in Lindholm.",
        person("Ana Berg"),
        place("Lindholm"),
    )
    assert again == surgeon


def test_a_nickname_links_where_the_evidence_agrees_and_not_where_it_is_silent() -> None:
    news = Newsroom()
    mayor = news.uid(
        "William Tarrant, the mayor of Lindholm, wants a ferry.",
        person("William Tarrant"),
        place("Lindholm"),
    )
    assert mayor == news.uid(
        "Mayor Bill Tarrant was at the quay in Lindholm.",
        person("Bill Tarrant"),
        place("Lindholm"),
    )
    assert mayor != news.uid(
        "Bill Tarrant sang in Aster, where nobody listened to the songs of his youth.",
        person("Bill Tarrant"),
        place("Aster"),
    )


def test_a_new_office_in_old_company_is_the_same_person() -> None:
    news = Newsroom()
    first = news.uid(
        "Ana Berg, a councillor, and Harbour Watch want a new quay in Lindholm.",
        person("Ana Berg"),
        body("Harbour Watch"),
        place("Lindholm"),
    )
    later = news.uid(
        "The minister Ana Berg and Harbour Watch opened the quay in Lindholm.",
        person("Ana Berg"),
        body("Harbour Watch"),
        place("Lindholm"),
    )
    assert first == later


def test_a_surname_needs_strong_evidence() -> None:
    news = Newsroom()
    full = news.uid(
        "Mayor Ana Berg of Lindholm and Harbour Watch agreed with Jon Holm on a ferry.",
        person("Ana Berg"),
        body("Harbour Watch"),
        person("Jon Holm"),
        place("Lindholm"),
    )
    assert full != news.uid("Berg was seen in Lindholm.", person("Berg"), place("Lindholm"))
    assert full == news.uid(
        "Mayor Berg, Harbour Watch and Jon Holm met on the new ferry in Lindholm; all agreed.",
        person("Berg"),
        body("Harbour Watch"),
        person("Jon Holm"),
        place("Lindholm"),
    )


def test_a_surname_of_very_many_is_nobody_s() -> None:
    news = Newsroom()
    for n in range(TOO_MANY):
        news.read(f"Given{n} Berg came.", person(f"Given{n} Berg"))
    known = set(news.record.entities)
    assert news.uid("Given0 met Berg again.", person("Berg")) not in known


def test_a_parent_and_its_subsidiary_are_two_and_a_legal_form_is_none() -> None:
    news = Newsroom()
    parent, child = news.read(
        "Veldora AG owns Veldora Nordic AB.", body("Veldora AG"), body("Veldora Nordic AB")
    )
    assert parent.uid != child.uid
    again = news.read("Veldora pays for Veldora Nordic.", body("Veldora"), body("Veldora Nordic"))
    assert [one.uid for one in again] == [parent.uid, child.uid]


def test_an_acronym_of_two_bodies_goes_by_its_company() -> None:
    news = Newsroom()
    birds = news.uid(
        "The Wetlands Research Alliance (WRA) counts herons in Ghent, says Joris Claes.",
        body("Wetlands Research Alliance", "WRA"),
        person("Joris Claes"),
        place("Ghent"),
    )
    piers = news.uid(
        "The Waterfront Residents' Association (WRA) fights piers in Baltimore, says Delia Pruitt.",
        body("Waterfront Residents' Association", "WRA"),
        person("Delia Pruitt"),
        place("Baltimore"),
    )
    assert birds != piers
    assert piers == news.uid(
        "The WRA gave way on the piers, said Delia Pruitt.", body("WRA"), person("Delia Pruitt")
    )
    assert birds == news.uid(
        "More herons than ever, the WRA said in Ghent.", body("WRA"), place("Ghent")
    )


@pytest.mark.parametrize(("key", "is_same"), [("geonames:1", True), ("geonames:2", False)])
def test_the_map_tells_places_of_one_name_apart(key: str, is_same: bool) -> None:
    news = Newsroom()

    def located(key: str) -> ArticleEntity:
        on_map = Place(key, "Lindholm", "town", 1.0, 2.0)
        return replace(place("Lindholm"), located=Located(on_map, 0.9))

    first = news.uid("It rained in Lindholm.", located("geonames:1"))
    assert (news.uid("It snowed in Lindholm.", located(key)) == first) is is_same


def test_two_standing_entities_are_proposed_and_never_merged() -> None:
    record = MemoryRecord()
    told = Traits(
        roles={"mayor": 3},
        names={"harbour watch": 3},
        places={"lindholm": 3},
        called={"Ana Berg": 3},
        articles=3,
    )
    for uid in ("e_one", "e_two"):
        record.entities[uid] = Candidate(uid, PERSON, "Ana Berg", frozenset(), told, 3)
        record.under["ana berg"][uid] = None
    document, extraction = article(
        "Mayor Ana Berg met Harbour Watch in Lindholm.",
        person("Ana Berg"),
        body("Harbour Watch"),
        place("Lindholm"),
    )
    ana = resolve("a_1", extraction, record, document)[0]
    assert ana.uid == "e_one"
    (proposal,) = ana.proposals
    assert proposal.other == "e_two"
    assert 0.5 < proposal.score <= 1
    assert "called mayor in both" in proposal.reasons


def test_the_name_on_record_becomes_the_fullest_well_attested() -> None:
    news = Newsroom()
    text = "{}, the mayor, spoke in Lindholm about the ferry."
    for name in ("Ana Berg", "Ana R. Berg", "Ana R. Berg", "A. Berg"):
        (found, _) = news.read(text.format(name), person(name), place("Lindholm"))
    assert len({e for e in news.record.entities if e != "x"}) == 2
    assert news.record.entities[found.uid].name == "Ana R. Berg"


def test_the_same_articles_give_the_same_ids() -> None:
    runs = []
    for _ in range(2):
        news = Newsroom()
        runs.append(
            [
                one.uid
                for text in (SURGEON, TRAINER, SURGEON)
                for one in news.read(text, person("Ana Berg"), place("Lindholm"))
            ]
        )
    assert runs[0] == runs[1]


def test_many_first_names_beside_many_surnames_cost_a_line_each() -> None:
    def read(n: int) -> None:
        full = [f"Given{i} Berg{i}" for i in range(n)]
        short = [f"Word{i}" for i in range(n)]
        text = ". ".join([*full, *short])
        Newsroom().read(text, *(person(name) for name in (*full, *short)))

    assert lines_run(lambda: read(200)) < 14 * lines_run(lambda: read(20))
