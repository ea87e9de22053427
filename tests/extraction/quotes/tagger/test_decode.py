from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.quotes.tagger.decode import (
    CONTENT,
    CUE,
    OUTSIDE,
    SOURCE,
    TAGS,
    Scores,
    best_path,
    log_softmax,
    quotes,
)

WIDTH = 8


def scores(
    tags: list[int], cue_of: dict[int, int] | None = None, source_of: dict[int, int] | None = None
) -> Scores:
    """Scores that say clearly: these tags, these links (a source of -1 is none)."""
    n = len(tags)
    logits = np.zeros((n, TAGS), dtype=np.float32)
    logits[range(n), tags] = 8
    content, cue, cue_out, source = (np.zeros((n, WIDTH), dtype=np.float32) for _ in range(4))
    source = np.zeros((n + 1, WIDTH), dtype=np.float32)
    for slot, target in enumerate(sorted(set((cue_of or {}).values()))):
        cue[target, slot] = 1
        for word, of in (cue_of or {}).items():
            if of == target:
                content[word, slot] = 1
    for slot, (word, target) in enumerate((source_of or {}).items()):
        cue_out[word, slot] = 1
        source[target, slot] = 1
    return Scores(logits, content, cue, cue_out, source)


def test_content_on_both_sides_of_a_cue_is_one_quote() -> None:
    # "It holds , she said . For now ."
    tags = [CONTENT, CONTENT + 1, OUTSIDE, SOURCE, CUE, OUTSIDE, CONTENT, CONTENT + 1, OUTSIDE]
    (quote,) = quotes(scores(tags, {0: 4, 1: 4, 6: 4, 7: 4}, {4: 3}))
    assert [(p.start, p.end) for p in quote.content] == [(0, 2), (6, 8)]
    assert (quote.cue.start, quote.cue.end) == (4, 5)
    assert quote.source is not None
    assert (quote.source.start, quote.source.end) == (3, 4)
    assert quote.link > 0.9
    assert quote.source_link > 0.9


def test_two_cues_share_a_source() -> None:
    # "She said x and insisted y"
    tags = [SOURCE, CUE, CONTENT, OUTSIDE, CUE, CONTENT]
    first, second = quotes(scores(tags, {2: 1, 5: 4}, {1: 0, 4: 0}))
    assert first.source == second.source
    assert (first.cue.start, second.cue.start) == (1, 4)


def test_a_cue_may_have_no_source() -> None:
    tags = [SOURCE, OUTSIDE, CUE, CONTENT]
    (quote,) = quotes(scores(tags, {3: 2}, {2: -1}))
    assert quote.source is None


def test_what_nothing_points_to_is_let_go() -> None:
    tags = [CUE, SOURCE, OUTSIDE, CUE, CONTENT]
    (quote,) = quotes(scores(tags, {4: 3}, {3: -1}))
    assert quote.cue.start == 3
    assert quotes(scores([CONTENT, CONTENT + 1, SOURCE])) == []


def test_an_inner_tag_does_not_stand_alone() -> None:
    tags = np.zeros((2, TAGS), dtype=np.float32)
    tags[0, OUTSIDE], tags[1, CONTENT + 1], tags[1, CONTENT] = 5, 3, 2
    assert best_path(log_softmax(tags)) == [OUTSIDE, CONTENT]


def test_a_piece_knows_how_sure_its_edges_are() -> None:
    given = scores([CUE, CONTENT, CONTENT + 1, OUTSIDE], {1: 0, 2: 0})
    given.tags[3, CONTENT + 1] = 8
    (quote,) = quotes(given)
    (piece,) = quote.content
    assert piece.certainty == pytest.approx(1, abs=0.2)
    assert piece.edge < 0.6


@given(st.data())
def test_any_scores_give_sound_pieces(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 12))
    random = np.random.default_rng(data.draw(st.integers(0, 1000)))

    def some(rows: int, columns: int) -> np.ndarray:
        return random.normal(0, 3, (rows, columns)).astype(np.float32)

    found = quotes(Scores(some(n, TAGS), *(some(n, WIDTH) for _ in range(3)), some(n + 1, WIDTH)))
    for quote in found:
        pieces = [*quote.content, quote.cue]
        pieces += [quote.source] if quote.source else []
        assert all(0 <= p.start < p.end <= n for p in pieces)
        assert all(0 <= p.edge <= 1.001 and 0 <= p.certainty <= 1.001 for p in pieces)
        words = [i for p in pieces for i in range(p.start, p.end)]
        assert len(words) == len(set(words))
        assert 0 <= quote.link <= 1.001
        assert 0 <= quote.source_link <= 1.001


def test_a_cue_does_not_go_without_content_if_another_can_spare_some() -> None:
    # "A , he said . B , Ito added": B points a little more to *said* than to *added*.
    tags = [CONTENT, SOURCE, CUE, CONTENT, SOURCE, CUE]
    given = scores(tags, {0: 2, 3: 2}, {2: 1, 5: 4})
    given.content[3] = [0.6, 0.55, *[0] * (WIDTH - 2)]
    given.cue[5, 1] = 1
    first, second = quotes(given)
    assert [p.start for p in first.content] == [0]
    assert [p.start for p in second.content] == [3]
