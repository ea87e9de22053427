from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from app.store import correction_log
from app.store.fragments import corrected_since, latest
from app.store.session import reading, writing
from tests.builders import NOW


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"kind": "rename", "target": "e_a", "new": {"name": "Mira"}}, {"e_a"}),
        ({"kind": "merge", "target": "e_a", "new": {"into": "e_b"}}, {"e_a", "e_b"}),
        ({"kind": "split", "target": "e_a", "new": {"entity": "e_c"}}, {"e_a", "e_c"}),
        (
            {
                "kind": "speaker",
                "target": "q_1",
                "old": {"speaker": "e_a"},
                "new": {"speaker": "e_b"},
            },
            {"q_1", "e_a", "e_b"},
        ),
        ({"kind": "speaker", "target": "q_1", "new": {"speaker": None}}, {"q_1"}),
        ({"kind": "undo", "target": "e_a", "actor": "a job"}, {"e_a"}),
        ({"kind": "merge", "target": "e_a", "new": {"into": "e_b"}, "actor": "a job"}, set()),
        ({"kind": "rename", "target": "e_a", "at": NOW - timedelta(seconds=1)}, set()),
    ],
)
def test_a_correction_names_entities(engine: Engine, said: dict[str, Any], named: set[str]) -> None:
    with writing(engine) as connection:
        values = {"actor": "Mira", "reason": None, "at": NOW, **said}
        correction_log.record(connection, values.pop("kind"), values.pop("target"), **values)
    with reading(engine) as connection:
        assert corrected_since(connection, NOW, "a job") == named


def test_where_there_is_no_entity_none_is_the_latest(engine: Engine) -> None:
    with reading(engine) as connection:
        assert latest(connection) == 0
