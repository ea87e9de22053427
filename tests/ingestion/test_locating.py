"""Articles are put on the map on their way into the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Engine

from app.documents import Limits
from app.domain import Gazetteer, Place
from app.ingestion.job import Job
from app.store.session import reading
from tests.builders import INFO, document, extraction
from tests.ingestion.conftest import SETTINGS, Told

LINDHOLM = Place("geonames:1", "Lindholm", "town", 54.75, 8.875, "DE", "Schleswig-Holstein", 1200)


class OneTown:
    """A gazetteer of one place."""

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Place]]:
        return {name: [LINDHOLM] for name in names if name == "lindholm"}


def stored_places(engine: Engine, gazetteer: Gazetteer | None) -> list[tuple[str, str | None]]:
    job = Job(engine, INFO, SETTINGS, Limits(), Told(), gazetteer)
    job.store(document(), extraction())
    sql = (
        "SELECT name, place FROM extraction_entity JOIN entity ON pk = entity "
        "WHERE kind = 'location'"
    )
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_a_job_with_a_gazetteer_locates(engine: Engine) -> None:
    assert stored_places(engine, OneTown()) == [("Lindholm", "geonames:1")]


def test_a_job_without_one_does_not(engine: Engine) -> None:
    assert stored_places(engine, None) == [("Lindholm", None)]
