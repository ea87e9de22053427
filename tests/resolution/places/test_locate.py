from __future__ import annotations

from dataclasses import replace

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
    Span,
)
from app.resolution.places import locate
from app.resolution.places.spans import country_code, extraction_of, locate_spans
from tests.resolution.places.conftest import (
    GEORGIA,
    HENRY,
    PARIS,
    PARIS_TENNESSEE,
    PARIS_TEXAS,
    QATAR,
    RAMSTEIN,
    US_GEORGIA,
    Found,
    Locate,
    Shelf,
)
from tests.work import lines_run


def key(found: Found, surface: str) -> str:
    answer = found[surface]
    assert answer is not None
    return answer.place.key


def test_a_name_alone_means_the_best_known_place(place: Locate) -> None:
    assert key(place("A strike shut the airports of Paris.", "Paris"), "Paris") == PARIS.key


@pytest.mark.parametrize(
    "text", ["Paris, Texas, mourned.", "In Paris (Texas) the mayor spoke.", "Paris, in Texas, won."]
)
def test_what_is_printed_behind_a_name_holds_it(place: Locate, text: str) -> None:
    assert key(place(text, "Paris"), "Paris") == PARIS_TEXAS.key


def test_the_container_may_be_part_of_the_mention(place: Locate) -> None:
    text = "The mill in Paris, Tennessee closed."
    found = place(text, "Paris, Tennessee")
    assert key(found, "Paris, Tennessee") == PARIS_TENNESSEE.key


def test_other_places_of_the_article_decide(place: Locate) -> None:
    text = "From Dallas the sheriff drove to Paris, where the Texas rangers waited."
    assert key(place(text, "Dallas", "Paris", "Texas"), "Paris") == PARIS_TEXAS.key
    text = "From Lyon the minister drove to Paris, where the French cabinet waited."
    assert key(place(text, "Lyon", "Paris", "French"), "Paris") == PARIS.key


def test_two_faint_namesakes_in_one_place_help_each_other(place: Locate) -> None:
    text = "The Henry County fair opens in Paris today. Henry County sold 300 tickets in Tennessee."
    found = place(text, "Henry County", "Paris", "Tennessee")
    assert (key(found, "Henry County"), key(found, "Paris")) == (HENRY.key, PARIS_TENNESSEE.key)


def test_one_sense_an_article(place: Locate) -> None:
    text = "PARIS, Texas - It rained. Paris is wet. Later Paris dried."
    found = place(text, "Paris", "PARIS")
    assert key(found, "Paris") == key(found, "PARIS") == PARIS_TEXAS.key


def test_a_division_and_a_state_of_one_name(place: Locate) -> None:
    found = place("Atlanta, Georgia, is hot.", "Atlanta", "Georgia")
    assert key(found, "Georgia") == US_GEORGIA.key
    found = place("Tbilisi said Georgia would vote.", "Tbilisi", "Georgia")
    assert key(found, "Georgia") == GEORGIA.key


def test_qatar_is_a_country_and_ramstein_near_kaiserslautern(place: Locate) -> None:
    found = place("He flew from Qatar to Ramstein.", "Qatar", "Ramstein")
    assert (key(found, "Qatar"), key(found, "Ramstein")) == (QATAR.key, RAMSTEIN.key)


def test_parts_and_accents_and_possessives_find_the_place(place: Locate) -> None:
    text = "North Dallas’s streets, the Pàris metro, and Texas' roads."
    found = place(text, "North Dallas’s", "Pàris", "Texas'")
    assert all(found.values())


def test_confidence_is_a_share_and_alternatives_come_best_first(place: Locate) -> None:
    answer = place("Paris is wet.", "Paris")["Paris"]
    assert answer is not None
    scores = [answer.confidence, *(score for _, score in answer.alternatives)]
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) <= 1.001
    assert answer.place not in [other for other, _ in answer.alternatives]


def test_what_is_printed_behind_it_makes_sure(place: Locate) -> None:
    bare = place("Dallas and Paris.", "Dallas", "Paris")["Paris"]
    told = place("Dallas and Paris, Texas.", "Dallas", "Paris")["Paris"]
    assert bare is not None
    assert told is not None
    assert told.place == PARIS_TEXAS
    said = dict([(bare.place, bare.confidence), *bare.alternatives])
    assert told.confidence > said.get(PARIS_TEXAS, 0.0)


def test_an_unknown_place_is_put_beside_its_neighbours_and_says_so(place: Locate) -> None:
    text = "Dallas, Texas. The shots fell in Wexcombe Park, police in Dallas said."
    answer = place(text, "Dallas", "Wexcombe Park")["Wexcombe Park"]
    assert answer is not None
    assert answer.place.key.startswith("near:")
    assert (answer.place.region, answer.confidence < 0.7) == ("Texas", True)


