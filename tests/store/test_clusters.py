from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain import Document, Extraction
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


def write(engine: Engine, name: str, text: str) -> str:
    """Store a text under an address; the article's id."""
    document = Document(text=text, origin="test", url=f"https://{name}.example/report")
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
    """For each article on record what leads its cluster."""
    with reading(engine) as connection:
        assert list(check(connection)) == []
        rows = connection.exec_driver_sql(
            "SELECT uid, cluster FROM article WHERE status = 'usable' ORDER BY pk"
        )
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
    for number in range(30):
        write(engine, f"n{number}", f"{' '.join(report(100 + number, 160))} {below}")
    first = write(engine, "first", f"{WIRE} {below}")
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
    """Written, revised and withdrawn in any order; `check` proves who leads."""
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
