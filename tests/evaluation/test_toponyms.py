from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import pytest

from app.domain import Located, Place, Span
from app.evaluation import gold_file, report
from app.evaluation.gold import location_scores, toponym_scores
from app.evaluation.gold_rows import GoldFile
from app.evaluation.toponyms import Atlas, is_right, score_own_toponyms, score_toponyms
from tests.evaluation.reference import EVAL, needs, rows_of, scorer

TEXT = "Lisbon and Porto and Nowhere."
LISBON = {"lat": 38.7, "lon": -9.1, "geonames": "2267057", "country": "Portugal"}
PORTO = {"lat": 41.1, "lon": -8.6, "geonames": "2735943", "cc": "PT"}
GOLD: dict[str, Any] = {
    "id": "a",
    "text": TEXT,
    "entities": [
        {"start": 0, "end": 6, "label": "LOCATION", **LISBON},
        {"start": 11, "end": 16, "label": "LOCATION", **PORTO},
        {"start": 21, "end": 28, "label": "LOCATION"},
    ],
}
NEAR_LISBON = Place("x:1", "Sintra", "town", 38.8, -9.4, "PT")
SAME_ENTRY = Place("geonames:2735943", "Porto", "town", 0.0, 0.0, "ES")
FAR = Place("x:2", "Far", "town", 0.0, 0.0, "XX")


def atlas(**places: Place) -> Atlas:
    def locate(text: str, spans: Sequence[Span]) -> list[Located | None]:
        found = [places.get(span.of(text)) for span in spans]
        return [None if place is None else Located(place, 0.5) for place in found]

    return Atlas(locate, {"Portugal": "PT"}.get)


def test_near_or_the_same_entry_is_right() -> None:
    assert is_right(NEAR_LISBON, LISBON)
    assert is_right(SAME_ENTRY, PORTO)
    assert not is_right(FAR, LISBON)
    assert not is_right(Place("geonames:", "", "", 0.0, 0.0), {"lat": 50.0, "lon": 50.0})


def test_shares_are_of_all_gold_toponyms() -> None:
    score = score_toponyms([GOLD], atlas(Lisbon=NEAR_LISBON, Porto=SAME_ENTRY))
    assert score is not None
    assert (score.toponyms, score.with_country) == (2, 2)
    assert (score.within, score.country, score.answered) == (1.0, 0.5, 1.0)
    score = score_toponyms([GOLD], atlas(Porto=FAR))
    assert score is not None
    assert (score.within, score.country, score.answered) == (0.0, 0.0, 0.5)


def test_gold_without_coordinates_is_not_scored() -> None:
    bare = {**GOLD, "entities": GOLD["entities"][2:]}
    assert score_toponyms([bare], atlas()) is None
    assert list(toponym_scores(None, "x")) == []


def test_own_mentions_answer_where_they_overlap() -> None:
    lisbon = {"start": 0, "end": 10, "label": "LOCATION", "lat": 38.7, "lon": -9.1, "country": "PT"}
    entry = {"start": 13, "end": 16, "label": "LOCATION", "lat": 0.0, "lon": 0.0}
    other = {**entry, "label": "PERSON", "lat": 41.1, "lon": -8.6}
    mine = {"id": "a", "entities": [other, lisbon, {**entry, "place_key": "geonames:2735943"}]}
    score = score_own_toponyms([GOLD], [mine], atlas())
    assert score is not None
    assert (score.within, score.country, score.answered) == (1.0, 0.5, 1.0)
    unplaced = {"id": "a", "entities": [{"start": 0, "end": 6, "label": "LOCATION"}]}
    for rows in ([unplaced], []):
        score = score_own_toponyms([GOLD], rows, atlas())
        assert score is not None
        assert score.answered == 0.0


def test_the_table_and_the_json_of_a_file() -> None:
    right = atlas(Lisbon=NEAR_LISBON, Porto=FAR)
    score = gold_file.score_file(GoldFile({"a": GOLD}, ""), {"a": GOLD}, None, right)
    lines = list(report.table(score))
    assert "toponyms: 2 with coordinates, 2 with a country" in lines
    figures = {line[:32].strip(): line[32:].split() for line in lines[-3:]}
    assert figures["within 161 km"] == ["50.0", "100.0"]
    assert figures["right country"] == ["50.0", "0.0"]
    assert report.as_json(score)["toponyms"]["gold_spans"]["within"] == 0.5
    assert "toponyms" not in report.as_json(gold_file.score_file(GoldFile({}, ""), {}))


def test_the_figures_of_a_set_are_in_percent() -> None:
    figures = dict(toponym_scores(score_toponyms([GOLD], atlas(Porto=SAME_ENTRY)), "gold spans"))
    assert figures["toponyms within 161 km, gold spans"] == 50.0
    assert dict(location_scores([GOLD], [GOLD]))["strict F1, LOCATION"] == 100.0


SETS = [EVAL / "entities" / f"{name}.jsonl" for name in ("trnews", "lgl")]


@needs(*SETS, EVAL / "entities" / "score.py")
@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_the_figures_are_those_of_the_gold_datas_own_scorer(file: Any) -> None:
    """Answers of every quality: right, near, far, with the id alone, none."""
    rows = rows_of(file)
    for row in rows:
        for entity in row["entities"]:
            if "country" in entity:
                entity["cc"] = entity["country"][:2]

    def answer(text: str, span: Span) -> Place | None:
        entity = given[text, span]
        lot = crc32(f"{span.start} {text[:50]}".encode()) % 6
        if lot == 0 or "lat" not in entity:
            return None
        key = f"geonames:{entity['geonames']}" if lot in (1, 2) else "x:1"
        off = (0.0, 0.9, 40.0, 1.2, 1.6, 9.0)[lot]
        country = "XX" if lot == 4 else entity.get("cc")
        return Place(key, "", "", entity["lat"] * 0.9 + off, entity["lon"], country)

    given = {(r["text"], Span(e["start"], e["end"])): e for r in rows for e in r["entities"]}

    def locate(text: str, spans: Sequence[Span]) -> list[Located | None]:
        found = [answer(text, span) for span in spans]
        return [None if place is None else Located(place, 0.5) for place in found]

    def resolve(surface: str, entity: Any, row: Any) -> Any:
        place = answer(row["text"], Span(entity["start"], entity["end"]))
        if place is None:
            return None
        entry = place.key.startswith("geonames:")
        # Theirs adds None to a number where there is no id.
        return place.lat, place.lon, place.country, place.key[9:] if entry else 0

    ours = score_toponyms(rows, Atlas(locate, lambda name: None))
    theirs = scorer("entities", "score").toponym({row["id"]: row for row in rows}, resolve)
    assert ours is not None
    assert (ours.toponyms, ours.with_country) == (theirs["n"], theirs["n_country"])
    assert ours.within == theirs["acc@161"]
    assert ours.country == theirs["country_acc"]
    assert ours.answered == theirs["answered"]
    assert 0.1 < ours.within < 0.9
