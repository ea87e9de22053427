"""The customer's article, all the way from the file to the API's answers.

What a careful reader finds in it stands here; no rule may know it.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Served

BLINKEN, MAAS = "Antony Blinken", "Heiko Maas"
# The beginning of each quote's content without marks, and who said it (None: unnamed).
READ_WITH_A_PENCIL = [
    ("the new Taliban administration to “earn”", BLINKEN),
    ("that the international community would judge", BLINKEN),
    ("The Taliban are looking for international legitimacy", BLINKEN),
    ("how we will ensure that the Taliban honor", BLINKEN),
    ("My name is Tony", BLINKEN),
    ("Many, many, many Americans", BLINKEN),
    ("that there is still much to be exfiltered", None),
    ("that Afghans who want to leave", "Taliban"),
    ("that the US would do “everything in its power”", BLINKEN),
    ("the Taliban of preventing departures", BLINKEN),
    ("the Taliban to allow the country access", MAAS),
    ("The planned reopening of Kabul Airport", MAAS),
    ("The announcement of a transitional government", MAAS),
]
# The heading repeats words of a quote; it may be found or not.
PULL_QUOTE = "I am looking forward to welcoming you"


def results(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.fixture(scope="session")
def quotes(served: Served) -> list[dict[str, Any]]:
    return results(served.client, "/v1/quotes?limit=200")


def names(client: httpx.Client, path: str) -> list[str]:
    return [entity["name"] for entity in results(client, f"{path}?limit=200")]


def entity(client: httpx.Client, name: str) -> dict[str, Any]:
    (found,) = [e for e in results(client, "/v1/entities?limit=200") if e["name"] == name]
    whole: dict[str, Any] = client.get(f"/v1/entities/{found['id']}").json()
    return whole


def test_people_are_named_once_each_and_the_reporter_is_the_author(served: Served) -> None:
    assert sorted(names(served.client, "/v1/people")) == [BLINKEN, MAAS, "Mustafa Mohammadi"]
    (article,) = results(served.client, "/v1/articles")
    whole = served.client.get(f"/v1/articles/{article['id']}").json()
    assert whole["authors"] == ["Shaun TANDON"]
    assert whole["agency"] == "Agence France-Presse"
    assert whole["title"] is None
    assert whole["dateline"] == "Ramstein"


def test_organisations(served: Served) -> None:
    found = names(served.client, "/v1/organisations")
    assert {"Taliban", "United Nations", "US Air Force"} <= set(found)
    assert "UN" in entity(served.client, "United Nations")["aliases"]


def test_locations(served: Served) -> None:
    found = names(served.client, "/v1/locations")
    wanted = {"Ramstein", "Germany", "Afghanistan", "Kabul", "Kabul Airport", "Qatar"}
    assert wanted | {"United States"} <= set(found)
    assert "US" in entity(served.client, "United States")["aliases"]


def test_printed_times_are_kept_as_printed(served: Served) -> None:
    (article,) = results(served.client, "/v1/articles")
    assert article["published"] == {
        "instant": None,
        "date": "2021-09-08",
        "printed": "Sep 8, 2021 at 7:12 am",
        "precision": "minute",
        "zone_assumed": None,
    }
    updated = served.client.get(f"/v1/articles/{article['id']}").json()["updated"]
    assert updated["printed"] == "1:56 pm"
    assert updated["date"] == "2021-09-08"


def test_quotes_by_pronoun_and_by_name_are_the_speakers_own(served: Served) -> None:
    his = results(served.client, f"/v1/entities/{entity(served.client, BLINKEN)['id']}/quotes")
    texts = " ".join(quote["text"] for quote in his)
    assert "looking for international legitimacy" in texts  # "he warned"
    assert "Many, many, many Americans" in texts  # "Blinken assured"
    maas = results(served.client, f"/v1/entities/{entity(served.client, MAAS)['id']}/quotes")
    assert any("to allow the country access" in quote["text"] for quote in maas)


def test_the_officials_are_unnamed_and_not_lost(quotes: list[dict[str, Any]]) -> None:
    (found,) = [quote for quote in quotes if "much to be exfiltered" in quote["text"]]
    assert found["speaker"]["status"] == "unnamed"
    assert found["speaker"]["described_as"] == "US officials"


def test_at_least_eight_of_thirteen_quotes_are_right(quotes: list[dict[str, Any]]) -> None:
    def is_right(start: str, speaker: str | None) -> bool:
        return any(
            quote["text"].lstrip("“ ").startswith(start) and quote["speaker"]["name"] == speaker
            for quote in quotes
        )

    right = [start for start, speaker in READ_WITH_A_PENCIL if is_right(start, speaker)]
    assert len(right) >= 8, right


def test_at_most_three_absurd_quotes_beside_them(quotes: list[dict[str, Any]]) -> None:
    known = [start.split(" “")[0] for start, _ in READ_WITH_A_PENCIL] + [PULL_QUOTE]
    beside = [q["text"] for q in quotes if not any(start in q["text"] for start in known)]
    assert len(beside) <= 3, beside


def test_every_span_is_the_text_it_says(served: Served, quotes: list[dict[str, Any]]) -> None:
    for quote in quotes:
        item = served.client.get(f"/v1/quotes/{quote['id']}").json()
        text = served.client.get(f"/v1/articles/{item['article']['id']}").json()["text"]
        spans = [*item["content"], item["cue_span"], item["source"], item["paragraph"]]
        for span in filter(None, spans):
            assert text[span["start"] : span["end"]] == span["text"]
