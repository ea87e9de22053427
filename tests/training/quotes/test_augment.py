from __future__ import annotations

import random

import pytest

from app.domain import Span
from app.training.quotes import augment
from app.training.quotes.data import GoldArticle, GoldQuote

TEXT = (
    "Harbour to reopen\n\n"
    "“The harbour will reopen on Friday,” said Mira Kovalenko, the mayor. Kovalenko added that "
    "the cranes had been checked.\n\n"
    "Tomas Brandt said it was “too early” to celebrate."
)


def span(part: str) -> Span:
    at = TEXT.index(part)
    return Span(at, at + len(part))


ARTICLE = GoldArticle(
    "harbour",
    TEXT,
    (
        GoldQuote(
            (span("“The harbour will reopen on Friday,”"),),
            (span("said"),),
            (span("Mira Kovalenko, the mayor"),),
        ),
        GoldQuote((span("that the cranes had been checked"),), (span("added"),), ()),
    ),
)


def test_spans_move_with_the_text() -> None:
    at = TEXT.index("on Friday")
    changed = augment.edited(ARTICLE, [(0, 0, "New: "), (at, at + len("on Friday"), "soon")])
    first, second = changed.quotes
    assert first.content[0].of(changed.text) == "“The harbour will reopen soon,”"
    assert first.source[0].of(changed.text) == "Mira Kovalenko, the mayor"
    assert second.content[0].of(changed.text) == "that the cranes had been checked"


def test_a_quote_whose_cue_is_cut_out_is_dropped() -> None:
    cue = span("added")
    changed = augment.edited(ARTICLE, [(cue.start, cue.end, "")])
    assert len(changed.quotes) == 1


def test_of_edits_that_overlap_the_first_is_made() -> None:
    changed = augment.edited(ARTICLE, [(0, 7, "Port"), (3, 9, "x")])
    assert changed.text.startswith("Port to reopen")


def test_other_marks_replace_all_double_marks() -> None:
    seen = set()
    for seed in range(40):
        rng = random.Random(seed)
        changed = augment.edited(ARTICLE, augment.other_marks(ARTICLE, rng))
        seen.add(changed.quotes[0].content[0].of(changed.text)[0])
    assert {"“", '"', "'", "«", "‘"} <= seen


def test_names_are_replaced_alike_throughout() -> None:
    rng = random.Random(2)
    changed = augment.edited(ARTICLE, augment.other_names(ARTICLE, rng))
    source = changed.quotes[0].source[0].of(changed.text)
    surname = source.split(",")[0].split()[-1]
    assert changed.text.count(surname) == 2
    assert source.endswith(", the mayor")


@pytest.mark.parametrize("seed", range(30))
def test_augmented_articles_keep_sound_spans(seed: int) -> None:
    changed = augment.augmented(ARTICLE, random.Random(seed))
    for quote in changed.quotes:
        for part in (*quote.content, *quote.cue, *quote.source):
            assert 0 <= part.start < part.end <= len(changed.text)
            assert part.of(changed.text).strip()


def test_the_same_seed_gives_the_same_article() -> None:
    one, two = (augment.augmented(ARTICLE, random.Random(7)) for _ in range(2))
    assert one == two
