from __future__ import annotations

from itertools import permutations

from app.domain import Candidate, EntityKind, Traits
from app.resolution import likeness
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


def new(candidate: Candidate, *articles: int) -> Fragment:
    return Fragment(candidate, True, frozenset(articles))


def joined(*group: Fragment) -> list[tuple[str, str]]:
    return [(merger.uid, merger.into) for merger in mergers([group])]


def test_two_of_whom_the_same_is_told_are_one() -> None:
    one, other = who("a", ENGINEER), who("b", ENGINEER, articles=2)
    [merger] = mergers([[new(one), new(other)]])
    assert (merger.uid, merger.into) == ("a", "b")
    assert merger.score > 4
    assert merger.likeness == likeness.SAME_PERSON


def test_two_of_whom_other_things_are_told_stay_two() -> None:
    assert joined(new(who("a", ENGINEER)), new(who("b", GOALKEEPER))) == []


def test_who_stood_before_stays_and_nobody_who_stood_goes() -> None:
    large, small = who("a", ENGINEER, articles=9), who("b", ENGINEER)
    assert joined(new(large), Fragment(small)) == [("a", "b")]
    assert joined(Fragment(large), Fragment(small)) == []


def test_nobody_is_two_of_one_article() -> None:
    one, other = who("a", ENGINEER), who("b", ENGINEER)
    assert joined(new(one, 1), new(other, 2)) == [("a", "b")]
    assert joined(new(one, 1, 3), new(other, 2, 3)) == []
    assert joined(new(one, 3), Fragment(other, articles=frozenset({3}))) == []


def test_one_who_may_be_either_of_two_is_neither() -> None:
    first, second = who("a", ENGINEER, articles=3), who("b", ENGINEER, articles=2)
    between = who("c", ENGINEER)
    assert joined(new(first, 1), new(second, 2), new(between, 3)) == [("b", "a"), ("c", "a")]
    assert joined(new(first, 1, 2), new(second, 2), new(between, 3)) == []


def test_one_who_was_joined_stands_in_the_articles_of_both() -> None:
    told = {uid: who(uid, ENGINEER, articles=n) for uid, n in (("a", 4), ("b", 3), ("c", 2))}
    others = {"roles": {"engineer": 2}, "names": {"odile farrant": 2}}
    last = new(who("d", others), 3)
    # `d` stands beside `c`, which goes first, and so beside the one whom that goes to.
    group = [new(told["a"], 1), new(told["c"], 3)]
    assert joined(*group) == [("c", "a")]
    assert joined(new(told["a"], 1), last) == [("d", "a")]
    assert joined(*group, last) == [("c", "a")]


def test_nobody_is_joined_by_way_of_a_third() -> None:
    first = who("a", ENGINEER, name="J. Kovalenko", articles=3)
    mira, jan = who("b", ENGINEER, name="Jana Kovalenko"), who("c", ENGINEER, name="Jan Kovalenko")
    assert joined(new(first), new(mira)) == [("b", "a")]
    assert joined(new(first), new(jan)) == [("c", "a")]
    assert len(joined(new(first), new(mira), new(jan))) <= 1


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
    groups = grouped({"k": [one, other]}, {"a"}, {"a": {1}, "b": {2}})
    assert list(groups) == [[new(one, 1), Fragment(other, articles=frozenset({2}))]]
