from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import (
    ArticleEntity,
    Candidate,
    EntityKind,
    Extraction,
    Located,
    Mention,
    MentionType,
    Place,
    Quote,
    QuoteKind,
    Span,
    Traits,
)
from app.resolution.kinds import LEAD, kind_on_record, kinds_on_record, of_kinds

PERSON, ORGANISATION, LOCATION = (
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.LOCATION,
)


TRUST = "Lantern House Trust"


def bearer(
    kind: EntityKind, articles: int, name: str = "Lantern House", *called: str, places: str = ""
) -> Candidate:
    traits = Traits(called=dict.fromkeys(called, 2), articles=articles)
    return Candidate("e_1", kind, name, frozenset(), traits, articles, frozenset(places.split()))


@pytest.mark.parametrize(
    ("bearers", "kind"),
    [
        ([], LOCATION),
        ([bearer(ORGANISATION, LEAD - 1)], LOCATION),
        ([bearer(ORGANISATION, LEAD)], ORGANISATION),
        ([bearer(ORGANISATION, 5), bearer(LOCATION, 4)], LOCATION),
        ([bearer(ORGANISATION, 6), bearer(LOCATION, 4), bearer(PERSON, 3)], ORGANISATION),
        ([bearer(LOCATION, 2), bearer(LOCATION, 2), bearer(ORGANISATION, 5)], LOCATION),
        ([bearer(ORGANISATION, 9, TRUST)], LOCATION),
        ([bearer(ORGANISATION, 9, TRUST, "LANTERN HOUSE")], ORGANISATION),
    ],
)
def test_a_name_is_what_more_articles_take_it_for(
    bearers: list[Candidate], kind: EntityKind
) -> None:
    entity = ArticleEntity(LOCATION, "Lantern House")
    assert kind_on_record(entity, {"lantern house": bearers}) is kind


def test_a_single_word_is_too_little() -> None:
    many = bearer(PERSON, 100, "Lindholm")
    assert kind_on_record(ArticleEntity(LOCATION, "Lindholm"), {"lindholm": [many]}) is LOCATION


def test_a_team_keeps_the_name_of_its_country() -> None:
    country = bearer(LOCATION, 100, "New Zealand", places="geonames:2186224")
    found = {"new zealand": [country]}
    assert kind_on_record(ArticleEntity(ORGANISATION, "New Zealand"), found) is ORGANISATION
    assert kind_on_record(ArticleEntity(PERSON, "New Zealand"), found) is LOCATION


def test_what_is_not_shown_counts_as_well() -> None:
    hidden = replace(bearer(PERSON, 5), articles=0)
    found = {"lantern house": [hidden, bearer(ORGANISATION, 4)]}
    assert kind_on_record(ArticleEntity(PERSON, "Lantern House"), found) is PERSON


def test_articles_count_by_how_they_read_the_name() -> None:
    traits = Traits(called={"Lantern House": 9}, articles=9, read_as={"organisation": 6})
    mistaken = replace(bearer(LOCATION, 9), traits=traits)
    found = {"lantern house": [mistaken]}
    assert kind_on_record(ArticleEntity(ORGANISATION, "Lantern House"), found) is ORGANISATION
    assert kind_on_record(ArticleEntity(LOCATION, "Lantern House"), found) is ORGANISATION


def read(*entities: ArticleEntity, **found: object) -> list[EntityKind]:
    """The kinds of entities in an article, where the record knows Lantern House as a place."""
    named = {"lantern house": [bearer(LOCATION, 9)]}
    return kinds_on_record(Extraction(entities=entities, **found), named)  # type: ignore[arg-type]


def test_what_the_article_says_itself_comes_first() -> None:
    person = ArticleEntity(PERSON, "Lantern House")
    assert read(person) == [LOCATION]
    assert read(replace(person, roles=(Span(0, 5),))) == [PERSON]
    for kind, taken_for in ((PERSON, PERSON), (ORGANISATION, LOCATION)):
        pronoun = Mention(Span(0, 2), MentionType.PRONOUN, kind, 0)
        assert read(person, mentions=(pronoun,)) == [taken_for]
    quote = Quote((Span(0, 9),), QuoteKind.DIRECT, speaker=0)
    assert read(ArticleEntity(ORGANISATION, "Lantern House"), quotes=(quote,)) == [ORGANISATION]


def test_one_article_has_a_name_once_of_a_kind() -> None:
    kinds = (PERSON, LOCATION, ORGANISATION)
    assert read(*(ArticleEntity(kind, "Lantern House") for kind in kinds)) == list(kinds)
    assert read(*(ArticleEntity(kind, "LANTERN HOUSE") for kind in kinds[::2])) == [
        LOCATION,
        ORGANISATION,
    ]


def test_the_extraction_agrees_and_what_was_read_of_another_kind_goes() -> None:
    place = Place("geo:1", "Lantern House", "town", 1.0, 2.0)
    entities = (
        ArticleEntity(PERSON, "Mira Kovalenko", roles=(Span(0, 5),), salience=0.5),
        ArticleEntity(LOCATION, "Lantern House", ("House",), located=Located(place, 0.9)),
    )
    mentions = tuple(
        Mention(Span(start, start + 2), MentionType.NAME, kind, entity)
        for start, kind, entity in ((0, PERSON, 0), (3, LOCATION, 1), (6, LOCATION, None))
    )
    extraction = Extraction(mentions, entities)
    assert of_kinds(extraction, [PERSON, LOCATION]) is extraction
    changed = of_kinds(extraction, [ORGANISATION, ORGANISATION])
    assert changed.entities == (
        ArticleEntity(ORGANISATION, "Mira Kovalenko", salience=0.5),
        ArticleEntity(ORGANISATION, "Lantern House", ("House",)),
    )
    assert [m.kind for m in changed.mentions] == [ORGANISATION, ORGANISATION, LOCATION]
    assert [m.span for m in changed.mentions] == [m.span for m in mentions]
