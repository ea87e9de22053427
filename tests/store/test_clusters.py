from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import Document, Extraction
from app.near_duplicates import containment, is_copy, shingles
from app.store.check import check
from app.store.session import reading, writing
from app.store.withdrawing import withdraw
from app.store.write import ensure_run, standing, write_article
from tests.builders import INFO, NOW
from tests.test_near_duplicates import report

WIRE = " ".join(report(1))
CUT = " ".join(report(1)[:200])
EDITED = " ".join([*report(2, 30), *report(1)[20:280]])
OTHER = " ".join(report(3))


def write(engine: Engine, name: str, text: str, outlet: str | None = None) -> str:
    """Store a text under an address, of an outlet of that name; the article's id."""
    document = Document(
        text=text, origin="test", url=f"https://{name}.example/report", publisher=outlet or name
    )
    with writing(engine) as connection:
        run = ensure_run(connection, INFO, NOW)
        found = standing(connection, document, run)
        write_article(connection, document, Extraction(), [], found, run, NOW)
    return found.uid


def remove(engine: Engine, uid: str) -> None:
    with writing(engine) as connection:
        key = connection.exec_driver_sql("SELECT pk FROM article WHERE uid = ?", (uid,)).scalar()
        withdraw(connection, key, uid, NOW)


def leaders(engine: Engine) -> dict[str, str | None]:
    """For each article on record what leads its cluster; its text is a copy of the leader's."""
    with reading(engine) as connection:
        assert list(check(connection)) == []
        rows = connection.exec_driver_sql(
            "SELECT a.uid, a.cluster, a.publisher, r.text FROM article a JOIN revision r"
            " ON r.article = a.pk AND r.n = a.current_revision WHERE status = 'usable'"
            " ORDER BY a.pk"
        ).all()
    known = {row.uid: row for row in rows}
    for row in rows:
        if row.cluster is not None:
            first = known[row.cluster]
            contained = containment(shingles(row.text), shingles(first.text))
            assert is_copy(contained, one_outlet=row.publisher == first.publisher)
    return {row.uid: row.cluster for row in rows}


