from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.near_duplicates import (
    LEAST,
    MOST_WORDS,
    SKETCH,
    containment,
    is_copy,
    shingles,
    sketch,
)
from tests.work import lines_run

WORDS = ("harbour", "crane", "ferry", "strike", "mayor", "tide", "storm", "ledger", "quay")


def report(seed: int, words: int = 300) -> list[str]:
    """A text of words by chance: two seeds have next to no runs of five words in common."""
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(50)}" for _ in range(words)]


def compared(one: list[str], other: list[str]) -> float:
    return containment(shingles(" ".join(one)), shingles(" ".join(other)))


def test_a_copy_is_found_whatever_its_case_and_punctuation() -> None:
    text = " ".join(report(1))
    assert shingles(text) == shingles(text.upper().replace(" ", ", "))
    assert containment(shingles(text), shingles(text.title())) == 1


def test_a_copy_may_be_cut_and_have_a_new_beginning() -> None:
    wire = report(1)
    assert compared(wire, wire[:150]) == 1
    assert compared(wire, report(2, 40) + wire[30:220]) >= 0.6


def test_edited_words_cost_the_runs_they_stand_in() -> None:
    wire = report(1)
    edited = [word if n % 40 else "edited" for n, word in enumerate(wire)]
    assert 0.8 < compared(wire, edited) < 1
    rewritten = [word if n % 5 else "rewritten" for n, word in enumerate(wire)]
    assert compared(wire, rewritten) < 0.1


def test_articles_of_one_event_are_no_copies() -> None:
    assert compared(report(1), report(2)) < 0.1
    quoted = report(3, 40)
    assert compared(report(1) + quoted, report(2) + quoted) < 0.2


def test_what_an_outlet_prints_below_its_short_reports_makes_no_copies() -> None:
    below = report(3, 120)
    alike = compared(report(1, 70) + below, report(2, 70) + below)
    assert is_copy(alike, one_outlet=False)
    assert not is_copy(alike, one_outlet=True)
    assert is_copy(1, one_outlet=True)


def test_what_holds_all_of_a_short_report_is_no_copy_of_it() -> None:
    assert compared(report(1, 100), report(1, 100) + report(2, 300)) == 0


@pytest.mark.parametrize("words", [0, 4, LEAST + 3])
def test_a_text_too_short_is_like_nothing(words: int) -> None:
    found = shingles(" ".join(report(1, words)))
    assert not sketch(found)
    assert containment(found, found) == 0


def test_the_sketch_is_the_least_hashes_in_order() -> None:
    found = shingles(" ".join(report(1)))
    assert sketch(found) == sorted(found)[:SKETCH]


def test_sketches_of_a_half_and_the_whole_meet() -> None:
    """Out of 200 cuts none is missed."""
    for seed in range(200):
        wire = report(seed)
        whole, half = (sketch(shingles(" ".join(words))) for words in (wire, wire[:150]))
        assert set(whole) & set(half)


@given(st.text(), st.text())
def test_any_text_can_be_compared(one: str, other: str) -> None:
    found = shingles(one), shingles(other)
    assert 0 <= containment(*found) <= 1
    assert containment(*found) == containment(*reversed(found))
    assert all(0 <= number < 2**32 for number in found[0])


def test_lone_surrogates_are_words_like_others() -> None:
    assert shingles("a b c d \ud800e")


def test_of_a_long_text_the_beginning_is_read() -> None:
    words = report(1, MOST_WORDS)
    assert shingles(" ".join([*words, *report(2)])) == shingles(" ".join(words))


def test_work_is_linear() -> None:
    def cost(words: int) -> int:
        text = " ".join(report(1, words))
        return lines_run(lambda: sketch(shingles(text)))

    assert cost(20_000) < 12 * cost(2_000)
