from __future__ import annotations

from itertools import permutations

from app.domain import Candidate, EntityKind, Traits
from app.resolution.fragments import Fragment, grouped, mergers

# What is told of two people of one name; `engineer` and `goalkeeper` are certainly two.
ENGINEER = {
    "roles": {"engineer": 2},
    "names": {"odile farrant": 2, "port of lindholm": 1},
    "topics": {"dredger": 1, "silt": 1},
}
GOALKEEPER = {"roles": {"goalkeeper": 1}, "topics": {"league": 1}}


def who(
    uid: str,
    told: dict[str, dict[str, int]],
    *,
    name: str = "Mira Kovalenko",
    articles: int = 1,
    kind: EntityKind = EntityKind.PERSON,
) -> Candidate:
    traits = Traits(articles=articles, called={name: articles}, **told)  # type: ignore[arg-type]
    return Candidate(uid, kind, name, frozenset({"a key"}), traits, articles)


def new(candidate: Candidate, *beside: str) -> Fragment:
    return Fragment(candidate, True, frozenset(beside))


def joined(*group: Fragment) -> list[tuple[str, str]]:
    return [(merger.uid, merger.into) for merger in mergers([group])]


def test_two_of_whom_the_same_is_told_are_one() -> None:
    one, other = who("a", ENGINEER), who("b", ENGINEER, articles=2)
    [merger] = mergers([[new(one), new(other)]])
    assert (merger.uid, merger.into) == ("a", "b")
    assert merger.score > 4
    assert merger.reasons[0] == "called engineer in both"


def test_two_of_whom_other_things_are_told_stay_two() -> None:
    assert joined(new(who("a", ENGINEER)), new(who("b", GOALKEEPER))) == []


def test_who_stood_before_stays_and_nobody_who_stood_goes() -> None:
    large, small = who("a", ENGINEER, articles=9), who("b", ENGINEER)
    assert joined(new(large), Fragment(small)) == [("a", "b")]
    assert joined(Fragment(large), Fragment(small)) == []


def test_nobody_is_two_of_one_article() -> None:
    one, other = who("a", ENGINEER), who("b", ENGINEER)
    assert joined(new(one, "b"), new(other, "a")) == []
    assert joined(new(one, "b"), Fragment(other)) == []


def test_one_who_may_be_either_of_two_is_neither() -> None:
    first, second = who("a", ENGINEER, articles=3), who("b", ENGINEER, articles=2)
    between = who("c", ENGINEER)
    assert joined(new(first, "b"), new(second, "a"), new(between)) == []


def test_one_who_was_joined_meets_all_that_the_other_one_met() -> None:
    first, second = who("a", ENGINEER, articles=3), who("b", ENGINEER, articles=2)
    third = who("c", ENGINEER)
    # Whom `b` goes to stands beside `c`, as `b` did.
    assert joined(new(first), new(second, "c"), new(third, "b")) == []
    assert joined(new(first), new(second), new(third)) == [("b", "a"), ("c", "a")]


def test_bodies_and_others_of_a_key_are_left_alone() -> None:
    bodies = [who(uid, ENGINEER, kind=EntityKind.ORGANISATION) for uid in "ab"]
    assert joined(*map(new, bodies)) == []
    assert joined(new(who("a", ENGINEER)), new(who("b", ENGINEER, name="Jan Brandt"))) == []
    untold = Candidate("a", EntityKind.PERSON, "Mira Kovalenko")
    assert joined(new(untold), new(who("b", ENGINEER))) == []


def test_the_order_and_how_often_two_share_a_key_do_not_matter() -> None:
    people = [
        new(who("a", ENGINEER, articles=2)),
        new(who("b", ENGINEER)),
        new(who("c", GOALKEEPER)),
        Fragment(who("d", GOALKEEPER, articles=4)),
    ]
    expected = mergers([people])
    assert {(m.uid, m.into) for m in expected} >= {("b", "a")}
    for group in permutations(people):
        assert mergers([group, group[:2]]) == expected


def test_groups_say_who_is_new() -> None:
    one, other = who("a", ENGINEER), who("b", ENGINEER)
    assert list(grouped({"k": [one, other]}, {"a": {"x"}})) == [[new(one, "x"), Fragment(other)]]
