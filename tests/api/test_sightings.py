from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from app.domain import (
    Document,
    Evidence,
    Extraction,
    Precision,
    PrintedTime,
    Span,
    SpeakerStatus,
)
from app.identity import entity_uid
from app.store.read import sightings
from tests.api import newsroom
from tests.api.newsroom import MIRA, TOMAS, ids, uid

TEXT = newsroom.text_of(7)


def copy(number: int, hours: int, text: str = TEXT) -> Document:
    """The text of pier 7 in the paper of that number."""
    local = datetime(2031, 3, 1) + timedelta(hours=hours)
    return Document(
        text=text,
        origin="test",
        title=f"Paper {number}",
        url=f"https://paper-{number}.example/pier",
        publisher=f"Paper {number}",
        published=PrintedTime(
            local, Precision.MINUTE, f"{local:%d.%m.%Y %H:%M}", local.replace(tzinfo=UTC)
        ),
    )


def quote_of(client: httpx.Client, article: str) -> dict[str, Any]:
    """The first quote of an article, in full."""
    found: dict[str, Any] = client.get(
        f"/v1/quotes/{ids(client, f'/v1/articles/{article}/quotes')[0]}"
    ).json()
    return found


def test_the_same_words_elsewhere_are_sightings(own: httpx.Client, engine: Engine) -> None:
    second = newsroom.store(engine, copy(2, 5))
    first = newsroom.store(engine, copy(1, 1))
    third = newsroom.store(engine, copy(3, 9))
    newsroom.store(engine, newsroom.article(8))
    found = quote_of(own, second)
    assert [s["article"]["id"] for s in found["sightings"]] == [third, first]
    assert found["sightings_total"] == {"value": 2, "relation": "eq"}
    newest, oldest = found["sightings"]
    assert found["first_sighting"] == oldest
    assert newest["article"] == {
        "id": third,
        "url": "https://paper-3.example/pier",
        "title": "Paper 3",
        "publisher": "Paper 3",
        "published": {
            "instant": "2031-03-01T09:00:00Z",
            "date": "2031-03-01",
            "printed": "01.03.2031 09:00",
            "precision": "minute",
            "zone_assumed": None,
        },
    }
    assert newest["speaker"] == {"id": uid(MIRA), "name": "Mira Kovalenko", "status": "resolved"}
    assert quote_of(own, third)["id"] == newest["id"]
    earliest = quote_of(own, first)
    assert earliest["first_sighting"] is None
    assert len(earliest["sightings"]) == 2


def test_words_said_once_have_none(client: httpx.Client) -> None:
    [article] = ids(client, "/v1/articles?url=https://news.example/pier/3")
    found = quote_of(client, article)
    assert found["sightings"] == []
    assert found["sightings_total"] == {"value": 0, "relation": "eq"}
    assert found["first_sighting"] is None


def test_case_and_punctuation_do_not_matter(own: httpx.Client, engine: Engine) -> None:
    first = newsroom.store(engine, copy(1, 1))
    loud = TEXT.replace("“Pier 7 will open 🚢,”", "PIER 7; WILL OPEN!")
    [quote, *_] = newsroom.extraction_of(TEXT).quotes
    changed = replace(
        quote,
        content=(Span(loud.index("PIER"), loud.index("!") + 1),),
        cue=(),
        source=(),
        speaker=None,
        status=SpeakerStatus.UNRESOLVED,
        evidence=Evidence(),
    )
    other = newsroom.write(engine, copy(2, 2, loud), Extraction(quotes=(changed,)))
    [sighting] = quote_of(own, other)["sightings"]
    assert sighting["article"]["id"] == first
    assert quote_of(own, first)["sightings"][0]["speaker"]["status"] == "unresolved"


def test_what_is_not_shown_is_no_sighting(own: httpx.Client, engine: Engine) -> None:
    first, second = (newsroom.store(engine, copy(n, n)) for n in (1, 2))
    assert len(quote_of(own, first)["sightings"]) == 1
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE quote SET visible = 0 WHERE article = (SELECT pk FROM article WHERE uid = ?)",
            (second,),
        )
    assert quote_of(own, first)["sightings"] == []


def test_said_twice_in_one_article_is_no_sighting(own: httpx.Client, engine: Engine) -> None:
    article = newsroom.store(engine, copy(1, 1))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE quote SET fingerprint = 'same', occurrence = pk")
    assert quote_of(own, article)["sightings_total"]["value"] == 0


def test_many_sightings_are_cut_and_counted(
    own: httpx.Client, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sightings, "MOST", 3)
    monkeypatch.setattr(sightings, "MOST_COUNTED", 4)
    stored = [newsroom.store(engine, copy(n, n)) for n in range(6)]
    found = quote_of(own, stored[3])
    assert [s["article"]["id"] for s in found["sightings"]] == [stored[5], stored[4], stored[2]]
    assert found["sightings_total"] == {"value": 4, "relation": "gte"}
    assert found["first_sighting"]["article"]["id"] == stored[0]
    monkeypatch.setattr(sightings, "MOST_COUNTED", 5)
    assert quote_of(own, stored[3])["sightings_total"] == {"value": 5, "relation": "eq"}


def test_lists_of_quotes_do_without(client: httpx.Client) -> None:
    [article] = ids(client, "/v1/articles?url=https://news.example/pier/3")
    [quote, *_] = client.get(f"/v1/articles/{article}/quotes").json()["results"]
    assert not {"sightings", "sightings_total", "first_sighting"} & quote.keys()


def correct(engine: Engine, speaker: str | None) -> None:
    """Serve another speaker of the first quote than was extracted."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE quote SET is_corrected = 1, speaker_status = ?, "
            "speaker = (SELECT pk FROM entity WHERE uid = ?) "
            "WHERE start = (SELECT min(start) FROM quote)",
            ("resolved" if speaker else "unresolved", speaker),
        )


def test_a_corrected_quote_says_so_and_what_was_extracted(
    own: httpx.Client, engine: Engine
) -> None:
    article = newsroom.store(engine, copy(1, 1))
    before = quote_of(own, article)
    assert before["provenance"]["corrected"] is False
    assert "extracted_speaker" not in before["evidence"]
    correct(engine, uid(TOMAS))
    found = quote_of(own, article)
    assert found["speaker"]["id"] == uid(TOMAS)
    assert found["provenance"]["corrected"] is True
    mira = {"id": uid(MIRA), "name": "Mira Kovalenko", "status": "resolved"}
    assert found["evidence"]["extracted_speaker"] == mira
    [listed, other, *_] = own.get(f"/v1/articles/{article}/quotes").json()["results"]
    assert listed["evidence"] == found["evidence"]
    assert "extracted_speaker" not in other["evidence"]


def test_an_extracted_speaker_who_was_merged_or_is_not_shown(
    own: httpx.Client, engine: Engine
) -> None:
    article = newsroom.store(engine, copy(1, 1))
    correct(engine, None)
    watch = entity_uid("organisation", "Harbour Watch", "")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE entity SET merged_into = (SELECT pk FROM entity WHERE uid = ?) WHERE uid = ?",
            (watch, uid(MIRA)),
        )
    found = quote_of(own, article)["evidence"]["extracted_speaker"]
    assert found == {"id": watch, "name": "Harbour Watch", "status": "resolved"}
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE entity SET status = 'suppressed' WHERE uid = ?", (watch,)
        )
    found = quote_of(own, article)["evidence"]["extracted_speaker"]
    assert found == {"id": None, "name": None, "status": "resolved"}
