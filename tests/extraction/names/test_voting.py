from __future__ import annotations

from app.domain import EntityKind
from app.extraction.names.voting import LogOdds, decide, elect, surnames, tally

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


def test_a_body_s_short_name_follows_its_full_name() -> None:
    full = ("Harbour Bank", {ORGANISATION: 2.5}, {}, True)
    kinds = elect(tally([full, ("Harbour", {LOCATION: 1.0}, {}, True)]))
    assert kinds["harbour"] is ORGANISATION


def opinion(kind: EntityKind | None, sure: float = -0.05) -> LogOdds:
    return {k: sure if k is kind else -3.5 for k in (*EntityKind, None)}


def test_another_voter_outvotes_a_weak_vote_and_no_strong_one() -> None:
    weak = tally([("Brandt", {LOCATION: 0.4}, {}, True)])
    strong = tally([("Brandt", {LOCATION: 4.0}, {}, True)])
    learned = {"brandt": opinion(PERSON)}
    assert decide(weak, elect(weak), learned) == {"brandt": PERSON}
    assert decide(strong, elect(strong), learned) == {"brandt": LOCATION}


def test_another_voter_may_find_that_a_word_is_no_name() -> None:
    tallies = tally([("Extra", {ORGANISATION: 0.4}, {}, True)])
    assert decide(tallies, elect(tallies), {"extra": opinion(None)}) == {}


def test_what_is_settled_stands() -> None:
    votes = [("Mira Paris", {PERSON: 1.0}, {}, True), ("Paris", {PERSON: 0.5}, {PERSON: 0.5}, True)]
    tallies = tally(votes)
    elected = elect(tallies)
    learned = {"paris": opinion(LOCATION), "mira paris": opinion(PERSON)}
    assert surnames(elected) == {"paris"}
    assert decide(tallies, elected, learned, surnames(elected))["paris"] is PERSON