def test_without_any_known_place_an_unknown_one_stays_unknown(place: Locate) -> None:
    assert place("It fell in Wexcombe Park.", "Wexcombe Park") == {"Wexcombe Park": None}


def test_other_words_of_the_article_hint(place: Locate) -> None:
    def share(text: str) -> float:
        answer = place(text, "Paris")["Paris"]
        assert answer is not None
        return dict([(answer.place, answer.confidence), *answer.alternatives]).get(PARIS_TEXAS, 0.0)

    assert share("The Texas State Guard left Paris.") > share("The Border Guard left Paris.")


@pytest.mark.parametrize("fields", [{"publisher": "Dallas Courier"}, {"dateline": "DALLAS"}])
def test_the_publishers_home_and_the_dateline_hint(shelf: Shelf, fields: dict[str, str]) -> None:
    text = "The mill in Paris closed."
    extraction = extraction_of(text, [Span(12, 17)])

    def share(document: Document) -> float:
        answer = locate(document, extraction, shelf).entities[0].located
        assert answer is not None
        return dict([(answer.place, answer.confidence), *answer.alternatives]).get(PARIS_TEXAS, 0.0)

    assert share(Document(text, "", **fields)) > share(Document(text, ""))  # type: ignore[arg-type]


def test_a_person_named_like_a_place_is_no_hint(shelf: Shelf) -> None:
    text = "Texas Brown left Paris. Texas Brown sang."
    mentions = (
        Mention(Span(0, 11), MentionType.NAME, EntityKind.PERSON, 0),
        Mention(Span(17, 22), MentionType.NAME, EntityKind.LOCATION, 1),
    )
    entities = (
        ArticleEntity(EntityKind.PERSON, "Texas Brown"),
        ArticleEntity(EntityKind.LOCATION, "Paris"),
    )
    located = locate(Document(text, ""), Extraction(mentions, entities), shelf)
    paris = located.entities[1].located
    assert paris is not None
    assert paris.place == PARIS


def test_only_locations_are_changed_and_the_gazetteer_is_asked_once(shelf: Shelf) -> None:
    text = "Paris and Dallas"
    extraction = extraction_of(text, [Span(0, 5), Span(10, 16)])
    person = ArticleEntity(EntityKind.PERSON, "Dallas Smith")
    extraction = replace(extraction, entities=(*extraction.entities, person))
    located = locate(Document(text, ""), extraction, shelf)
    assert located.mentions == extraction.mentions
    assert located.entities[2] == person
    assert shelf.asked == 1


def test_an_entity_without_a_mention_goes_by_its_name(shelf: Shelf) -> None:
    extraction = Extraction(entities=(ArticleEntity(EntityKind.LOCATION, "Qatar"),))
    entity = locate(Document("", ""), extraction, shelf).entities[0]
    assert entity.located is not None
    assert entity.located.place == QATAR


def test_nothing_to_locate_asks_nothing(shelf: Shelf) -> None:
    assert locate(Document("Nothing.", ""), Extraction(), shelf) == Extraction()
    assert shelf.asked == 0


@pytest.mark.parametrize(
    "name",
    ["", " ", "\0", "a\0b", "x' OR '1'='1", 'Paris"); DROP TABLE place; --', "\ud800", "é" * 9999],
)
def test_hostile_names_are_unknown(shelf: Shelf, name: str) -> None:
    extraction = Extraction(entities=(ArticleEntity(EntityKind.LOCATION, name),))
    assert locate(Document(name, ""), extraction, shelf).entities[0].located is None


@given(st.text(alphabet="Paris, TexDl().’'\n\0", min_size=1, max_size=60), st.data())
def test_any_text_and_spans_are_answered(text: str, data: st.DataObject) -> None:
    from tests.resolution.places.conftest import PLACES

    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True)
    spans = [Span(*sorted(pair)) for pair in data.draw(st.lists(ends, max_size=5))]
    assert len(locate_spans(text, spans, Shelf(PLACES))) == len(spans)


def test_ten_times_the_places_cost_about_ten_times_the_work(shelf: Shelf) -> None:
    def cost(places: int) -> int:
        text = " ".join(f"Town{n} in Paris, Texas." for n in range(places))
        spans, at = [], 0
        for n in range(places):
            length = len(f"Town{n}")
            spans += [Span(at, at + length), Span(at + length + 4, at + length + 9)]
            at += len(f"Town{n} in Paris, Texas. ")
        return lines_run(lambda: locate_spans(text, spans, shelf))

    assert cost(1_000) < 15 * cost(100)


def test_the_code_of_a_state(shelf: Shelf) -> None:
    assert country_code("France", shelf) == "FR"
    assert country_code("Texas", shelf) is None
    assert country_code("Nowhere", shelf) is None
