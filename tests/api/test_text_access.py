"""Who may read full texts: ARTICLE_TEXT."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.settings import Settings
from tests.api import newsroom
from tests.api.guarded import ELSEWHERE, guarded, key
from tests.api.newsroom import store

TEXT = newsroom.text_of(1)


def readable(client: httpx.Client, article: str, headers: dict[str, str]) -> bool:
    """Whether the texts are given out; all answers must agree."""

    def got(path: str) -> Any:
        response = client.get(path, headers=headers)
        assert response.status_code == 200
        return response.json()

    item = got(f"/v1/articles/{article}")
    [first, *_] = listed = got(f"/v1/articles/{article}/quotes")["results"]
    single = got(f"/v1/quotes/{first['id']}")
    assert single["paragraph"] == first["paragraph"]
    is_given = item["text"] is not None
    assert (item["text_withheld"] is None) == is_given
    for zone in item["zones"]:
        inside = TEXT[zone["start"] : zone["end"]]
        assert zone["text"] == (inside if is_given else None)
    for quote in listed:
        assert (quote["paragraph"] is not None) == is_given
        # The quote itself stays, with its spans.
        assert quote["text"]
        for span in (*quote["content"], quote["cue_span"], quote["source"]):
            assert span["text"] == TEXT[span["start"] : span["end"]]
    if not is_given:
        whole = client.get(f"/v1/articles/{article}", headers=headers).text
        assert "too small" not in whole
    return is_given


@pytest.mark.parametrize(
    ("rule", "local", "elsewhere", "with_key"),
    [
        ("auto", True, False, True),
        ("public", True, True, True),
        ("key", False, False, True),
        ("never", False, False, False),
    ],
)
def test_texts_are_for_whom_the_setting_says(
    engine: Engine, rule: str, local: bool, elsewhere: bool, with_key: bool
) -> None:
    article = store(engine, newsroom.article(1))
    _, headers = key(engine, "read")
    with guarded(engine, article_text=rule) as client:
        assert readable(client, article, {}) is local
        assert readable(client, article, ELSEWHERE) is elsewhere
        assert readable(client, article, {**ELSEWHERE, **headers}) is with_key
        withheld = client.get(f"/v1/articles/{article}", headers=ELSEWHERE).json()["text_withheld"]
        reason = "not-published" if rule == "never" else "key-required"
        assert withheld == (None if elsewhere else reason)


def test_the_tag_tells_both_answers_apart(engine: Engine) -> None:
    article = store(engine, newsroom.article(1))
    with guarded(engine) as client:
        whole = client.get(f"/v1/articles/{article}")
        conditional = {**ELSEWHERE, "if-none-match": whole.headers["etag"]}
        assert client.get(f"/v1/articles/{article}", headers=conditional).status_code == 200
        assert (
            client.get(f"/v1/articles/{article}?offsets=utf16", headers=ELSEWHERE).json()["zones"][
                0
            ]["end"]
            == len(TEXT.partition("\n")[0].encode("utf-16-le")) // 2
        )


def test_the_setting_has_its_short_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE_TEXT", "never")
    assert Settings().article_text == "never"