def changes(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as connection:
        return [(uid, op) for uid, op in connection.exec_driver_sql("SELECT uid, op FROM change")]


def test_the_first_leads(engine: Engine) -> None:
    first = write(engine, "first", WIRE)
    assert leaders(engine) == {first: None}
    cut = write(engine, "cut", CUT)
    other = write(engine, "other", OTHER)
    edited = write(engine, "edited", EDITED)
    assert leaders(engine) == {first: first, cut: first, other: None, edited: first}


def test_a_longer_copy_follows_a_shorter_one(engine: Engine) -> None:
    cut, whole = write(engine, "cut", CUT), write(engine, "whole", WIRE)
    assert leaders(engine) == {cut: cut, whole: cut}


def test_short_texts_are_nobodys_copies(engine: Engine) -> None:
    one, other = write(engine, "one", "No comment."), write(engine, "two", "No comment.")
    assert leaders(engine) == {one: None, other: None}


def test_when_the_leader_goes_the_next_one_leads(engine: Engine) -> None:
    first, second, third = (write(engine, name, WIRE) for name in ("one", "two", "three"))
    remove(engine, first)
    assert leaders(engine) == {second: second, third: second}
    remove(engine, second)
    assert leaders(engine) == {third: None}
    remove(engine, third)
    assert leaders(engine) == {}


def test_a_follower_that_goes_leaves_the_others_alone(engine: Engine) -> None:
    first, second, third = (write(engine, name, WIRE) for name in ("one", "two", "three"))
    remove(engine, second)
    assert leaders(engine) == {first: first, third: first}


def test_a_leader_that_is_revised_a_little_still_leads(engine: Engine) -> None:
    first, second = write(engine, "one", WIRE), write(engine, "two", WIRE)
    write(engine, "one", EDITED)
    assert leaders(engine) == {first: first, second: first}


def test_a_text_that_becomes_another_leaves(engine: Engine) -> None:
    first, second = write(engine, "one", WIRE), write(engine, "two", WIRE)
    write(engine, "one", OTHER)
    assert leaders(engine) == {first: None, second: None}
    third = write(engine, "three", OTHER)
    assert leaders(engine) == {first: first, second: None, third: first}


def test_a_text_that_becomes_a_copy_follows(engine: Engine) -> None:
    first, second = write(engine, "one", WIRE), write(engine, "two", OTHER)
    write(engine, "two", CUT)
    assert leaders(engine) == {first: first, second: first}


def test_what_only_the_leader_held_together_comes_apart(engine: Engine) -> None:
    """The first and the second half of a report are copies of it, and not of one another."""
    words = report(1)
    whole = write(engine, "whole", WIRE)
    first = write(engine, "first", " ".join(words[:150]))
    second = write(engine, "second", " ".join(words[150:]))
    third = write(engine, "third", " ".join([*words[160:], *report(4, 10)]))
    assert leaders(engine) == dict.fromkeys((whole, first, second, third), whole)
    remove(engine, whole)
    assert leaders(engine) == {first: None, second: second, third: second}


def test_followers_of_a_leader_that_changed_are_told_apart(engine: Engine) -> None:
    words = report(1)
    whole = write(engine, "whole", WIRE)
    first = write(engine, "first", " ".join(words[:150]))
    second = write(engine, "second", " ".join(words[150:]))
    write(engine, "whole", " ".join([*words[:150], *report(5, 100)]))
    assert leaders(engine) == {whole: whole, first: whole, second: None}


def test_small_steps_lead_nowhere(engine: Engine) -> None:
    """Of a daily column a third changes from day to day."""
    blocks = [report(40 + n, 100) for n in range(9)]
    days = [" ".join([*blocks[n], *blocks[n + 1], *blocks[n + 2]]) for n in range(6)]
    uids = [write(engine, f"day{n}", text) for n, text in enumerate(days)]
    found = leaders(engine)
    assert [found[uid] for uid in uids] == [u for u in uids[::2] for _ in range(2)]


def test_the_line_below_every_report_of_an_outlet_makes_no_copies(engine: Engine) -> None:
    below = " ".join(report(9, 120))
    uids = [
        write(engine, f"n{n}", f"{' '.join(report(30 + n, 70))} {below}", "The Gull")
        for n in range(4)
    ]
    assert leaders(engine) == dict.fromkeys(uids)


def test_an_outlet_that_prints_the_same_again(engine: Engine) -> None:
    first, again = write(engine, "a", WIRE, "The Gull"), write(engine, "b", WIRE, "The Gull")
    edited = write(engine, "c", EDITED, "The Gull")
    assert leaders(engine) == {first: first, again: first, edited: None}


def test_a_sketch_that_does_not_fit_the_text_does_no_harm(engine: Engine) -> None:
    """Another version of Python, or of the sketch, has other hashes."""
    first = write(engine, "one", WIRE)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE article_sketch SET hash = hash + 1")
    write(engine, "one", EDITED)
    remove(engine, first)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM article_sketch").scalar() == 0


def test_what_was_withdrawn_is_no_longer_compared(engine: Engine) -> None:
    remove(engine, write(engine, "one", WIRE))
    cut = write(engine, "two", CUT)
    assert leaders(engine) == {cut: None}
    with reading(engine) as connection:
        keys = connection.exec_driver_sql("SELECT DISTINCT article FROM article_sketch").all()
    assert len(keys) == 1


def test_a_phrase_below_every_article_hides_no_copy(engine: Engine) -> None:
    """Most hashes of each sketch are those of what an outlet prints below all its articles."""
    below = " ".join(report(9, 120))
    first = write(engine, "first", f"{WIRE} {below}")
    for number in range(30):
        write(engine, f"n{number}", f"{' '.join(report(100 + number, 160))} {below}", "The Gull")
    second = write(engine, "second", f"{WIRE} {below}")
    found = leaders(engine)
    assert found[second] == first
    assert sum(cluster is not None for cluster in found.values()) == 2


def test_mirrors_are_told_of_others_that_change(engine: Engine) -> None:
    first, second = write(engine, "one", WIRE), write(engine, "two", WIRE)
    assert changes(engine)[-2:] == [(second, "upsert"), (first, "upsert")]
    remove(engine, first)
    assert changes(engine)[-2:] == [(first, "delete"), (second, "upsert")]


@pytest.mark.parametrize("name", ["one'; DROP TABLE article; --", "<b>"])
def test_hostile_words_are_words(engine: Engine, name: str) -> None:
    text = " ".join(f"{name} {word}" for word in report(1))
    first, second = write(engine, "a", text), write(engine, "b", text)
    assert leaders(engine) == {first: first, second: first}


TEXTS = (WIRE, CUT, EDITED, OTHER, "No comment.")
EXAMPLES = count()


# One database for all examples: it only makes clusters larger.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 4), st.one_of(st.none(), st.sampled_from(range(len(TEXTS))))),
        max_size=10,
    )
)
def test_whatever_happens_clusters_are_sound(
    engine: Engine, steps: list[tuple[int, int | None]]
) -> None:
    """Written, revised and withdrawn in any order: `leaders` proves it after every step."""
    example = next(EXAMPLES)
    uids: dict[int, str] = {}
    for step, (number, text) in enumerate(steps):
        if text is not None:
            # No text twice: one that was withdrawn does not come back.
            words = f"{TEXTS[text]} edition {example} {step}"
            uids[number] = write(engine, f"n{example}n{number}", words)
        elif number in uids:
            remove(engine, uids.pop(number))
        leaders(engine)
