from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Span
from app.resolution.contexts import LENGTH, MOST_MENTIONS, WIDTH, Contexts, likeness
from tests.work import lines_run


def context_of(text: str, name: str) -> tuple[int, ...]:
    start = text.index(name)
    span = Span(start, start + len(name))
    return Contexts(text).of([span], [span])


JUDGE = context_of("Judge Mira Kovalenko sentenced him to two years in prison.", "Mira Kovalenko")
BENCH = context_of("A thief was fined; from the bench Anna Rowe warned him.", "Anna Rowe")
STRIKER = context_of("Anna Rowe scored twice before half-time for the visitors.", "Anna Rowe")


def test_like_things_are_near_and_unlike_ones_are_not() -> None:
    assert likeness(JUDGE, BENCH) > likeness(JUDGE, STRIKER) + 0.2
    assert likeness(BENCH, BENCH) == pytest.approx(1.0)


def test_a_context_is_as_long_as_it_is_kept() -> None:
    assert len(JUDGE) == WIDTH
    assert sum(x * x for x in JUDGE) ** 0.5 == pytest.approx(LENGTH, rel=0.1)


def test_the_name_itself_says_nothing() -> None:
    text = "Said Fisher Banks of the harbour."
    other = text.replace("Fisher Banks", "Abcde Fghij")
    assert context_of(text, "Fisher Banks") == context_of(other, "Abcde Fghij")


def test_near_words_count_more() -> None:
    text = "The judge spoke. {} Ann Rowe waited. {} The striker scored."
    far = " ".join(["It", "was", "so"] * 8)
    near_judge = context_of(text.format("", far), "Ann Rowe")
    near_striker = context_of(text.format(far, ""), "Ann Rowe")
    judge = context_of("The judge spoke. Ann Rowe waited.", "Ann Rowe")
    assert likeness(judge, near_judge) > likeness(judge, near_striker)


@pytest.mark.parametrize("text", ["Qzxv", "1234 Qzxv 99", "Qzxv — “…”"])
def test_without_known_words_there_is_none(text: str) -> None:
    assert context_of(text, "Qzxv") == ()


def test_places_are_those_of_the_text_where_small_letters_are_longer() -> None:
    assert context_of("İİİİ The Judge Ann Rowe", "Ann Rowe") == context_of(
        "IIII the judge Ann Rowe", "Ann Rowe"
    )


def test_nothing_is_like_no_context() -> None:
    assert likeness((0,) * WIDTH, JUDGE) == 0.0


@given(st.text(min_size=1, max_size=200), st.integers(0, 199), st.integers(1, 20))
def test_any_text_has_a_context_or_none(text: str, start: int, length: int) -> None:
    start = min(start, len(text) - 1)
    span = Span(start, min(len(text), start + length))
    assert len(Contexts(text).of([span], [span])) in (0, WIDTH)


def test_work_does_not_grow_with_mentions_beyond_the_most() -> None:
    def work(mentions: int) -> int:
        text = "the judge Ann Rowe spoke " * mentions
        contexts = Contexts(text)
        spans = [Span(25 * n + 10, 25 * n + 18) for n in range(mentions)]
        return lines_run(lambda: contexts.of(spans, ()))

    assert work(20 * MOST_MENTIONS) < 1.5 * work(MOST_MENTIONS)
