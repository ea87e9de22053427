"""The gazetteer as the packages make it: built once a checkout, beside the database."""

from __future__ import annotations

import pytest

from app.domain import Gazetteer, Place, Span
from app.geometry import distance
from app.resolution.places.spans import locate_spans
from app.settings import Settings
from app.store.gazetteer import open_gazetteer
from app.store.gazetteer.sources import Sources
from tests.conftest import ROOT

# Building takes half a minute of processor time, and more where others work too.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(ROOT / Settings.model_fields["gazetteer"].default)


def first(gazetteer: Gazetteer, norm: str, kind: str) -> Place:
    return next(p for p in gazetteer.named([norm])[norm] if p.kind == kind)


@pytest.mark.parametrize(
    ("norm", "kind", "country", "region"),
    [
        ("qatar", "country", "QA", None),
        ("germans", "country", "DE", None),
        ("us", "country", "US", None),
        ("the netherlands".removeprefix("the "), "country", "NL", None),
        ("calif", "region", "US", None),
        ("bavaria", "region", "DE", None),
        ("windsor", "town", "CA", "Ontario"),
        ("cleveland", "town", "US", "Ohio"),
        ("rapides parish", "county", "US", "Louisiana"),
        ("heathrow airport", "airport", "GB", "England"),
        ("ramstein air base", "airport", "DE", "Rheinland-Pfalz"),
        ("africa", "continent", None, None),
        ("black sea", "sea", None, None),
    ],
)
def test_what_a_newspaper_names_is_there(
    gazetteer: Gazetteer, norm: str, kind: str, country: str | None, region: str | None
) -> None:
    bearers = [p for p in gazetteer.named([norm])[norm] if p.kind == kind]
    assert (country, region) in [(p.country, p.region) for p in bearers]


def test_ramstein_is_near_kaiserslautern(gazetteer: Gazetteer) -> None:
    ramstein = first(gazetteer, "ramstein", "town")
    town = first(gazetteer, "kaiserslautern", "town")
    assert distance(ramstein.lat, ramstein.lon, town.lat, town.lon) < 20


def test_keys_of_geonames(gazetteer: Gazetteer) -> None:
    assert first(gazetteer, "germany", "country").key == "geonames:2921044"
    assert first(gazetteer, "ohio", "region").key == "geonames:5165418"
    assert first(gazetteer, "ontario", "region").key == "geonames:6093943"


def test_every_place_has_a_key_of_its_own() -> None:
    sources = Sources()
    keys = [
        entry.place.key for part in (sources.countries(), sources.divisions()) for entry in part
    ]
    assert len(set(keys)) == len(keys)


def test_places_of_a_story(gazetteer: Gazetteer) -> None:
    text = "Paris, Texas - The sheriff of Lamar County drove to Dallas. The US Senate met."
    names = ("Paris", "Texas", "Lamar County", "Dallas", "US")
    spans = [Span(text.index(n), text.index(n) + len(n)) for n in names]
    found = [located.place for located in locate_spans(text, spans, gazetteer) if located]
    assert [(p.name, p.region) for p in found] == [
        ("Paris", "Texas"), ("Texas", None), ("Lamar County", "Texas"), ("Dallas", "Texas"),
        ("United States", None),
    ]  # fmt: skip
