from __future__ import annotations

from app.resolution.evidence import COMMON, RARE
from app.resolution.frequencies import share, shares


def test_common_words_are_common_and_rare_ones_rare() -> None:
    assert share("government") > COMMON
    assert RARE < share("hospital") < COMMON
    assert share("trawler") < RARE
    assert share("no such word") == 0.0


def test_shares_are_shares_and_no_word_is_of_one_article_alone() -> None:
    assert all(0.001 < n <= 1.0 for n in shares().values())
