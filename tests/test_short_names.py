from __future__ import annotations

from app.short_names import full_names, short_names


def test_short_names_go_both_ways() -> None:
    assert "william" in full_names("bill")
    assert "bill" in short_names("william")
    assert full_names("tomasz") == frozenset()


def test_what_the_lists_have_by_mistake_is_left_out() -> None:
    assert "robert" not in full_names("bill")
    assert "bill" not in short_names("robert")
