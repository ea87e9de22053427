from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity import article_uid, derive, fingerprint, name_norm, quote_uid, url_key


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/a?b=1&c=2",
        "https://www.news.example/a?c=2&b=1",
        "https://news.example:443/a/?b=1&c=2#top",
        "https://news.example/a?b=1&c=2&utm_source=feed",
    ],
)
def test_addresses_of_one_article_have_one_key(other: str) -> None:
    assert url_key(other) == url_key("https://news.example/a?b=1&c=2")


@pytest.mark.parametrize(
    "other", ["https://news.example/b", "https://example/a", "https://news.example:8443/a"]
)
def test_addresses_of_two_articles_have_two(other: str) -> None:
    assert url_key(other) != url_key("https://news.example/a")


def test_an_article_is_known_by_address_then_source_id_then_text() -> None:
    assert article_uid("https://n.example/a", "7", "x") == article_uid(
        "http://n.example/a", None, "y"
    )
    assert article_uid(None, "7", "x") == article_uid(None, "7", "y")
    assert article_uid(None, None, "x") != article_uid(None, None, "y")


def test_parts_of_a_key_do_not_run_together() -> None:
    assert derive("e", "ab", "c") != derive("e", "a", "bc")


def test_the_fingerprint_of_a_quote_forgives_marks_case_and_spacing() -> None:
    assert fingerprint("“We  will, open.”") == fingerprint('"we will open"')
    assert fingerprint("we will open") != fingerprint("we will not open")
    assert fingerprint("“…”") != fingerprint("“!”")


def test_names_are_compared_without_dots_and_case() -> None:
    assert name_norm("U.S.") == name_norm("us")
    assert name_norm("Mira\n Kovalenko") == "mira kovalenko"


@given(st.text(), st.integers(min_value=0))
def test_any_text_gives_an_id_of_one_shape(text: str, n: int) -> None:
    uid = quote_uid("a_x", fingerprint(text), n)
    assert uid.startswith("q_")
    assert len(uid) == 26
    assert uid == uid.lower()
    assert uid.isascii()
