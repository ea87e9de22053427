from __future__ import annotations

from app.domain import EntityKind
from app.extraction.names.voting import elect, tally

PERSON, ORGANISATION, LOCATION = (
    EntityKind.PERSON,
    EntityKind.ORGANISATION,
    EntityKind.LOCATION,
)


def test_the_majority_gives_every_mention_its_kind() -> None:
    votes = [("Lindhaven", {LOCATION: 1.0}, {}, True)] * 2
    kinds = elect(tally([*votes, ("Lindhaven", {PERSON: 1.0}, {}, True)]))
    assert kinds["lindhaven"] is LOCATION


def test_a_surname_follows_its_full_name() -> None:
    kinds = elect(
        tally(
            [
                ("Mira Kovalenko", {PERSON: 1.0}, {}, True),
                ("Kovalenko", {ORGANISATION: 1.0}, {}, True),
                ("Kovalenko", {ORGANISATION: 1.0}, {}, True),
            ]
        )
    )
    assert kinds["kovalenko"] is PERSON


def test_a_surname_that_is_a_place_needs_a_person_around_it() -> None:
    full = ("Mira Paris", {PERSON: 1.0}, {}, True)
    place = ("Paris", {LOCATION: 2.5}, {LOCATION: 0.3}, True)
    person = ("Paris", {LOCATION: 2.5}, {PERSON: 0.6}, True)
    assert elect(tally([full, place, place]))["paris"] is LOCATION
    assert elect(tally([full, person, person]))["paris"] is PERSON


def test_a_name_the_model_never_saw_needs_more_than_a_hint() -> None:
    assert "brandt" not in elect(tally([("Brandt", {PERSON: 0.35}, {}, False)]))
    assert elect(tally([("Brandt", {PERSON: 0.35}, {}, False)] * 3))["brandt"] is PERSON


def test_a_hidden_name_without_votes_has_no_kind() -> None:
    assert elect(tally([("Winter Song", {}, {}, False)])) == {}
