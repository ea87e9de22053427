from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from app.domain import ArticleEntity, Document, EntityKind, Extraction, Mention, MentionType
from app.ingestion.storing import store_document
from app.store.check import check
from app.store.session import writing
from app.store.write import Outcome, ensure_run
from tests.builders import INFO, NOW, OTHER_INFO, TEXT, document, extraction, span


def store(
    engine: Engine, found: Document, *, info: object = INFO, extracted: Extraction | None = None
) -> tuple[str, Outcome]:
    with writing(engine) as connection:
        run = ensure_run(connection, info, NOW)  # type: ignore[arg-type]
        return store_document(connection, found, extracted or extraction(found.text), run)


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_the_outcome_says_what_was_written(engine: Engine) -> None:
    uid, outcome = store(engine, document())
    assert outcome is Outcome.NEW
    assert store(engine, document()) == (uid, Outcome.UNCHANGED)
    assert store(engine, document(), info=OTHER_INFO) == (uid, Outcome.REEXTRACTED)
    assert store(engine, document(TEXT + " It rained."), info=OTHER_INFO) == (uid, Outcome.REVISED)
    assert rows(engine, "article") == 1
    assert rows(engine, "revision") == 2
    assert rows(engine, "quote") == 2


def test_a_name_that_the_record_knows_as_another_kind_stays_one_entity(engine: Engine) -> None:
    def read(n: int, kind: EntityKind) -> None:
        text = f"On day {n} Lantern House spoke."
        mention = Mention(span(text, "Lantern House"), MentionType.NAME, kind, 0)
        found = Extraction((mention,), (ArticleEntity(kind, "Lantern House"),))
        store(engine, document(text, f"https://news.example/{n}"), extracted=found)

    kinds = [EntityKind.ORGANISATION, EntityKind.ORGANISATION, EntityKind.LOCATION]
    for n, kind in enumerate(kinds):
        read(n, kind)
    with engine.connect() as connection:
        [row] = connection.exec_driver_sql("SELECT kind, articles, mentions FROM entity").all()
        labels = connection.exec_driver_sql("SELECT label FROM mention").scalars().all()
        assert list(check(connection)) == []
    assert tuple(row) == ("organisation", 3, 3)
    assert labels == ["organisation"] * 3


def test_what_is_unchanged_writes_nothing(engine: Engine) -> None:
    store(engine, document())
    before = {t: rows(engine, t) for t in ("change", "extraction", "mention", "quote", "entity")}
    store(engine, document(), extracted=Extraction())
    assert {t: rows(engine, t) for t in before} == before


def test_nothing_stays_of_what_fails(engine: Engine) -> None:
    def fail() -> None:
        with writing(engine) as connection:
            run = ensure_run(connection, INFO, NOW)
            store_document(connection, document(), extraction(), run)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail()
    assert rows(engine, "article") == rows(engine, "run") == rows(engine, "change") == 0


def test_of_two_at_once_one_is_new(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: store(engine, document()), range(8)))
    assert sorted(outcome for _, outcome in answers) == [Outcome.NEW, *[Outcome.UNCHANGED] * 7]
    assert len({uid for uid, _ in answers}) == 1
    assert rows(engine, "article") == 1
