from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain import QuoteKind
from app.errors import ModelError
from app.extraction.quotes.tagger.attributor import FOLDER
from app.extraction.quotes.tagger.confidence import FEATURES, Confidence, features, odds
from app.extraction.quotes.tagger.decode import Found, Piece


def quote(certainty: float) -> Found:
    piece = Piece(0, 4, certainty, certainty)
    return Found((piece,), Piece(4, 5, certainty, certainty), None, certainty, certainty)


def test_the_surer_the_network_the_surer_the_quote() -> None:
    confidence = Confidence.load(FOLDER)
    values = [
        confidence.of(features(quote(c), QuoteKind.DIRECT)) for c in (0.4, 0.6, 0.8, 0.95, 0.999)
    ]
    assert values == sorted(values)
    assert 0 < values[0] < 0.5 < 0.8 < values[-1] < 1


def test_features_are_as_many_as_their_names() -> None:
    assert len(features(quote(0.5), QuoteKind.INDIRECT)) == len(FEATURES)


def test_odds_of_certainty_are_finite() -> None:
    assert odds(1.0) == pytest.approx(-odds(0.0))
    assert odds(1.0) < 8


@pytest.mark.parametrize("text", ["", "[]", '{"weights": {}, "bias": 0, "least": 0}', "{"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "confidence.json").write_text(text)
    with pytest.raises(ModelError, match=r"confidence\.json"):
        Confidence.load(tmp_path)


def test_weights_are_read_by_name(tmp_path: Path) -> None:
    row = {"weights": dict.fromkeys(reversed(FEATURES), 0.0), "bias": 0.0, "least": 0.25}
    (tmp_path / "confidence.json").write_text(json.dumps(row))
    confidence = Confidence.load(tmp_path)
    assert confidence.of([1.0] * len(FEATURES)) == 0.5
    assert confidence.least == 0.25
