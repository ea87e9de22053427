from __future__ import annotations

from sqlalchemy import Engine

from app.domain import ArticleEntity, Document, EntityKind, Extraction, ResolvedEntity
from app.store.check import check
from app.store.co_mentions import MOST_SALIENT
from app.store.session import reading, writing
from app.store.write import ensure_run, standing, write_article
from tests.builders import INFO, NOW

PEOPLE = 20


def write(engine: Engine, number: int, people: list[int]) -> None:
    document = Document(text=f"Report {number}.", origin="test", url=f"https://n.example/{number}")
    entities = tuple(
        ArticleEntity(EntityKind.PERSON, f"Person {n}", salience=1 - n / 100) for n in people
    )
    resolved = [ResolvedEntity(entity, f"e_{entity.name}") for entity in entities]
    with writing(engine) as connection:
        run = ensure_run(connection, INFO, NOW)
        found = standing(connection, document, run)
        write_article(
            connection, document, Extraction(entities=entities), resolved, found, run, NOW
        )


def together(engine: Engine) -> dict[tuple[str, str], int]:
    with reading(engine) as connection:
        assert list(check(connection)) == []
        rows = connection.exec_driver_sql(
            """SELECT e.name, o.name, c.articles FROM co_mention c
               JOIN entity e ON e.pk = c.entity JOIN entity o ON o.pk = c.other"""
        )
        return {(one, other): n for one, other, n in rows}


def test_pairs_are_counted_in_both_directions_by_article(engine: Engine) -> None:
    write(engine, 1, [1, 2, 3])
    write(engine, 2, [1, 2])
    found = together(engine)
    assert found["Person 1", "Person 2"] == found["Person 2", "Person 1"] == 2
    assert found["Person 1", "Person 3"] == 1
    assert len(found) == 6


def test_only_the_most_salient_are_counted(engine: Engine) -> None:
    write(engine, 1, list(range(PEOPLE)))
    found = together(engine)
    assert len(found) == MOST_SALIENT * (MOST_SALIENT - 1)
    assert ("Person 0", f"Person {MOST_SALIENT}") not in found
    assert ("Person 0", f"Person {MOST_SALIENT - 1}") in found
