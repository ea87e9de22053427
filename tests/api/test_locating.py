"""The extractor of requests, its locations on the map, and what its server says without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api.locating import Locating
from app.errors import ModelError
from app.main import _default_factory
from app.settings import Settings
from tests.api import newsroom
from tests.ingestion.test_locating import LINDHOLM, OneTown


def test_locations_are_looked_up() -> None:
    extractor = Locating(newsroom.StubExtractor(), OneTown())
    documents = [newsroom.article(number) for number in (1, 2)]
    found = list(extractor.extract(documents))
    assert len(found) == 2
    for extraction in found:
        located = extraction.entities[3].located
        assert located is not None
        assert located.place == LINDHOLM
    assert extractor.info == newsroom.INFO


def test_closing_ends_the_extractor_where_it_can_be_ended() -> None:
    closed = []

    class Ends(newsroom.StubExtractor):
        def close(self) -> None:
            closed.append(self)

    Locating(Ends(), OneTown()).close()
    Locating(newsroom.StubExtractor(), OneTown()).close()
    assert len(closed) == 1


def test_a_gazetteer_that_cannot_be_made_is_a_model_that_is_not_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "file"
    file.touch()
    make = _default_factory(Settings(gazetteer=file / "gazetteer.db"))
    with pytest.raises(ModelError, match="its log says why"):
        make()
    assert "gazetteer" in caplog.text
    assert str(tmp_path) in caplog.text
