from __future__ import annotations

from dataclasses import replace

from app.domain import Located, Place
from app.extraction.rows import row
from tests.builders import TEXT, extraction


def test_a_located_name_has_its_place() -> None:
    found = extraction()
    entities = list(found.entities)
    place = Place("geonames:1", "Lindholm", "town", 56.9, 14.8, "SE", "Kronoberg", 10)
    entities[2] = replace(entities[2], located=Located(place, 0.9))
    mentions = row(1, TEXT, replace(found, entities=tuple(entities)))["entities"]
    with_place = [m for m in mentions if "lat" in m]
    assert [TEXT[m["start"] : m["end"]] for m in with_place] == ["Lindholm"]
    expected = {"lat": 56.9, "lon": 14.8, "country": "SE", "place_key": "geonames:1"}
    assert expected.items() <= with_place[0].items()


def test_a_place_in_no_state_has_no_country_and_an_unknown_one_nothing() -> None:
    found = extraction()
    entities = list(found.entities)
    entities[2] = replace(entities[2], located=Located(Place("x:1", "Sea", "sea", 1.0, 2.0), 0.9))
    mention = row(1, TEXT, replace(found, entities=tuple(entities)))["entities"][-1]
    assert (mention["lat"], "country" in mention) == (1.0, False)
    assert "lat" not in row(1, TEXT, found)["entities"][-1]
