"""The seed article, all the way from the file to the API's answers.

What a careful reader finds in it stands in `tests/seed_article.py`.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.e2e.running import Served
from tests.seed_article import ATTITUDES, BLINKEN, MAAS, MARK, PULL_QUOTE, READ_WITH_A_PENCIL

HE_WARNED, BLINKEN_ASSURED, OFFICIALS_ACKNOWLEDGE, MAAS_CALLED_ON = 849, 2125, 2415, 2891


def results(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.fixture(scope="session")
def quotes(served: Served) -> dict[int, dict[str, Any]]:
    """The article's quotes in full, by where they begin."""
    (article,) = results(served.client, "/v1/articles")
    found = results(served.client, f"/v1/articles/{article['id']}/quotes?limit=200")
    return {quote["content"][0]["start"]: quote for quote in found}


def at(quotes: dict[int, dict[str, Any]], start: int) -> dict[str, Any]:
    return next(quotes[s] for s in (start, start - MARK) if s in quotes)


def speaker_at(quotes: dict[int, dict[str, Any]], start: int) -> object:
    """The speaker's name, None for an unnamed one; something else where no quote is found."""
    try:
        speaker = at(quotes, start)["speaker"]
    except StopIteration:
        return "not found"
    return "unresolved" if speaker["status"] == "unresolved" else speaker["name"]


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


def test_quotes_by_pronoun_and_by_name_are_the_speakers_own(
    served: Served, quotes: dict[int, dict[str, Any]]
) -> None:
    for name, starts in ((BLINKEN, (HE_WARNED, BLINKEN_ASSURED)), (MAAS, (MAAS_CALLED_ON,))):
        own = results(served.client, f"/v1/entities/{entity(served.client, name)['id']}/quotes")
        assert {at(quotes, start)["id"] for start in starts} <= {quote["id"] for quote in own}


def test_the_officials_are_unnamed_and_not_lost(quotes: dict[int, dict[str, Any]]) -> None:
    speaker = at(quotes, OFFICIALS_ACKNOWLEDGE)["speaker"]
    assert speaker["status"] == "unnamed"
    assert speaker["described_as"] == "US officials"


def test_twelve_of_thirteen_quotes_are_right(quotes: dict[int, dict[str, Any]]) -> None:
    right = [
        start for start, name in READ_WITH_A_PENCIL.items() if speaker_at(quotes, start) == name
    ]
    assert len(right) >= 12, right


def test_at_most_one_wrong_quote_beside_them(quotes: dict[int, dict[str, Any]]) -> None:
    known = {*READ_WITH_A_PENCIL, *ATTITUDES, PULL_QUOTE}
    beside = [start for start in quotes if not {start, start + MARK} & known]
    assert len(beside) <= 1, beside


def test_every_span_is_the_text_it_says(served: Served, quotes: dict[int, dict[str, Any]]) -> None:
    (article,) = results(served.client, "/v1/articles")
    text = served.client.get(f"/v1/articles/{article['id']}").json()["text"]
    for quote in quotes.values():
        spans = [*quote["content"], quote["cue_span"], quote["source"], quote["paragraph"]]
        for span in filter(None, spans):
            assert text[span["start"] : span["end"]] == span["text"]


def test_people_have_the_roles_that_the_article_gives_them(served: Served) -> None:
    for name, office in ((BLINKEN, "Secretary of State"), (MAAS, "counterpart")):
        roles = entity(served.client, name)["roles"]
        assert len(roles) >= 3
        assert any(office in role["text"] for role in roles)
        assert {(r["articles"], r["first_seen"], r["last_seen"]) for r in roles} == {
            (1, "2021-09-08", "2021-09-08")
        }


def test_the_article_is_about_its_two_ministers_among_people(served: Served) -> None:
    (article,) = results(served.client, "/v1/articles")
    found = results(served.client, f"/v1/articles/{article['id']}/entities?sort=salience:desc")
    assert [e["name"] for e in found if e["kind"] == "person"][:2] == [BLINKEN, MAAS]


def test_places_are_on_the_map(served: Served) -> None:
    place = entity(served.client, "Ramstein")["place"]
    assert place["country"] == "DE"
    assert abs(place["lat"] - 49.44) < 0.2  # near Kaiserslautern
    assert abs(place["lon"] - 7.6) < 0.3
    assert entity(served.client, "Qatar")["place"]["kind"] == "country"
    features = served.client.get("/v1/locations.geojson?limit=200").json()["features"]
    drawn = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in features}
    assert drawn["Ramstein"] == [place["lon"], place["lat"]]
    assert {"Germany", "Afghanistan", "Kabul", "Qatar"} <= set(drawn)
